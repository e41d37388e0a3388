// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.TestDestination;

/** A response webhook. Its answers repeat the URL, as those of many servers do. */
public final class TestWebhook implements AutoCloseable {

    /** What must not be read anywhere. */
    public static final String SECRET = "t0p-s3cr3t-77b1";

    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile IntSupplier status = () -> 204;

    /** @param port 0 for any */
    public TestWebhook(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/" + SECRET + "?token=" + SECRET + "~";
    }

    /** Answers with this status from now on. It may take its time. */
    public void answer(IntSupplier status) {
        this.status = status;
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode event = TestDestination.json(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int code = status.getAsInt();
        if (code == 204) {
            events.add(event);
            exchange.sendResponseHeaders(code, -1);
        } else {
            byte[] text = ("Cannot POST " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(code, text.length);
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    /** What it has taken, in the order in which it came. */
    public List<JsonNode> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
