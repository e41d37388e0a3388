// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The last requests of all flows, and the details of some of them. Nobody who delivers waits for who looks at them; only to
 * keep details, threads take turns for a moment.
 */
public final class RecentRequests {

    /** So many are remembered. */
    static final int MOST = 500;

    private final AtomicReferenceArray<RecentRequest> ring = new AtomicReferenceArray<>(MOST);
    private final AtomicLong begun = new AtomicLong();
    private final KeptDetails kept = new KeptDetails();
    private final int bodyBytes;
    private final UnaryOperator<String> mask;

    /**
     * @param bodyBytes so much of each body is kept, at most; 0 if no details are kept at all
     * @param mask      takes the secrets out that are known now: later, one that was replaced may be forgotten
     */
    RecentRequests(int bodyBytes, UnaryOperator<String> mask) {
        this.bodyBytes = bodyBytes;
        this.mask = mask;
    }

    /** So much of each body is kept, at most; 0 if no details are kept at all. */
    public int bodyBytes() {
        return bodyBytes;
    }

    /** @param details makes what is kept of it; not asked where nothing is kept */
    public void add(RecentRequest request, Supplier<RequestDetails> details) {
        long number = begun.incrementAndGet();
        RecentRequest counted = request.with(number, mask);
        // First, so that who sees it can open it.
        if (bodyBytes > 0 && kept.wants(counted)) {
            kept.add(counted, details.get().masked(mask));
        }
        // Another one may have had this place before, and be late.
        ring.accumulateAndGet(place(number), counted,
                (there, one) -> there != null && there.number() > number ? there : one);
    }

    private static int place(long number) {
        return (int) (number % MOST);
    }

    /**
     * Those that are remembered, the oldest first.
     *
     * @param after the number of the last one that is known already; one of a program that ran before counts as 0
     */
    public List<RecentRequest> after(long after) {
        long last = begun.get();
        List<RecentRequest> found = new ArrayList<>();
        for (long number = Math.max(after > last ? 0 : after, last - MOST) + 1; number <= last; number++) {
            RecentRequest each = ring.get(place(number));
            if (each == null || each.number() < number) {
                // It is being written just now. Those behind it come with it, so that nobody misses it.
                break;
            }
            if (each.number() == number) {
                found.add(each);
            }
        }
        return found;
    }

    /** Those of a flow, the oldest first: among the last ones of all flows, and those that have details. */
    public List<RecentRequest> of(String flow) {
        Map<Long, RecentRequest> found = new TreeMap<>();
        List<RecentRequest> last = after(0);
        last.stream().filter(each -> each.flow().equals(flow)).forEach(each -> found.put(each.number(), each));
        // One that is not in the list yet comes with those before it.
        long newest = last.isEmpty() ? 0 : last.get(last.size() - 1).number();
        kept.of(flow).stream().filter(each -> each.number() <= newest).forEach(each -> found.put(each.number(), each));
        return List.copyOf(found.values());
    }

    /** The details of a request; empty if they are not kept any more, or never were. */
    public Optional<RequestDetails> details(long number) {
        return kept.find(number);
    }
}
