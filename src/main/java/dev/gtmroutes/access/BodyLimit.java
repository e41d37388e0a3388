// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Optional;

import dev.gtmroutes.web.ArrivingBody;
import dev.gtmroutes.web.RequestBodies;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Stream;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The maximum size of forms, and of bodies for the API. The intake and uploads of files have a limit of their own: their
 * bodies are read in parts.
 */
@Singleton
public class BodyLimit {

    private final long maxBytes;

    BodyLimit(@ConfigProperty(name = "gtm.console.max-bytes") MemorySize maxBytes) {
        this.maxBytes = maxBytes.asLongValue();
    }

    /** Why a request is not let in, by its head; empty if it may be. */
    Optional<AccessRefusal> refusal(HttpServerRequest request, String path) {
        String length = request.getHeader("Content-Length");
        if (RequestBodies.isStreamed(path) || length == null && !hasBody(request)) {
            return Optional.empty();
        }
        if (length == null) {
            return Optional.of(new AccessRefusal(411,
                    "The request has a body and no Content-Length. Send the header Content-Length."));
        }
        return ArrivingBody.length(request) <= maxBytes ? Optional.empty()
                : Optional.of(new AccessRefusal(413, RequestBodies.tooLarge(maxBytes)));
    }

    /**
     * Whether a request without Content-Length has a body. The head of an HTTP/2 request need not say so: the stream of a
     * request without a body ends with the head, and requests of browsers have this form.
     */
    private static boolean hasBody(HttpServerRequest request) {
        if (request.version() != HttpVersion.HTTP_2) {
            return request.getHeader("Transfer-Encoding") != null;
        }
        // Vert.x itself calls each request unfinished until somebody reads it.
        Http2Connection streams = ((ConnectionBase) request.connection()).channelHandlerContext().pipeline()
                .get(Http2ConnectionHandler.class).connection();
        Http2Stream stream = streams.stream(request.response().streamId());
        return stream != null && stream.state().remoteSideOpen();
    }
}
