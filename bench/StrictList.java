// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A stand-in for a list of Salesloft that is strict about its rate limit: a page costs points by its number, and it is
 * answered only if the window that ends with it holds no more points than the limit; otherwise the answer is 429. Shares no
 * code with what it measures.
 *
 * <p>Usage: java StrictList.java PORT POINTS SECONDS RECORDS. GET /report says what it saw, as shell assignments.
 */
public class StrictList {

    /** The first page of each price. */
    private static final TreeMap<Integer, Integer> COSTS = new TreeMap<>(Map.of(1, 1, 101, 3, 151, 8, 251, 10, 501, 30));

    private final int points;
    private final long window;
    private final int records;
    private final Deque<long[]> admitted = new ArrayDeque<>();
    private long inWindow;
    private long spent;
    private int pages;
    private int refused;
    private long first;
    private long last;

    StrictList(int points, int seconds, int records) {
        this.points = points;
        this.window = seconds * 1_000_000_000L;
        this.records = records;
    }

    public static void main(String[] args) throws IOException {
        StrictList list = new StrictList(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1000);
        server.createContext("/v2/", list::handle);
        server.createContext("/report", exchange -> send(exchange, 200, list.report()));
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        int page = Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst("(.*&)?page=(\\d+).*", "$2"));
        int cost = COSTS.floorEntry(page).getValue();
        long left = admit(System.nanoTime(), cost);
        exchange.getResponseHeaders().set("x-ratelimit-endpoint-cost", Integer.toString(cost));
        exchange.getResponseHeaders().set("x-ratelimit-remaining-minute", Long.toString(Math.max(0, left)));
        send(exchange, left < 0 ? 429 : 200, left < 0 ? "{}" : page(page));
    }

    private long admit(long now, int cost) {
        while (!admitted.isEmpty() && admitted.peek()[0] <= now - window) {
            inWindow -= admitted.remove()[1];
        }
        first = first == 0 ? now : first;
        last = now;
        if (inWindow + cost > points) {
            refused++;
            return -1;
        }
        admitted.add(new long[] {now, cost});
        inWindow += cost;
        spent += cost;
        pages++;
        return points - inWindow;
    }

    private String page(int page) {
        StringBuilder body = new StringBuilder("{\"data\":[");
        int end = Math.min(records, page * 100);
        for (int i = (page - 1) * 100; i < end; i++) {
            body.append(i % 100 == 0 ? "" : ",").append("{\"id\":").append(i + 1).append(",\"name\":\"Record ").append(i + 1)
                    .append("\"}");
        }
        return body.append("],\"metadata\":{\"paging\":{\"per_page\":100,\"current_page\":").append(page)
                .append(",\"next_page\":").append(end < records ? String.valueOf(page + 1) : "null").append("}}}")
                .toString();
    }

    /** The use of the budget begins to count when its first window is full: an API lends all points at once. */
    private String report() {
        double ran = (last - first) / 1e9;
        double windows = ran * 1e9 / window;
        return String.format(Locale.ROOT, "pages=%d spent=%d refused=%d ran=%.0f use=%.1f", pages, spent, refused, ran,
                windows <= 1 ? 0 : 100 * (spent - points) / (points * (windows - 1)));
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
