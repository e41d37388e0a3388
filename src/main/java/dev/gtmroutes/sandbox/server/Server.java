// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The HTTP server of one sandbox, on the loopback interface, with one thread. */
public final class Server implements AutoCloseable {

    public static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setUseDaemonThread(true)
            // No cache directory on disk: nothing is served from files.
            .setFileSystemOptions(new FileSystemOptions()
                    .setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private int port;

    /** Runs the timers of what this server answers. */
    public Vertx vertx() {
        return vertx;
    }

    /** Starts listening; when it cannot, it is closed and the exception's message is one line. */
    public void listen(int wanted, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(wanted)
                .setAcceptBacklog(1024)
                // One request per connection at a time, so that closing one is about one request.
                .setHttp2ClearTextEnabled(false)
                .setMaxChunkSize(128 * 1024)
                .setHandle100ContinueAutomatically(true)
                // Without these two every request would pass a handler for WebSockets.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false))
                .requestHandler(handler);
        try {
            port = await(server.listen()).actualPort();
        } catch (CompletionException e) {
            close();
            throw new UncheckedIOException("the sandbox cannot listen on " + LOOPBACK + ":" + wanted + ": "
                    + e.getCause().getMessage(), new IOException(e.getCause()));
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Stops listening and closes all connections; a second time does nothing. */
    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
