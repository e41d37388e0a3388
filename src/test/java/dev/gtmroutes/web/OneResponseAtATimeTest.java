// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OneResponseAtATimeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelDuplexHandler());

    @BeforeEach
    void install() {
        OneResponseAtATime.install(channel.pipeline().lastContext());
        OneResponseAtATime.install(channel.pipeline().lastContext());
    }

    private void request(String path) {
        channel.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, path));
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private void respond(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
        channel.runPendingTasks();
    }

    private String next() {
        for (Object message = channel.readInbound(); message != null; message = channel.readInbound()) {
            if (message instanceof DefaultHttpRequest request) {
                return request.uri();
            }
        }
        return null;
    }

    @Test
    void aRequestWaitsForTheResponseBefore() {
        request("/2");
        request("/3");
        assertThat(next()).isNull();
        respond(HttpResponseStatus.OK);
        assertThat(next()).isEqualTo("/2");
        assertThat(next()).isNull();
        respond(HttpResponseStatus.CONTINUE);
        assertThat(next()).isNull();
        respond(HttpResponseStatus.OK);
        assertThat(next()).isEqualTo("/3");
    }

    @Test
    void theRestOfABodyDoesNotWait() {
        channel.writeInbound(new DefaultHttpContent(io.netty.buffer.Unpooled.EMPTY_BUFFER));
        assertThat(channel.<Object>readInbound()).isNotNull();
    }

    @Test
    void aRequestWaitsUntilTheClientReads() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        respond(HttpResponseStatus.OK);
        request("/2");
        assertThat(next()).isNull();
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(next()).isEqualTo("/2");
    }
}
