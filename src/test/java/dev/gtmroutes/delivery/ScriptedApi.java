// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.TestDestination;

/** A destination that answers as a test wants it to, and keeps what it was asked. */
public final class ScriptedApi implements AutoCloseable {

    /**
     * @param number 1 for the first request
     * @param ids    the attribute {@code n} of each record
     */
    public record Asked(int number, Instant at, String path, List<Integer> ids, Map<String, List<String>> headers) {

        public boolean has(int id) {
            return ids.contains(id);
        }
    }

    /** @param status 0 closes the connection without an answer */
    public record Reply(int status, String body, Map<String, String> headers) {

        public static Reply of(int status) {
            return new Reply(status, "{\"status\":" + status + "}", Map.of());
        }

        public static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }

        static Reply none() {
            return new Reply(0, "", Map.of());
        }

        Reply with(String header, String value) {
            return new Reply(status, body, Map.of(header, value));
        }
    }

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<Integer> taken = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Function<Asked, Reply> script = each -> Reply.of(200);

    public ScriptedApi() throws IOException {
        this(0);
    }

    /** @param port on which it is, or was before it was gone; 0 for any */
    ScriptedApi(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers like this from now on, and forgets what was asked before. */
    public void script(Function<Asked, Reply> script) {
        synchronized (asked) {
            asked.clear();
            taken.clear();
            this.script = script;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = TestDestination.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Stream<JsonNode> records = body.isArray() ? StreamSupport.stream(body.spliterator(), false) : Stream.of(body);
        Asked request;
        synchronized (asked) {
            request = new Asked(asked.size() + 1, Instant.now(), exchange.getRequestURI().getPath(),
                    records.map(each -> each.path("n").asInt()).toList(), Map.copyOf(exchange.getRequestHeaders()));
            asked.add(request);
        }
        Reply reply = script.apply(request);
        if (reply.status() != 0) {
            if (reply.status() < 300) {
                taken.addAll(request.ids());
            }
            byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), text.length == 0 ? -1 : text.length);
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    /** All requests so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** The records of all requests that were answered with a 2xx, in the order of their answers. */
    List<Integer> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
