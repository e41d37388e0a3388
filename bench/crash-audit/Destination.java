import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what the program sends, not always kindly, and writes down what it saw. It carries a request out when it has no
 * poison in it. It shares no code with what it audits.
 */
final class Destination implements AutoCloseable {

    private static final Pattern RUN = Pattern.compile("run-(\\d+)");
    private static final Pattern ANSWER = Pattern.compile("answer-(\\d+)");

    private final ServerSocket server = new ServerSocket(0, 1000, InetAddress.getByName("127.0.0.1"));
    private final ExecutorService threads = Executors.newCachedThreadPool(each -> {
        Thread thread = new Thread(each, "destination");
        thread.setDaemon(true);
        return thread;
    });
    private final long seed;
    private final List<Arrived> arrived = new ArrayList<>();
    private final Map<String, AtomicInteger> tries = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostUnderWay = new ConcurrentHashMap<>();
    private final AtomicInteger strangers = new AtomicInteger();
    private volatile boolean kind;

    Destination(long seed) throws IOException {
        this.seed = seed;
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on nothing goes wrong but what has to: poison is still refused. */
    void beKind() {
        kind = true;
    }

    /** Every request so far, in the order of arrival. */
    List<Arrived> arrived() {
        synchronized (arrived) {
            return List.copyOf(arrived);
        }
    }

    /** Requests without the credential of a run, or to nowhere. */
    int strangers() {
        return strangers.get();
    }

    /** By flow: the most requests of one run that were under way at a time. */
    Map<String, Integer> mostUnderWay() {
        return mostUnderWay;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket);
            for (Wire.Head head = wire.head(); head != null && take(wire, head); head = wire.head()) {
                // The connection is kept.
            }
        } catch (IOException e) {
            // The program was killed in the middle of a request.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean take(Wire wire, Wire.Head head) throws IOException, InterruptedException {
        String flow = head.path().substring(1);
        return flow.equals(Flow.HOOK) ? hear(wire, head) : receive(wire, head, flow);
    }

    private boolean receive(Wire wire, Wire.Head head, String flow) throws IOException, InterruptedException {
        int run = run(head);
        if (run < 0 || Flow.named(flow) == null) {
            strangers.incrementAndGet();
        }
        AtomicInteger now = underWay.computeIfAbsent(flow + " " + run, each -> new AtomicInteger());
        mostUnderWay.merge(flow, now.incrementAndGet(), Math::max);
        try {
            // Whether it is read at all cannot depend on what is in it.
            if (fate("unread " + flow).before() == Fate.Before.DROP_READ) {
                now.decrementAndGet();
                return false;
            }
            String body = wire.body(head);
            List<RecordId> ids = new ArrayList<>();
            for (Matcher found = RecordId.TEXT.matcher(body); found.find();) {
                ids.add(RecordId.of(found));
            }
            return deal(wire, note(run, flow, ids), now);
        } catch (IOException e) {
            now.decrementAndGet();
            throw e;
        }
    }

    private boolean deal(Wire wire, Arrived request, AtomicInteger now) throws IOException, InterruptedException {
        Fate fate = fate(request.ids.isEmpty() ? request.flow : request.ids.get(0).toString());
        Thread.sleep(fate.delay());
        int status = 503;
        String retryAfter = fate.before() == Fate.Before.BUSY_RETRY_AFTER ? "Retry-After: 1\r\n" : "";
        if (fate.before() == Fate.Before.DROP_READ) {
            return drop(request, now);
        }
        if (fate.before() == Fate.Before.NOTHING) {
            boolean poisoned = request.ids.stream().anyMatch(RecordId::isPoison);
            status = poisoned ? 422 : 200;
            request.carriedOut = poisoned ? 0 : System.nanoTime();
            if (fate.after()) {
                return drop(request, now);
            }
        }
        // Before it is written: the program may send the next one at once.
        now.decrementAndGet();
        wire.answer(status, retryAfter, "{\"answer\":\"answer-" + request.answer + "\"}");
        request.answered = System.nanoTime();
        return true;
    }

    private static boolean drop(Arrived request, AtomicInteger now) {
        now.decrementAndGet();
        request.dropped = true;
        return false;
    }

    /** The webhook's end. */
    private boolean hear(Wire wire, Wire.Head head) throws IOException, InterruptedException {
        String body = wire.body(head);
        Matcher answer = ANSWER.matcher(body);
        String told = answer.find() ? answer.group(1) : "none";
        Fate fate = fate("hook " + told);
        Thread.sleep(fate.delay() / 10);
        if (fate.before() == Fate.Before.DROP_READ) {
            return false;
        }
        if (fate.before() != Fate.Before.NOTHING) {
            wire.answer(503, "", "");
            return true;
        }
        if (!told.equals("none")) {
            synchronized (arrived) {
                arrived.get(Integer.parseInt(told)).told = true;
            }
        }
        if (fate.after()) {
            return false;
        }
        wire.answer(200, "", "");
        return true;
    }

    private Arrived note(int run, String flow, List<RecordId> ids) {
        synchronized (arrived) {
            Arrived request = new Arrived(run, flow, ids, arrived.size());
            arrived.add(request);
            return request;
        }
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
        threads.shutdownNow();
    }
}
