// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A vendor's API under /api and its token endpoint at /token, which write down what arrives. */
final class Vendor implements AutoCloseable {

    /** One request as it arrived; {@code target} is what stood in the request line. */
    record Seen(String method, String target, Headers headers, String body) {

        String header(String name) {
            return headers.getFirst(name);
        }

        /** A field of a form. */
        String field(String name) {
            return Arrays.stream(body.split("&")).map(each -> each.split("=", 2)).filter(each -> each[0].equals(name))
                    .map(each -> URLDecoder.decode(each[1], StandardCharsets.UTF_8)).findFirst().orElse(null);
        }
    }

    /** What is answered. */
    record Reply(int status, String body, Map<String, String> headers) {

        static Reply of(int status, String body) {
            return new Reply(status, body, Map.of());
        }

        static Reply token(String token, String refreshToken, int seconds) {
            return of(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds
                    + (refreshToken == null ? "" : ",\"refresh_token\":\"" + refreshToken + "\"") + "}");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Seen> calls = new CopyOnWriteArrayList<>();
    private final List<Seen> tokenCalls = new CopyOnWriteArrayList<>();
    private volatile Function<Seen, Reply> api = seen -> Reply.of(200, "{}");
    private volatile Function<Seen, Reply> tokens = seen -> Reply.of(404, "");

    Vendor() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> answer(exchange, calls, api));
        server.createContext("/token", exchange -> answer(exchange, tokenCalls, tokens));
        server.setExecutor(threads);
        server.start();
    }

    private static void answer(HttpExchange exchange, List<Seen> seen, Function<Seen, Reply> replies)
            throws IOException {
        try (exchange) {
            Seen call = new Seen(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            seen.add(call);
            Reply reply = replies.apply(call);
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    Vendor api(Function<Seen, Reply> replies) {
        this.api = replies;
        return this;
    }

    Vendor tokens(Function<Seen, Reply> replies) {
        this.tokens = replies;
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String origin() {
        return "http://127.0.0.1:" + port();
    }

    String baseUrl() {
        return origin() + "/api/v1";
    }

    String tokenUrl() {
        return origin() + "/token";
    }

    List<Seen> calls() {
        return List.copyOf(calls);
    }

    Seen call() {
        if (calls.size() != 1) {
            throw new AssertionError("calls: " + calls.stream().map(Seen::target).collect(Collectors.joining(", ")));
        }
        return calls.get(0);
    }

    List<Seen> tokenCalls() {
        return List.copyOf(tokenCalls);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
