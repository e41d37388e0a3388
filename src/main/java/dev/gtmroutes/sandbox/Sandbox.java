package dev.gtmroutes.sandbox;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A strict stand-in for the vendors, on the loopback interface. It checks every request as the vendor would, keeps
 * what it received, and misbehaves when told to. Which vendors and endpoints there are is data, under
 * {@code sandbox/} in the resources. Any number can run in one JVM; all methods may be called from any thread.
 */
public final class Sandbox implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx vertx;
    private final Catalog catalog;
    private final Credentials credentials = new Credentials();
    private final Journal journal = new Journal();
    private final Misbehaviours misbehaviours;
    private final VendorRequests vendorRequests;
    private final ControlRequests controlRequests;
    private int port;

    private Sandbox(Vertx vertx, Catalog catalog) {
        Replies replies = new Replies(vertx);
        this.vertx = vertx;
        this.catalog = catalog;
        this.misbehaviours = new Misbehaviours(catalog);
        this.vendorRequests = new VendorRequests(catalog, new Judge(credentials), misbehaviours, journal, replies);
        this.controlRequests = new ControlRequests(new Pages(catalog), journal, misbehaviours, replies);
    }

    /**
     * Starts one with the vendors this program knows.
     *
     * @param port 0 = any free one
     * @throws IllegalArgumentException when there can be no such port
     * @throws UncheckedIOException     when it cannot listen there; both messages are one line
     */
    public static Sandbox start(int port) {
        return start(port, Catalog.load());
    }

    static Sandbox start(int port, Catalog catalog) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the sandbox needs a port from 0 to 65535, not " + port);
        }
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // No cache directory on disk: nothing is served from files.
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Sandbox sandbox = new Sandbox(vertx, catalog);
        try {
            sandbox.listen(port);
            return sandbox;
        } catch (CompletionException e) {
            sandbox.close();
            throw new UncheckedIOException("the sandbox cannot listen on " + LOOPBACK + ":" + port + ": "
                    + e.getCause().getMessage(), new IOException(e.getCause()));
        }
    }

    private void listen(int wanted) {
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
                .requestHandler(this::handle);
        port = await(server.listen()).actualPort();
    }

    private void handle(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        if (ControlRequests.takes(path)) {
            controlRequests.handle(request, path);
        } else {
            vendorRequests.handle(request, path);
        }
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Where it listens; a GET there says what it is. */
    public String url() {
        return "http://" + LOOPBACK + ":" + port;
    }

    /** What to set as a vendor's base URL, such as {@code http://127.0.0.1:8089/people-ai/v0/public}. */
    public String baseUrl(String vendor) {
        return url() + catalog.vendor(vendor).root();
    }

    /** Makes a vendor accept this key only; without it that is the one of the data. */
    public Sandbox accept(String vendor, String key) {
        credentials.accept(catalog.vendor(vendor), key);
        return this;
    }

    /** Adds a misbehaviour. */
    public Sandbox misbehave(Misbehaviour misbehaviour) {
        misbehaviours.add(misbehaviour);
        return this;
    }

    /** Makes every answer come this late, until it is set to 0 or cleared. */
    public Sandbox latencyMs(int ms) {
        misbehaviours.latencyMs(ms);
        return this;
    }

    /** Behaves well again, without latency. */
    public void clearMisbehaviours() {
        misbehaviours.clear();
    }

    /** The newest requests, at most 1000, oldest first; the bodies of the oldest may be gone (64 MB together). */
    public List<RecordedRequest> requests() {
        return journal.requests();
    }

    /** Counts of every request. */
    public Summary summary() {
        return journal.summary();
    }

    /** Forgets requests and counts. */
    public void forgetRequests() {
        journal.forget();
    }

    /**
     * Calls this for every request, with its body, before it is answered. It runs on the sandbox's only thread: a
     * slow one makes the sandbox slow.
     */
    public Sandbox onRequest(Consumer<RecordedRequest> listener) {
        vendorRequests.listen(listener);
        return this;
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
