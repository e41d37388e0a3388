// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.util.ArrayDeque;
import java.util.Deque;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Holds back a further request of an HTTP/1 connection until its client has read the response before. A client that sends
 * thousands of requests at once and reads nothing would otherwise fill the memory with their responses.
 */
final class OneResponseAtATime extends ChannelDuplexHandler {

    private final Deque<Object> held = new ArrayDeque<>();
    /** It is installed within the first request. */
    private boolean isAnswering = true;
    private boolean isReadWanted;

    private OneResponseAtATime() {
    }

    /** @param connection the place of Vert.x in the channel; a second call has no effect */
    static void install(ChannelHandlerContext connection) {
        if (connection.pipeline().get(OneResponseAtATime.class) == null) {
            connection.pipeline().addBefore(connection.name(), OneResponseAtATime.class.getName(),
                    new OneResponseAtATime());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (held.isEmpty() && mayPass(context, message)) {
            pass(context, message);
        } else {
            held.add(message);
        }
    }

    private boolean mayPass(ChannelHandlerContext context, Object message) {
        return !(message instanceof HttpRequest) || !isAnswering && context.channel().isWritable();
    }

    private void pass(ChannelHandlerContext context, Object message) {
        isAnswering |= message instanceof HttpRequest;
        context.fireChannelRead(message);
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        } else {
            isReadWanted = true;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise done) {
        boolean isInterim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        context.write(message, done);
        if (message instanceof LastHttpContent && !isInterim) {
            isAnswering = false;
            // Not within this call: Vert.x has not finished with the request.
            context.executor().execute(() -> release(context));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        context.executor().execute(() -> release(context));
    }

    private void release(ChannelHandlerContext context) {
        boolean isAny = false;
        while (!held.isEmpty() && mayPass(context, held.peek())) {
            pass(context, held.poll());
            isAny = true;
        }
        if (isAny) {
            context.fireChannelReadComplete();
        }
        if (held.isEmpty() && isReadWanted) {
            isReadWanted = false;
            context.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        drop();
        context.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        drop();
    }

    private void drop() {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
