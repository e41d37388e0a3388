// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.crash.Arrived;
import dev.gtmroutes.crash.Book;
import dev.gtmroutes.crash.Wire;
import dev.gtmroutes.crash.WireServer;

/**
 * Takes what the program sends, not always kindly, and writes down what it saw. It carries a request out when it has no
 * poison in it. It shares no code with what it audits.
 */
final class Destination implements AutoCloseable {

    private static final Pattern RUN = Pattern.compile("run-(\\d+)");
    private static final Pattern ANSWER = Pattern.compile("answer-(\\d+)");
    private static final String RETRY_AFTER = "Retry-After: 1\r\n";

    private final long seed;
    private final Book<RecordId> book = new Book<>(flow -> Flow.named(flow) != null);
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final WireServer server;
    private volatile boolean kind;

    Destination(long seed) throws IOException {
        this.seed = seed;
        this.server = new WireServer(this::take);
    }

    int port() {
        return server.port();
    }

    Book<RecordId> book() {
        return book;
    }

    /** From now on nothing goes wrong but what has to: poison is still refused. */
    void beKind() {
        kind = true;
    }

    /** @return whether the connection is kept */
    private boolean take(Wire wire, Wire.Head head) throws IOException, InterruptedException {
        String flow = head.path().substring(1);
        if (flow.equals(Flow.HOOK)) {
            return hear(wire, head);
        }
        int run = run(head);
        book.begin(run, flow);
        Arrived<RecordId> request;
        Fate fate;
        try {
            request = read(wire, head, run, flow);
            fate = request == null ? null : decide(request);
        } finally {
            // Before the answer is written: the program may send the next one at once.
            book.end(run, flow);
        }
        if (request == null || request.dropped) {
            return false;
        }
        int status = fate.before() != Fate.Before.NOTHING ? 503 : request.carriedOut == 0 ? 422 : 200;
        wire.answer(status, fate.before() == Fate.Before.BUSY_RETRY_AFTER ? RETRY_AFTER : "",
                "{\"answer\":\"answer-" + request.answer + "\"}");
        request.answered = System.nanoTime();
        return true;
    }

    /** @return null if the connection breaks before the body is read */
    private Arrived<RecordId> read(Wire wire, Wire.Head head, int run, String flow) throws IOException {
        // Whether it is read at all cannot depend on what is in it.
        if (fate("unread " + flow).before() == Fate.Before.DROP_READ) {
            return null;
        }
        List<RecordId> ids = new ArrayList<>();
        for (Matcher found = RecordId.TEXT.matcher(wire.body(head)); found.find();) {
            ids.add(RecordId.of(found));
        }
        return book.note(run, flow, ids);
    }

    /** Takes its time, and carries it out or not. */
    private Fate decide(Arrived<RecordId> request) throws InterruptedException {
        Fate fate = fate(request.ids.isEmpty() ? request.flow : request.ids.get(0).toString());
        Thread.sleep(fate.delay());
        if (fate.before() == Fate.Before.NOTHING && request.ids.stream().noneMatch(RecordId::isPoison)) {
            request.carriedOut = System.nanoTime();
        }
        request.dropped = fate.before() == Fate.Before.DROP_READ || fate.after();
        return fate;
    }

    /** The webhook's end. */
    private boolean hear(Wire wire, Wire.Head head) throws IOException, InterruptedException {
        Matcher answer = ANSWER.matcher(wire.body(head));
        String told = answer.find() ? answer.group(1) : "";
        Fate fate = fate("hook " + told);
        Thread.sleep(fate.delay() / 10);
        if (fate.before() == Fate.Before.DROP_READ) {
            return false;
        }
        boolean taken = fate.before() == Fate.Before.NOTHING;
        if (taken && !told.isEmpty()) {
            book.told(Integer.parseInt(told));
        }
        if (fate.after()) {
            return false;
        }
        wire.answer(taken ? 200 : 503, "", "");
        return true;
    }

    private Fate fate(String what) {
        if (kind) {
            return Fate.KIND;
        }
        int attempt = tries.computeIfAbsent(what, each -> new AtomicInteger()).incrementAndGet();
        return Fate.of(new Random(seed * 31 + (what + " " + attempt).hashCode()));
    }

    private static int run(Wire.Head head) {
        Matcher run = RUN.matcher(head.headers().getOrDefault("x-api-key", "")
                + head.headers().getOrDefault("authorization", ""));
        return run.find() ? Integer.parseInt(run.group(1)) : -1;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
