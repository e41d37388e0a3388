// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A vendor that looks closely at each batch of calls that it is sent. What it answers depends on the ids of the
 * records: one that begins with {@code bad} is refused (422), with {@code busy} accepted only the second time (503
 * before), with {@code gone} the fourth time (no answer before), with {@code slow} only after {@link #answerSlow}.
 */
final class Vendor implements AutoCloseable {

    static final String API_KEY = "key-of-the-examples";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<List<String>> asked = new CopyOnWriteArrayList<>();
    private final List<List<String>> accepted = new CopyOnWriteArrayList<>();
    private final Set<String> wereBusy = ConcurrentHashMap.newKeySet();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final HttpServer server;
    private final String path;

    /** @param path the path and query that requests have to go to */
    Vendor(String path) throws IOException {
        this.path = path;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    /** The setting people-ai.base-url. */
    String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v0/public";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<String> ids = idsOfRightRequest(exchange);
            asked.add(ids);
            int status = status(ids);
            if (status == 200) {
                accepted.add(ids);
            }
            if (status > 0) {
                exchange.sendResponseHeaders(status, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<String> idsOfRightRequest(HttpExchange exchange) throws IOException {
        expect("PUT", exchange.getRequestMethod());
        expect("/v0/public" + path, exchange.getRequestURI().toString());
        expect(API_KEY, exchange.getRequestHeaders().getFirst("X-API-Key"));
        expect("application/json", exchange.getRequestHeaders().getFirst("Content-Type"));
        List<String> ids = new ArrayList<>();
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        expect("true", "" + body.isArray());
        for (JsonNode each : body) {
            expect("false", "" + each.has("internal_note"));
            ids.add(each.path("external_id").asText());
        }
        return ids;
    }

    private void expect(String wanted, String found) {
        if (!wanted.equals(found)) {
            faults.add("not " + wanted + " but " + found);
        }
    }

    private int status(List<String> ids) throws InterruptedException {
        for (String each : ids) {
            if (each.startsWith("bad")) {
                return 422;
            }
            if (each.startsWith("busy") && wereBusy.add(each)) {
                return 503;
            }
            if (each.startsWith("gone") && asked(each).size() < 4) {
                return 0;
            }
            if (each.startsWith("slow")) {
                slow.await();
            }
        }
        return 200;
    }

    /** Lets the answers go that wait. */
    void answerSlow() {
        slow.countDown();
    }

    /** What was wrong with requests. */
    List<String> faults() {
        return faults;
    }

    /** The ids of the records of each request, those of a kind only, such as calls. */
    List<List<String>> asked(String kind) {
        return of(kind, asked);
    }

    /** The same of those requests that were answered with 200. */
    List<List<String>> accepted(String kind) {
        return of(kind, accepted);
    }

    private static List<List<String>> of(String kind, List<List<String>> requests) {
        return requests.stream().filter(each -> each.get(0).contains(kind)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
