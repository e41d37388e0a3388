// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.util.Arrays;
import java.util.function.Consumer;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The body of one request, read up to a limit. What is beyond the limit is counted, but not kept. */
public final class RequestBody {

    private static final byte[] NONE = {};

    private final int limit;
    private byte[] bytes = NONE;
    private long size;

    private RequestBody(int limit) {
        this.limit = limit;
    }

    /**
     * Reads to the end, then hands the body on. A body that is too long is read too: a client that is still writing
     * would otherwise see a broken connection instead of the answer.
     */
    public static void read(HttpServerRequest request, int limit, Consumer<RequestBody> then) {
        RequestBody body = new RequestBody(limit);
        body.expect(request.getHeader(HttpHeaders.CONTENT_LENGTH));
        request.handler(body::add);
        // A client that goes away in the middle never made a request: nothing is carried out or recorded.
        request.exceptionHandler(gone -> {});
        request.endHandler(end -> {
            body.finish();
            then.accept(body);
        });
    }

    private void expect(String contentLength) {
        if (contentLength != null && contentLength.length() < 10) {
            bytes = new byte[Math.min(limit, Integer.parseInt(contentLength))];
        }
    }

    private void add(Buffer chunk) {
        int kept = (int) size;
        size += chunk.length();
        if (size > limit) {
            bytes = NONE;
            return;
        }
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(limit, Math.max(size, 2L * bytes.length)));
        }
        chunk.getBytes(bytes, kept);
    }

    private void finish() {
        if (tooLong()) {
            bytes = NONE;
        } else if (bytes.length != size) {
            bytes = Arrays.copyOf(bytes, (int) size);
        }
    }

    /** The body; empty when it is too long. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes came. */
    long size() {
        return size;
    }

    public boolean tooLong() {
        return size > limit;
    }
}
