// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * One connection, at its end next to the network. Between two requests, it waits for the head of a request. The first head,
 * with the handshake of TLS before it, has a limited time; so has each further one of HTTP/1 from its first byte on. Where
 * nothing arrives between two requests, {@code quarkus.http.idle-timeout} ends the connection.
 */
final class WatchedConnection extends ChannelDuplexHandler {

    private static final AttributeKey<WatchedConnection> KEY = AttributeKey.valueOf(WatchedConnection.class.getName());

    private final Channel channel;
    private final long headNanos;
    private final SlowReader reader;
    /** Requests that are not answered, or whose bodies have not arrived. */
    private final Set<RoutingContext> requests = ConcurrentHashMap.newKeySet();
    private volatile long waitingSince = System.nanoTime();
    /** Since when a head arrives that must be complete in time. */
    private volatile long headSince = waitingSince;
    private volatile boolean isHeadDue = true;
    private volatile boolean isHttp2;
    private volatile boolean isClosing;
    private long written;

    /** @param leastRate at which the client must read, in bytes a second */
    WatchedConnection(Channel channel, long headNanos, long leastRate) {
        this.channel = channel;
        this.headNanos = headNanos;
        this.reader = new SlowReader(leastRate);
        channel.attr(KEY).set(this);
    }

    /** @return null if the connection is not watched */
    static WatchedConnection of(Channel channel) {
        return channel.attr(KEY).get();
    }

    SocketAddress remoteAddress() {
        return channel.remoteAddress();
    }

    /** Whether the program owes nothing to the client at the moment. */
    boolean isWaiting() {
        return requests.isEmpty() && !isClosing;
    }

    /** Since when it waits, by {@link System#nanoTime}. */
    long waitingSince() {
        return waitingSince;
    }

    /** Ends it at once: what its client has not read is not waited for. */
    void close() {
        isClosing = true;
        channel.eventLoop().execute(() -> channel.unsafe().close(channel.voidPromise()));
    }

    /** The head of a request is complete. */
    void begun(RoutingContext http) {
        isHttp2 = http.request().response().streamId() >= 0;
        isHeadDue = false;
        requests.add(http);
        http.addEndHandler(end -> {
            if (end.failed() || http.request().isEnded()) {
                ended(http);
            }
        });
    }

    private void ended(RoutingContext http) {
        requests.remove(http);
        waitingSince = System.nanoTime();
    }

    /** To be called once a second, on any thread. */
    void check() {
        for (RoutingContext http : requests) {
            HttpServerRequest request = http.request();
            if (request.isEnded() && http.response().ended()) {
                ended(http);
            }
        }
        if (isHeadDue && System.nanoTime() - headSince > headNanos) {
            close();
        } else if (channel.isRegistered()) {
            channel.eventLoop().execute(this::checkReader);
        }
    }

    private void checkReader() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        if (buffer != null) {
            boolean isOwing = buffer.totalPendingWriteBytes() > 0 || isHeldByFlowControl();
            long read = written - buffer.totalPendingWriteBytes() + buffer.currentProgress();
            if (reader.isTooSlow(isOwing, read, System.nanoTime())) {
                close();
            }
        }
    }

    /** Whether an HTTP/2 client takes no more of a response. */
    private boolean isHeldByFlowControl() {
        Http2ConnectionHandler http2 = isHttp2 ? channel.pipeline().get(Http2ConnectionHandler.class) : null;
        if (http2 == null) {
            return false;
        }
        Http2Connection streams = http2.connection();
        try {
            return streams
                    .forEachActiveStream(stream -> !streams.remote().flowController().hasFlowControlled(stream)) != null;
        } catch (Http2Exception e) {
            return false;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (!isHeadDue && !isHttp2 && requests.isEmpty()) {
            headSince = System.nanoTime();
            isHeadDue = true;
        }
        super.channelRead(context, bytes);
    }

    @Override
    public void write(ChannelHandlerContext context, Object bytes, ChannelPromise done) throws Exception {
        if (bytes instanceof ByteBuf buffer) {
            written += buffer.readableBytes();
        }
        super.write(context, bytes, done);
    }
}
