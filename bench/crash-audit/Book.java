import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a destination writes down of the requests it gets. For any number of threads. */
final class Book {

    private final List<Arrived> arrived = new ArrayList<>();
    private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<String, Integer> mostUnderWay = new ConcurrentHashMap<>();
    private final AtomicInteger strangers = new AtomicInteger();

    /** A request begins. */
    void begin(int run, String flow) {
        if (run < 0 || Flow.named(flow) == null) {
            strangers.incrementAndGet();
        }
        mostUnderWay.merge(flow, count(run, flow).incrementAndGet(), Math::max);
    }

    /** The last moment at which the program cannot yet send another one in its place. */
    void end(int run, String flow) {
        count(run, flow).decrementAndGet();
    }

    private AtomicInteger count(int run, String flow) {
        return underWay.computeIfAbsent(flow + " " + run, any -> new AtomicInteger());
    }

    /** A request was read. */
    synchronized Arrived note(int run, String flow, List<RecordId> ids) {
        Arrived request = new Arrived(run, flow, ids, arrived.size());
        arrived.add(request);
        return request;
    }

    /** The webhook has heard of an answer. */
    synchronized void told(int answer) {
        arrived.get(answer).told = true;
    }

    /** Every request that was read, in the order of arrival. */
    synchronized List<Arrived> arrived() {
        return List.copyOf(arrived);
    }

    /** By flow: the most requests of one run that were under way at a time. */
    Map<String, Integer> mostUnderWay() {
        return mostUnderWay;
    }

    /** Requests without the credential of a run, or to nowhere. */
    int strangers() {
        return strangers.get();
    }
}
