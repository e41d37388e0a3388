// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Two destinations: one that takes everything, at once or after a while, and one that accepts connections and never
 * answers. {@code GET /report} tells how many records the first has taken, each with an {@code external_id}, and in how
 * many seconds, from the first request to the last answer.
 *
 * <p>Usage: java Answering.java PORT SILENT_PORT [MILLISECONDS]
 */
public class Answering {

    private static final List<Socket> SILENT = new ArrayList<>();
    private static final byte[] IN_EACH = "\"external_id\"".getBytes(StandardCharsets.US_ASCII);
    private static final AtomicLong taken = new AtomicLong();
    private static final AtomicLong first = new AtomicLong();
    private static final AtomicLong last = new AtomicLong();
    private static long millis;

    public static void main(String[] args) throws IOException {
        millis = args.length < 3 ? 0 : Long.parseLong(args[2]);
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1000);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", Answering::take);
        server.createContext("/report", exchange -> send(exchange, String.format(Locale.ROOT, "taken=%d seconds=%.3f%n",
                taken.get(), (last.get() - first.get()) / 1e9)));
        server.createContext("/forget", exchange -> {
            taken.set(0);
            first.set(0);
            send(exchange, "forgotten\n");
        });
        server.start();
        try (ServerSocket silent = new ServerSocket(Integer.parseInt(args[1]), 1000, InetAddress.getByName("127.0.0.1"))) {
            while (true) {
                // Kept, or the collector would close them.
                SILENT.add(silent.accept());
            }
        }
    }

    private static void take(HttpExchange exchange) throws IOException {
        first.compareAndSet(0, System.nanoTime());
        int records;
        try (InputStream body = exchange.getRequestBody()) {
            records = count(body.readAllBytes());
        }
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        last.set(System.nanoTime());
        taken.addAndGet(records);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static int count(byte[] body) {
        int count = 0;
        for (int i = 0; i + IN_EACH.length <= body.length; i++) {
            if (body[i] == '"' && java.util.Arrays.equals(body, i, i + IN_EACH.length, IN_EACH, 0, IN_EACH.length)) {
                count++;
            }
        }
        return count;
    }

    private static void send(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        exchange.sendResponseHeaders(200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }
}
