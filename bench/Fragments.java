// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * People.ai's export API with one job that is completed, whose fragments are streamed as fast as they are read, or at a
 * given speed each. {@code GET /report} tells from the first request for a fragment to the end of the last one.
 *
 * <p>Usage: java Fragments.java PORT FRAGMENTS BYTES MEGABYTES_PER_SECOND     (bytes of each fragment; 0 for no limit)
 */
public class Fragments {

    private static final byte[] BLOCK = ("{\"uid\":\"1\",\"text\":\"" + "x".repeat(320) + "\"}\n").repeat(750)
            .getBytes(StandardCharsets.US_ASCII);

    private static int fragments;
    private static long blocks;
    private static long nanosPerBlock;
    private static volatile String job;
    private static final AtomicLong first = new AtomicLong();
    private static final AtomicLong last = new AtomicLong();
    private static final AtomicInteger done = new AtomicInteger();

    public static void main(String[] args) throws IOException {
        fragments = Integer.parseInt(args[1]);
        blocks = Long.parseLong(args[2]) / BLOCK.length;
        long speed = Long.parseLong(args[3]);
        nanosPerBlock = speed == 0 ? 0 : BLOCK.length * 1000L / speed;
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 100);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/export/activities/jobs", Fragments::meet);
        server.createContext("/report", exchange -> {
            double seconds = (last.get() - first.get()) / 1e9;
            long bytes = done.get() * blocks * BLOCK.length;
            send(exchange, String.format(Locale.ROOT, "fetched=%d total=%d seconds=%.3f%n", done.get(), bytes / 1_000_000,
                    seconds));
        });
        server.createContext("/forget", exchange -> {
            first.set(0);
            done.set(0);
            job = null;
            send(exchange, "");
        });
        server.start();
    }

    private static void meet(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (exchange.getRequestURI().getPath().endsWith("/data")) {
            stream(exchange);
        } else if (exchange.getRequestMethod().equals("POST")) {
            job = body.replaceFirst("\\{", String.format("{\"job_id\":\"job-1\",\"state\":\"Completed\","
                    + "\"job_created_time\":\"%s\",\"results_size\":%d,\"fragments\":%d,",
                    java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                    fragments * blocks * BLOCK.length, fragments));
            send(exchange, job);
        } else {
            send(exchange, job == null ? "[]" : "[" + job + "]");
        }
    }

    private static void stream(HttpExchange exchange) throws IOException {
        long start = System.nanoTime();
        first.compareAndSet(0, start);
        exchange.sendResponseHeaders(200, blocks * BLOCK.length);
        try (OutputStream out = exchange.getResponseBody()) {
            for (long i = 0; i < blocks; i++) {
                long early = start + i * nanosPerBlock - System.nanoTime();
                if (early > 1_000_000) {
                    Thread.sleep(early / 1_000_000);
                }
                out.write(BLOCK);
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        last.set(System.nanoTime());
        done.incrementAndGet();
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }
}
