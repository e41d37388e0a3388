// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the audit counts, of one lane or of all. */
final class Findings {

    int kills;
    int recordsIn;
    int delivered;
    int rejected;
    int held;
    int lost;
    /** Records of ordinary flows that a crash made arrive twice. */
    int duplicates;
    /** Records of ordinary flows that arrived twice as the destination had broken the connection. */
    int retried;
    int onceOnlyDuplicates;
    /** Requests of all flows together at a kill, the most. */
    int mostInFlight;
    int mostRequestsTwice;
    int mostRecordsTwice;
    int eventsLost;
    int outOfOrder;
    /** By broken promise, each case that was seen. */
    final Map<String, List<String>> broken = new TreeMap<>();

    void broken(String promise, String seen) {
        broken.computeIfAbsent(promise, any -> new ArrayList<>()).add(seen);
    }

    void add(Findings other) {
        kills += other.kills;
        recordsIn += other.recordsIn;
        delivered += other.delivered;
        rejected += other.rejected;
        held += other.held;
        lost += other.lost;
        duplicates += other.duplicates;
        retried += other.retried;
        onceOnlyDuplicates += other.onceOnlyDuplicates;
        mostInFlight = Math.max(mostInFlight, other.mostInFlight);
        mostRequestsTwice = Math.max(mostRequestsTwice, other.mostRequestsTwice);
        mostRecordsTwice = Math.max(mostRecordsTwice, other.mostRecordsTwice);
        eventsLost += other.eventsLost;
        outOfOrder += other.outOfOrder;
        other.broken.forEach((promise, seen) -> seen.forEach(each -> broken(promise, each)));
    }

    String table() {
        String form = "  %-52s %8d%n";
        return String.format(form, "kills", kills) + String.format(form, "records in", recordsIn)
                + String.format(form, "delivered", delivered) + String.format(form, "rejected", rejected)
                + String.format(form, "held", held) + String.format(form, "lost", lost)
                + String.format(form, "records carried out twice after a kill", duplicates)
                + String.format(form, "most requests in flight at a kill", mostInFlight)
                + String.format(form, "most requests carried out twice after one kill", mostRequestsTwice)
                + String.format(form, "most records carried out twice after one kill", mostRecordsTwice)
                + String.format(form, "duplicates on once-only flows", onceOnlyDuplicates)
                + String.format(form, "carried out twice, the destination broke off", retried)
                + String.format(form, "records out of order", outOfOrder)
                + String.format(form, "response events lost", eventsLost);
    }

    /**
     * The broken promises with what was seen; empty if all were kept.
     *
     * @param most how many cases of each
     */
    String complaints(int most) {
        StringBuilder text = new StringBuilder();
        broken.forEach((promise, seen) -> {
            text.append("BROKEN: ").append(promise).append(", ").append(seen.size()).append(" times\n");
            seen.stream().limit(most).forEach(each -> text.append("    ").append(each).append('\n'));
        });
        return text.toString();
    }

    /** The row for bench/RESULTS.md, without what does not depend on the run. */
    String row() {
        return "| " + kills + " | " + recordsIn + " | " + delivered + " | " + rejected + " | " + held + " | " + lost + " | "
                + duplicates + " | " + mostInFlight + " | " + mostRequestsTwice + " requests, " + mostRecordsTwice
                + " records | " + onceOnlyDuplicates + " | " + (broken.isEmpty() ? "kept" : String.join("; ",
                        broken.keySet()))
                + " |";
    }
}
