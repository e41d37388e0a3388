// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** People.ai's export API as a test wants it: jobs are what the test makes of them. */
public final class ExportApi implements AutoCloseable {

    public static final int RECORDS_PER_FRAGMENT = 5;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is answered in place of what would be.
     *
     * @param times    how often the body is repeated
     * @param declared the length that is promised
     * @param then     done before the connection is closed
     */
    public record Reply(int status, String body, long times, long declared, Runnable then) {

        public static Reply of(int status, String body) {
            return repeated(status, body, 1);
        }

        /** The text again and again. */
        public static Reply repeated(int status, String text, long times) {
            return new Reply(status, text, times, times * text.length(), () -> {});
        }

        /** Breaks off in the middle. */
        public static Reply broken(String body) {
            return new Reply(200, body.substring(0, body.length() / 3), 1, body.length(), () -> {});
        }

        /** Comes to a stop in the middle. @param end when to close the connection */
        static Reply stalled(String body, CountDownLatch end) {
            return new Reply(200, body.substring(0, body.length() / 3), 1, body.length(), () -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    /** @param target path and query as they arrived */
    public record Asked(String method, String target, String authorization, String body) {
    }

    public final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> jobs = new ArrayList<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile int tokenLife = 7200;
    private volatile String newState = "Completed";
    private volatile int fragments = 2;
    /** Fragments that there are, more or fewer than a job says. */
    private volatile int more;
    private volatile boolean saysSize = true;
    /** Null for what would be answered anyway. */
    private volatile Function<Asked, Reply> script = each -> null;

    public ExportApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/pull/v1/export/activities/jobs", this::meet);
        server.createContext("/auth/v1/tokens", this::token);
        server.start();
    }

    public ExportApi newState(String state) {
        newState = state;
        return this;
    }

    public ExportApi fragments(int count) {
        fragments = count;
        return this;
    }

    /** There are so many fragments more than jobs say, from now on. */
    public ExportApi more(int fragmentsMore) {
        more = fragmentsMore;
        return this;
    }

    /** Jobs do not say how many bytes they have, from now on. */
    public ExportApi sizeUnknown() {
        saysSize = false;
        return this;
    }

    public ExportApi tokenLife(int seconds) {
        tokenLife = seconds;
        return this;
    }

    public ExportApi script(Function<Asked, Reply> script) {
        this.script = script;
        return this;
    }

    /** All jobs are in this state from now on. */
    public synchronized void allJobs(String state) {
        jobs.forEach(each -> each.put("state", state));
    }

    /** What jobs say. */
    public synchronized void change(Consumer<ObjectNode> change) {
        jobs.forEach(change);
    }

    /** A job of somebody. */
    public synchronized String add(String type, String start, String end, String state) {
        ObjectNode job = JSON.createObjectNode().put("job_id", "job-" + (jobs.size() + 1)).put("state", state)
                .put("export_type", type).put("output_format", "JSONLines").put("activity_type", "all")
                .put("start_date", start).put("end_date", end)
                .put("job_created_time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("fragments", fragments);
        String id = job.path("job_id").asText();
        if (saysSize) {
            job.put("results_size", IntStream.range(0, fragments + more).mapToLong(each -> data(id, each).length()).sum());
        }
        jobs.add(job);
        return id;
    }

    synchronized void remove(String id) {
        jobs.removeIf(each -> each.path("job_id").asText().equals(id));
    }

    /** The jobs as the API tells of them. */
    public synchronized List<JsonNode> jobs() {
        return jobs.stream().map(each -> (JsonNode) each.deepCopy()).toList();
    }

    /** The data of a fragment. */
    public static String data(String job, int fragment) {
        return IntStream.range(0, RECORDS_PER_FRAGMENT)
                .mapToObj(i -> "{\"uid\":\"%s/%d/%d\",\"n\":%d}%n".formatted(job, fragment, i, i))
                .collect(Collectors.joining());
    }

    public List<Asked> starts() {
        return asked.stream().filter(each -> each.method.equals("POST")).toList();
    }

    public List<Asked> downloads() {
        return asked.stream().filter(each -> each.target.contains("/data")).toList();
    }

    private void meet(HttpExchange http) throws IOException {
        try (http) {
            Asked request = new Asked(http.getRequestMethod(),
                    http.getRequestURI().toString().substring("/pull/v1".length()),
                    http.getRequestHeaders().getFirst("Authorization"),
                    new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Reply reply = script.apply(request);
            if (reply == null) {
                reply = answer(request);
            }
            byte[] body = reply.body.getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(reply.status, reply.declared == 0 ? -1 : reply.declared);
            OutputStream out = http.getResponseBody();
            for (long i = 0; i < reply.times; i++) {
                out.write(body);
            }
            out.flush();
            reply.then.run();
        }
    }

    private synchronized Reply answer(Asked request) throws IOException {
        String[] path = request.target.substring("/export/activities/jobs".length()).split("[/?]");
        if (request.method.equals("POST")) {
            JsonNode order = JSON.readTree(request.body);
            add(order.path("export_type").asText(), order.path("start_date").asText(), order.path("end_date").asText(),
                    newState);
            return Reply.of(200, jobs.get(jobs.size() - 1).toString());
        }
        if (path.length < 2) {
            return Reply.of(200, jobs.toString());
        }
        JsonNode job = jobs.stream().filter(each -> each.path("job_id").asText().equals(path[1])).findFirst().orElse(null);
        if (job == null) {
            return Reply.of(404, "{\"error\":\"no such job\"}");
        }
        if (path.length == 2) {
            return Reply.of(200, job.toString());
        }
        int fragment = path.length == 4 && path[2].equals("data") ? Integer.parseInt(path[3].substring("fragment=".length()))
                : Integer.MAX_VALUE;
        return fragment < job.path("fragments").asInt() + more ? Reply.of(200, data(path[1], fragment))
                : Reply.of(404, "{\"error\":\"no such fragment\"}");
    }

    private void token(HttpExchange http) throws IOException {
        try (http) {
            byte[] body = "{\"access_token\":\"token-%d\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                    .formatted(tokens.incrementAndGet(), tokenLife).getBytes(StandardCharsets.UTF_8);
            http.sendResponseHeaders(200, body.length);
            http.getResponseBody().write(body);
        }
    }

    public String pullUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/pull/v1";
    }

    public String tokenUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/auth/v1/tokens";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
