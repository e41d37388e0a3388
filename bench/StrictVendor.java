// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A stand-in for Salesloft that is strict about its rate limit: it admits a request only if the window that ends with it
 * holds fewer than the limit, and answers 429 otherwise. It counts each request at a random moment between its arrival
 * and its answer, as nobody tells when a vendor does. Shares no code with what it measures.
 *
 * <p>Usage: java StrictVendor.java PORT POINTS SECONDS. GET /report says what it saw, as shell assignments.
 */
public class StrictVendor {

    private static final int FASTEST_MS = 20;
    private static final int SLOWEST_MS = 300;

    private final int points;
    private final long window;
    private final List<Long> admitted = new ArrayList<>();
    private int refused;

    StrictVendor(int points, int seconds) {
        this.points = points;
        this.window = seconds * 1_000_000_000L;
    }

    public static void main(String[] args) throws IOException {
        StrictVendor vendor = new StrictVendor(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1000);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v2/", vendor::handle);
        server.createContext("/report", exchange -> send(exchange, 200, vendor.report()));
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            exchange.getRequestBody().readAllBytes();
            long latency = ThreadLocalRandom.current().nextLong(FASTEST_MS, SLOWEST_MS);
            long before = ThreadLocalRandom.current().nextLong(latency);
            Thread.sleep(before);
            int left = admit(System.nanoTime());
            Thread.sleep(latency - before);
            exchange.getResponseHeaders().set("x-ratelimit-endpoint-cost", "1");
            exchange.getResponseHeaders().set("x-ratelimit-remaining-minute", Integer.toString(Math.max(0, left)));
            send(exchange, left < 0 ? 429 : 200, "{}");
        } catch (InterruptedException e) {
            exchange.close();
        }
    }

    /** How many points are left; less than 0 if this request is one too many. */
    private synchronized int admit(long now) {
        int inWindow = 0;
        for (int i = admitted.size() - 1; i >= 0 && now - admitted.get(i) < window; i--) {
            inWindow++;
        }
        if (inWindow >= points) {
            refused++;
            return -1;
        }
        admitted.add(now);
        return points - inWindow - 1;
    }

    /**
     * The use is how far apart requests are that could just not have been in one window: a window over the mean time
     * from each request to the one that came {@code points} later.
     */
    private synchronized String report() {
        double sum = 0;
        for (int i = points; i < admitted.size(); i++) {
            sum += admitted.get(i) - admitted.get(i - points);
        }
        int pairs = admitted.size() - points;
        double use = pairs > 0 ? 100 * window / (sum / pairs) : 0;
        double seconds = admitted.isEmpty() ? 0 : (System.nanoTime() - admitted.get(0)) / 1e9;
        return String.format(Locale.ROOT, "sent=%d refused=%d use=%.1f ran=%.0f%n", admitted.size(), refused, use,
                seconds);
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
