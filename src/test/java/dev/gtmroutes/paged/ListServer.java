// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A list in memory, given page by page in each of the ways in which APIs do it. */
final class ListServer implements AutoCloseable {

    /** A record of the list. */
    record Item(long id, Instant changed, String text) {

        String json() {
            return "{\"id\":%d,\"updated_at\":\"%s\",\"text\":\"%s\"}".formatted(id, time(), text);
        }

        /** In the summer of New York, as vendors do. */
        private String time() {
            return changed.minusSeconds(4 * 3600).toString().replace("Z", "-04:00");
        }
    }

    /** Answers in place of the list. */
    interface Interception {

        /** @return null for the list's own answer */
        String answer(Map<String, String> query);
    }

    private final HttpServer server;
    private final Map<Long, Item> items = new TreeMap<>();
    private final List<Map<String, String>> requests = new CopyOnWriteArrayList<>();
    boolean total;
    boolean ends;
    int most = Integer.MAX_VALUE;
    int status = 200;
    volatile Interception interception = query -> null;
    volatile Runnable behindPage = () -> {};

    ListServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "list-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void put(long id, Instant changed, String text) {
        items.put(id, new Item(id, changed, text));
    }

    /** Records from 1 on, one changed after the other. */
    ListServer filled(int records) {
        Instant first = Instant.parse("2025-06-01T00:00:00.000001Z");
        for (int i = 1; i <= records; i++) {
            put(i, first.plusSeconds(i), "v1");
        }
        return this;
    }

    synchronized void delete(long id) {
        items.remove(id);
    }

    synchronized Collection<Item> items() {
        return List.copyOf(items.values());
    }

    List<Map<String, String>> requests() {
        return requests;
    }

    void forgetRequests() {
        requests.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        requests.add(query);
        status = 200;
        String answer = interception.answer(query);
        String path = exchange.getRequestURI().getPath();
        byte[] body = (answer != null ? answer : page(path, query, exchange)).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
        behindPage.run();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        for (String each : raw == null ? new String[0] : raw.split("&")) {
            String[] pair = each.split("=", 2);
            query.put(URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private synchronized String page(String path, Map<String, String> query, HttpExchange exchange) {
        List<Item> all = new ArrayList<>(items.values().stream().filter(within(query)).toList());
        if ("updated_at".equals(query.get("sort_by"))) {
            all.sort((one, other) -> one.changed().equals(other.changed()) ? Long.compare(one.id(), other.id())
                    : one.changed().compareTo(other.changed()));
        }
        int size = Math.min(most, Integer.parseInt(query.getOrDefault("limit", "25")));
        int from = switch (path) {
            case "/offset" -> number(query, "offset", 0);
            case "/page" -> (number(query, "page", 1) - 1) * size;
            case "/page0" -> number(query, "page", 0) * size;
            case "/cursor" -> query.containsKey("cursor") ? Integer.parseInt(query.get("cursor").substring(1)) : 0;
            case "/link" -> number(query, "from", 0);
            case "/id" -> (int) all.stream().filter(each -> each.id() <= number(query, "id[gt]", 0)).count();
            default -> 0;
        };
        int begin = Math.max(0, Math.min(from, all.size()));
        int end = Math.min(begin + size, all.size());
        String data = all.subList(begin, end).stream().map(Item::json).collect(Collectors.joining(","));
        return switch (path) {
            case "/cursor" -> "{\"data\":[%s],\"meta\":{\"next_cursor\":%s}}".formatted(data,
                    end < all.size() ? "\"c" + end + "\"" : "null");
            case "/link" -> {
                if (end < all.size()) {
                    exchange.getResponseHeaders().add("Link", "<%s/link?from=%d>; rel=\"next\"".formatted(url(), end));
                }
                yield "[" + data + "]";
            }
            default -> "{\"data\":[%s],\"meta\":{%s%s\"x\":0}}".formatted(data, total ? "\"total\":" + all.size() + "," : "",
                    ends ? "\"next_page\":" + (end < all.size() ? end / size + 1 : "null") + "," : "");
        };
    }

    private static int number(Map<String, String> query, String name, int otherwise) {
        return Integer.parseInt(query.getOrDefault(name, "" + otherwise));
    }

    private static Predicate<Item> within(Map<String, String> query) {
        Instant since = query.containsKey("since") ? Instant.parse(query.get("since")) : Instant.MIN;
        Instant until = query.containsKey("until") ? Instant.parse(query.get("until")) : Instant.MAX;
        return item -> !item.changed().isBefore(since) && !item.changed().isAfter(until);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
