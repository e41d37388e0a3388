// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/**
 * Receives what all HTTP destinations of the crash matrix send and writes it down. It takes its time for each record,
 * refuses some, and answers in every form that HTTP has. It shares no code with what it audits.
 */
final class MatrixVendor implements AutoCloseable {

    private static final Pattern RUN = Pattern.compile("run-(\\d+)");
    private static final String GZIP = "Content-Encoding: gzip\r\n";
    private static final int FORMS = 5;
    /** How long a record takes while faults happen, in ms. */
    private static final int PER_RECORD = 40;
    /** How long a request waits at most once its flow has sent its share, in ms: less than the program waits. */
    private static final int LONGEST_WAIT = 10_000;
    private static final int POLL = 20;
    private static final int QUICK = 5;

    private final Map<String, MatrixCell> cells;
    private final Map<String, Set<String>> delivered = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final Map<String, Queue<String>> wrong = new ConcurrentHashMap<>();
    private final Queue<String> strangers = new ConcurrentLinkedQueue<>();
    private final Book<String> book;
    private final WireServer server;
    /** How much of its records a flow may send at full speed; 0 for quick answers to all. */
    private volatile double share;
    private volatile long lastRequest = System.nanoTime();

    MatrixVendor(List<MatrixCell> all) throws IOException {
        cells = all.stream().collect(Collectors.toMap(MatrixCell::name, cell -> cell));
        book = new Book<>(cells::containsKey);
        server = new WireServer(this::take);
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    WireServer server() {
        return server;
    }

    List<Arrived<String>> arrived() {
        return book.arrived();
    }

    /** Requests that name no flow, or have no credential. */
    List<String> strangers() {
        return List.copyOf(strangers);
    }

    /** Requests of a flow that it should not have sent, each with the reason. */
    List<String> wrong(MatrixCell cell) {
        return List.copyOf(wrong.getOrDefault(cell.name(), new ConcurrentLinkedQueue<>()));
    }

    /** When a request came last, in ns. */
    long lastRequest() {
        return lastRequest;
    }

    /**
     * Flows that have sent this much of their records wait for their next responses until they may send more, so that a
     * fault finds all of them at work, however quick the others are.
     *
     * @param part of all records of a flow, above 0
     */
    void slowBeyond(double part) {
        share = part;
    }

    /** Answers quickly from now on. */
    void beQuick() {
        share = 0;
    }

    private boolean take(Wire wire, Wire.Head head) throws IOException, InterruptedException {
        MatrixCell cell = cells.get(head.headers().getOrDefault(MatrixDestination.FLOW_HEADER, ""));
        Matcher run = RUN.matcher(head.headers().getOrDefault("x-api-key", "")
                + head.headers().getOrDefault("authentication", ""));
        String body = wire.body(head);
        lastRequest = System.nanoTime();
        if (cell == null || !run.find()) {
            strangers.add(head.method() + " " + head.path() + (cell == null ? " names no flow" : " has no credential"));
            wire.answer(401, "", "{}");
            return true;
        }
        serve(wire, cell, Integer.parseInt(run.group(1)), cell.destination().read(head, body));
        return true;
    }

    private void serve(Wire wire, MatrixCell cell, int run, MatrixDestination.Content content)
            throws IOException, InterruptedException {
        boolean itemised = cell.destination() == MatrixDestination.ITEMISED;
        boolean refused = content.wrong() != null || !itemised && content.ids().stream().anyMatch(cell::refuses);
        if (content.wrong() != null) {
            wrong.computeIfAbsent(cell.name(), any -> new ConcurrentLinkedQueue<>()).add(content.wrong());
        }
        Arrived<String> request = book.note(run, cell.name(),
                content.ids().stream().filter(id -> !itemised || !cell.refuses(id)).toList());
        if (refused) {
            Thread.sleep(QUICK);
        } else {
            work(cell, content.ids().size());
        }
        if (!refused) {
            request.carriedOut = System.nanoTime();
            delivered(cell).addAll(request.ids);
        }
        answer(wire, cell, content.ids(), refused ? 422 : 200, request.answer);
        request.answered = System.nanoTime();
        lastRequest = request.answered;
    }

    private Set<String> delivered(MatrixCell cell) {
        return delivered.computeIfAbsent(cell.name(), any -> ConcurrentHashMap.newKeySet());
    }

    /** Takes its time for a request. */
    private void work(MatrixCell cell, int records) throws InterruptedException {
        Thread.sleep(share == 0 ? QUICK : (long) PER_RECORD * records);
        long end = System.nanoTime() + LONGEST_WAIT * 1_000_000L;
        while (share > 0 && delivered(cell).size() > share * cell.records() && System.nanoTime() < end) {
            Thread.sleep(POLL);
        }
    }

    /** The form depends on the record and the attempt: the same request gets another one the next time. */
    private void answer(Wire wire, MatrixCell cell, List<String> ids, int status, int number) throws IOException {
        boolean itemised = cell.destination() == MatrixDestination.ITEMISED;
        String text = itemised && status == 200 ? items(cell, ids) : "{\"response\":" + number + "}";
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String first = cell.name() + " " + (ids.isEmpty() ? "" : ids.get(0));
        int attempt = tries.computeIfAbsent(first, any -> new AtomicInteger()).getAndIncrement();
        switch (Math.floorMod(first.hashCode() + attempt, itemised ? FORMS - 1 : FORMS)) {
            case 0 -> wire.answer(status, "", body);
            case 1 -> wire.answerInChunks(status, "", body);
            case 2 -> wire.answer(status, GZIP, gzip(body));
            case 3 -> wire.answerInChunks(status, GZIP, gzip(body));
            default -> wire.answer(status, GZIP, new byte[0]);
        }
    }

    private static String items(MatrixCell cell, List<String> ids) {
        return ids.stream().map(id -> "{\"uid\":\"" + id + "\",\"code\":" + (cell.refuses(id)
                ? "422,\"message\":\"refused\"}" : "200}")).collect(Collectors.joining(",", "{\"results\":[", "]}"));
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(all)) {
            packed.write(body);
        }
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
