// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A destination that counts, and somebody who edits flows at random while records go through them.
 *
 * <p>Usage: java LiveEdits.java PORT ROUTES INTAKE EDITS QUIET_SECONDS. Prints its report as shell assignments.
 */
public class LiveEdits {

    private static final Pattern RECORD = Pattern.compile("\"id\":\"(\\w+)-(\\d+)\"");
    private static final Map<String, Integer> ARRIVED = new ConcurrentHashMap<>();
    private static final Map<String, AtomicLong> LAST = new ConcurrentHashMap<>();
    private static final Map<String, AtomicLong> LONGEST = new ConcurrentHashMap<>();
    private static final AtomicReference<String> VERSION = new AtomicReference<>("");
    private static final AtomicLong SENT = new AtomicLong();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final long ANSWER_NANOS = 5_000_000;
    private static final long WAITING = 8000;

    private static volatile boolean sending = true;

    public static void main(String[] args) throws Exception {
        Path routes = Path.of(args[1]);
        String intake = args[2];
        int edits = Integer.parseInt(args[3]);
        long quiet = Long.parseLong(args[4]) * 1000;
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 1000);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", LiveEdits::take);
        server.start();

        flow(routes, "steady", "0", "");
        flow(routes, "edited", "0", "");
        awaitFlow(intake, "steady");
        awaitFlow(intake, "edited");
        Thread steady = load(intake, "steady");
        Thread edited = load(intake, "edited");
        Thread.sleep(5000);
        // How long the flow pauses by itself.
        long alone = longest(quiet);

        Random random = new Random(1);
        long slowest = 0;
        int broken = 0;
        LONGEST.clear();
        for (int i = 1; i <= edits; i++) {
            if (random.nextInt(3) == 0) {
                broken++;
                flow(routes, "edited", String.valueOf(i), random.nextBoolean() ? ", maxInFlight: 0" : ", batch: [");
                Thread.sleep(random.nextInt(400));
            } else {
                long written = System.nanoTime();
                flow(routes, "edited", String.valueOf(i), "");
                slowest = Math.max(slowest, awaitVersion(String.valueOf(i), written));
                Thread.sleep(random.nextInt(200));
            }
        }
        long beside = LONGEST.get("steady").get();
        flow(routes, "edited", "end", "");
        sending = false;
        steady.join();
        edited.join();
        for (int i = 0; i < 300 && ARRIVED.size() < SENT.get(); i++) {
            Thread.sleep(100);
        }
        Thread.sleep(2000);
        long twice = ARRIVED.values().stream().filter(each -> each > 1).count();
        System.out.printf("edits=%d broken=%d records=%d lost=%d duplicated=%d alone=%d beside=%d effect=%d%n", edits,
                broken, SENT.get(), SENT.get() - ARRIVED.size(), twice, alone, beside, slowest);
        System.exit(0);
    }

    private static long longest(long millis) throws InterruptedException {
        LONGEST.clear();
        Thread.sleep(millis);
        return LONGEST.get("steady").get();
    }

    private static long awaitVersion(String version, long since) throws InterruptedException {
        while (!version.equals(VERSION.get())) {
            Thread.sleep(1);
            if (System.nanoTime() - since > 30_000_000_000L) {
                throw new IllegalStateException("edit " + version + " had no effect within 30 s");
            }
        }
        return (System.nanoTime() - since) / 1_000_000;
    }

    /** The load is bounded by the destination, as it is with a vendor: two saturated cores would only measure each other. */
    private static void take(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Matcher records = RECORD.matcher(body);
        String flow = "";
        while (records.find()) {
            flow = records.group(1);
            ARRIVED.merge(records.group(), 1, Integer::sum);
        }
        long before = LAST.computeIfAbsent(flow, each -> new AtomicLong(now)).getAndSet(now);
        LONGEST.computeIfAbsent(flow, each -> new AtomicLong())
                .accumulateAndGet((now - before) / 1_000_000, Math::max);
        if (flow.equals("edited")) {
            VERSION.set(exchange.getRequestHeaders().getFirst("X-Version"));
        }
        LockSupport.parkNanos(ANSWER_NANOS);
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** As an editor writes that renames. */
    private static void flow(Path routes, String id, String version, String more) throws IOException {
        Path hidden = Files.writeString(routes.resolve("." + id), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters: {requestHeaders: "X-Version:%2$s"%3$s}
                """.formatted(id, version, more));
        Files.move(hidden, routes.resolve(id + ".yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void awaitFlow(String intake, String flow) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try {
                send(intake, flow, "");
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("the flow " + flow + " does not take records");
    }

    private static void send(String intake, String flow, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(intake + flow))
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        int status = CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        if (!body.isEmpty() && status != 202 || status == 404) {
            throw new IOException(flow + " answered " + status);
        }
    }

    /**
     * Files of records that are taken one after the other. So many wait that a request is always due: one that is late would
     * show as a pause of the flow.
     */
    private static Thread load(String intake, String flow) {
        Thread thread = new Thread(() -> {
            for (long n = 0; sending;) {
                StringBuilder body = new StringBuilder();
                for (int i = 0; i < 400; i++) {
                    body.append("{\"id\":\"").append(flow).append('-').append(n++).append("\"}\n");
                }
                try {
                    send(intake, flow, body.toString());
                    SENT.addAndGet(400);
                    String last = "\"id\":\"" + flow + "-" + (n - WAITING) + "\"";
                    while (sending && n > WAITING && !ARRIVED.containsKey(last)) {
                        Thread.sleep(5);
                    }
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }, flow);
        thread.start();
        return thread;
    }
}
