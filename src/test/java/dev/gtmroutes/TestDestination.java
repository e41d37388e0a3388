// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;

/** Where the tests' records and response events arrive. */
public class TestDestination {

    /** What a webhook got. */
    public record Event(Map<String, List<String>> headers, String query, String body) {
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Sandbox sandbox = Sandbox.start(0).accept("people-ai", AppWithSandbox.KEY);
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final HttpServer webhook;

    TestDestination() {
        sandbox.onRequest(requests::add);
        try {
            webhook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        webhook.createContext("/in", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            events.add(new Event(Map.copyOf(exchange.getRequestHeaders()), exchange.getRequestURI().getRawQuery(), body));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        webhook.start();
    }

    Sandbox sandbox() {
        return sandbox;
    }

    String webhookUrl() {
        return "http://127.0.0.1:" + webhook.getAddress().getPort() + "/in";
    }

    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Requests whose body holds this text, in the order in which they arrived. */
    public List<RecordedRequest> requestsWith(String text) {
        return requests.stream().filter(each -> text(each).contains(text)).toList();
    }

    /** Requests with records of this test, in the order in which they arrived. */
    public List<RecordedRequest> requests(String test) {
        return requestsWith("\"test\":\"" + test + "\"");
    }

    /** The records of this test that were accepted, as often as they were. */
    public List<JsonNode> accepted(String test) {
        return requests(test).stream().filter(each -> each.accepted() > 0).flatMap(each -> records(each).stream())
                .filter(each -> each.path("test").asText().equals(test)).toList();
    }

    public static String text(RecordedRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static List<JsonNode> records(RecordedRequest request) {
        JsonNode body = json(text(request));
        return body.isArray() ? List.of(JSON.convertValue(body, JsonNode[].class)) : List.of(body);
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        webhook.stop(0);
        sandbox.close();
    }
}
