// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;

/**
 * The body of one request while it arrives. The event loop collects its beginning, for which no thread waits. After that,
 * one thread reads it as a stream; if the thread is slower than the sender, the sender waits.
 */
public final class ArrivingBody extends InputStream {

    private static final String KEY = ArrivingBody.class.getName();
    private static final int HIGH = 128 * 1024;
    private static final int LOW = 32 * 1024;

    private final HttpServerRequest request;
    private final Context context;
    private final Deque<Buffer> parts = new ArrayDeque<>();
    private final int beginning;
    private final Runnable begun;
    private int buffered;
    private int position;
    private boolean started;
    private boolean isStream;
    private boolean ended;
    private boolean held;
    /** Of HTTP/2: how many bytes are still to come. */
    private long missing;
    private IOException failure;

    /**
     * @param beginning the number of bytes to collect, unless the body is shorter
     * @param begun     runs once, on the event loop, when so many bytes or the whole body have arrived
     */
    ArrivingBody(RoutingContext http, Context context, int beginning, Runnable begun) {
        this.request = http.request();
        this.context = context;
        this.beginning = beginning;
        this.begun = begun;
        this.missing = request.version() == HttpVersion.HTTP_2 ? length(request) : Long.MAX_VALUE;
        http.put(KEY, this);
        // Also if no byte is asked for yet: the end of a connection is told once.
        request.pause();
        request.endHandler(end -> ended(null));
        request.exceptionHandler(e -> ended(new IOException("the connection ended within the body", e)));
    }

    /** The body of this request; null if it has none. */
    public static ArrivingBody of(RoutingContext http) {
        return http.get(KEY);
    }

    /** Begins to take bytes. On the event loop of the request. */
    void collect() {
        started = true;
        request.handler(this::arrived);
        if (isAwaitingContinue()) {
            request.response().writeContinue();
        }
        request.resume();
    }

    /** Leaves the body to a thread without collecting anything: a sender that awaits "100 Continue" may be refused first. */
    synchronized void leaveToReader() {
        isStream = true;
    }

    /** Whether the sender waits to be told to go on. */
    boolean isAwaitingContinue() {
        String expected = request.getHeader(HttpHeaders.EXPECT);
        return expected != null && expected.equalsIgnoreCase("100-continue");
    }

    /** By its headers, in bytes; as good as endless if they do not say it. */
    public static long length(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // The HTTP server has checked that it is a number, though perhaps a very long one.
        return length == null || length.length() > 17 ? Long.MAX_VALUE : Long.parseLong(length.strip());
    }

    private void arrived(Buffer bytes) {
        boolean isBegun;
        synchronized (this) {
            parts.add(bytes);
            buffered += bytes.length();
            missing -= bytes.length();
            // Quarkus cannot work on an HTTP/2 request whose end was taken, so the end stays where it is until the response.
            ended |= missing <= 0;
            isBegun = !isStream && failure == null && (buffered >= beginning || missing <= 0);
            isStream |= isBegun;
            if (isStream && buffered >= HIGH && !held || isBegun) {
                held = true;
                request.pause();
            }
            notifyAll();
        }
        if (isBegun) {
            begun.run();
        }
    }

    private void ended(IOException reason) {
        boolean isBegun;
        synchronized (this) {
            isBegun = !isStream && failure == null && reason == null;
            isStream |= isBegun;
            ended = true;
            failure = failure == null ? reason : failure;
            notifyAll();
        }
        if (isBegun) {
            begun.run();
        }
    }

    /** Whether all of it has arrived. */
    synchronized boolean isWhole() {
        return ended && failure == null;
    }

    /** The number of bytes that have arrived and that no thread has read. */
    synchronized int buffered() {
        return buffered;
    }

    /** All that has arrived. */
    synchronized Buffer whole() {
        Buffer all = Buffer.buffer(buffered);
        parts.forEach(all::appendBuffer);
        return all;
    }

    /** Whether the sender must wait for this program. */
    synchronized boolean isHeld() {
        return held || isStream && !started;
    }

    /**
     * Ends it: the reading thread gets the reason as an exception.
     *
     * @return whether a thread may read it, and therefore answers the request
     */
    synchronized boolean fail(IOException reason) {
        failure = failure == null ? reason : failure;
        notifyAll();
        return isStream;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        startIfLeft();
        synchronized (this) {
            awaitBytes();
            if (failure != null) {
                throw failure;
            }
            if (parts.isEmpty()) {
                return -1;
            }
            Buffer part = parts.peek();
            int taken = Math.min(length, part.length() - position);
            part.getBytes(position, position + taken, target, offset);
            position += taken;
            buffered -= taken;
            if (position == part.length()) {
                parts.remove();
                position = 0;
            }
            if (held && buffered <= LOW) {
                held = false;
                // Not here: the connection has a lock of its own, which the event loop may hold while it waits for this one.
                context.runOnContext(go -> resume());
            }
            return taken;
        }
    }

    /** Its last part may have come, or its connection ended, between the last read and this. */
    private void resume() {
        try {
            request.resume();
        } catch (IllegalStateException e) {
            if (!hasEnded()) {
                ended(new IOException("the connection ended before the body", e));
            }
        }
    }

    private synchronized boolean hasEnded() {
        return ended;
    }

    private void startIfLeft() {
        synchronized (this) {
            if (started) {
                return;
            }
            started = true;
        }
        context.runOnContext(go -> {
            try {
                collect();
            } catch (IllegalStateException e) {
                ended(new IOException("the connection ended before the body", e));
            }
        });
    }

    private void awaitBytes() throws IOException {
        try {
            while (failure == null && !ended && parts.isEmpty()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading a body");
        }
    }
}
