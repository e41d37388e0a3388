// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Takes any request, answers 200 unless told otherwise, and keeps what arrived. */
public final class RecordingServer implements AutoCloseable {

    /**
     * @param path path and query, as they were on the wire
     * @param body empty for none
     */
    public record Arrived(String method, String path, Headers headers, String body) {
    }

    /**
     * What is answered.
     *
     * @param status 0 ends the connection without an answer
     */
    public record Reply(int status, String body) {

        /** The request has arrived, and nobody will know what became of it. */
        public static final Reply NONE = new Reply(0, "");

        /** A good answer. */
        public static final Reply OK = new Reply(200, "{}");
    }

    private final ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private volatile Function<Arrived, Reply> replies = request -> Reply.OK;

    public RecordingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::record);
        server.start();
    }

    private void record(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Arrived request = new Arrived(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(), body);
        arrived.add(request);
        Reply reply = replies.apply(request);
        if (reply.status() != 0) {
            byte[] answer = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), answer.length);
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers so from now on, one request at a time. */
    public void answer(Function<Arrived, Reply> answers) {
        this.replies = answers;
    }

    /** What arrived so far. */
    public List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /** Forgets what arrived. */
    public void clear() {
        arrived.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
