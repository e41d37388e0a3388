// SPDX-License-Identifier: Apache-2.0
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.crash.Arrived;
import dev.gtmroutes.crash.DeadLetterFiles;

/** Compares what was acknowledged with what the destination saw and the dead letters hold. */
final class Verdict {

    /**
     * An answer written so shortly before a kill may not have been accounted for yet: its request is still in flight for
     * the program, though not for the destination. No more than maxInFlight of a flow count so.
     */
    private static final long ON_ITS_WAY = 1_000_000_000L;

    private final String lane;
    private final Findings found = new Findings();
    private final Map<Integer, Kill> kills = new HashMap<>();
    private final List<Arrived<RecordId>> arrived;
    private final Map<RecordId, List<Arrived<RecordId>>> carriedOut = new LinkedHashMap<>();

    /** @param lane what the places where something was seen begin with */
    Verdict(String lane, List<Kill> kills, List<Arrived<RecordId>> arrived) {
        this.lane = lane;
        kills.forEach(each -> this.kills.put(each.run(), each));
        this.arrived = arrived;
        for (Arrived<RecordId> each : arrived) {
            if (each.carriedOut > 0) {
                each.ids.forEach(id -> carriedOut.computeIfAbsent(id, any -> new ArrayList<>()).add(each));
            }
        }
        carriedOut.values().forEach(each -> each.sort(Comparator.comparingInt((Arrived<RecordId> one) -> one.run)
                .thenComparingLong(one -> one.carriedOut)));
        found.kills = kills.size();
    }

    Findings of(List<RecordId> acknowledged, DeadLetterFiles<RecordId> letters) {
        acknowledged.forEach(each -> outcome(each, letters));
        repeated();
        order();
        events();
        return found;
    }

    private void outcome(RecordId id, DeadLetterFiles<RecordId> letters) {
        boolean there = carriedOut.containsKey(id);
        found.recordsIn++;
        if (letters.isHeld(id)) {
            found.held++;
            if (!Flow.named(id.flow()).onceOnly()) {
                found.broken("held on a flow that is not once only", in(id));
            }
        } else if (there) {
            found.delivered++;
        } else if (letters.isRejected(id)) {
            found.rejected++;
        } else {
            found.lost++;
            found.broken("lost", in(id));
        }
        if (letters.isRejected(id) && (there || id.kind().equals("good"))) {
            found.broken("rejected, though " + (there ? "carried out" : "never refused"), in(id));
        }
    }

    private void repeated() {
        Map<Integer, Map<String, Set<Arrived<RecordId>>>> requests = new HashMap<>();
        Map<Integer, Integer> records = new HashMap<>();
        carriedOut.forEach((id, times) -> {
            for (int i = 1; i < times.size(); i++) {
                Arrived<RecordId> before = times.get(i - 1);
                Arrived<RecordId> again = times.get(i);
                Flow flow = Flow.named(before.flow);
                if (flow.onceOnly()) {
                    found.onceOnlyDuplicates++;
                    found.broken("carried out twice on a once-only flow", in(id) + " in " + runs(before, again));
                } else if (before.dropped) {
                    found.retried++;
                } else if (before.run == again.run) {
                    found.broken("carried out twice without a kill", in(id) + " in " + runs(before, again));
                } else {
                    found.duplicates++;
                    requests.computeIfAbsent(before.run, any -> new HashMap<>())
                            .computeIfAbsent(flow.name(), any -> new HashSet<>()).add(before);
                    records.merge(before.run, 1, Integer::sum);
                }
            }
        });
        kills.keySet().forEach(run -> weigh(run, requests.getOrDefault(run, Map.of()), inFlight(run)));
        found.mostRecordsTwice = records.values().stream().mapToInt(each -> each).max().orElse(0);
    }

    private String in(RecordId id) {
        return lane + ": " + id;
    }

    private static String runs(Arrived<RecordId> before, Arrived<RecordId> again) {
        return "run " + before.run + (before.dropped ? " (connection broken)" : before.answered > 0 ? " (answered)" : "")
                + " and run " + again.run;
    }

    private void weigh(int run, Map<String, Set<Arrived<RecordId>>> twice, Map<String, Integer> inFlight) {
        twice.forEach((flow, requests) -> {
            int most = inFlight.getOrDefault(flow, 0);
            if (requests.size() > most) {
                found.broken("more carried out twice after a kill than was in flight", lane + ": " + requests.size()
                        + " requests of " + flow + " after that of run " + run + ", where " + most
                        + " were in flight; one begins with " + requests.iterator().next().ids.get(0));
            }
        });
        found.mostRequestsTwice = Math.max(found.mostRequestsTwice, twice.values().stream().mapToInt(Set::size).sum());
        found.mostInFlight = Math.max(found.mostInFlight, inFlight.values().stream().mapToInt(each -> each).sum());
    }

    /** By flow, those of a run that were in flight when it was killed. */
    private Map<String, Integer> inFlight(int run) {
        Map<String, Integer> count = new HashMap<>();
        arrived.stream().filter(each -> each.run == run && isOpenAtKill(each))
                .forEach(each -> count.merge(each.flow, 1, Integer::sum));
        count.replaceAll((flow, requests) -> Math.min(requests, Flow.named(flow).maxInFlight()));
        return count;
    }

    private boolean isOpenAtKill(Arrived<RecordId> request) {
        Kill kill = kills.get(request.run);
        return kill != null && !request.dropped
                && (request.answered == 0 || request.answered > kill.time() - ON_ITS_WAY);
    }

    /** Records of one owner and one source, by the first time each was carried out; in a request as its body has them. */
    private void order() {
        Map<String, RecordId> last = new HashMap<>();
        Set<RecordId> seen = new HashSet<>();
        arrived.stream().filter(each -> each.carriedOut > 0 && Flow.named(each.flow).ordered())
                .sorted(Comparator.comparingLong(each -> each.carriedOut)).flatMap(each -> each.ids.stream())
                .filter(seen::add).forEach(id -> {
                    RecordId before = last.put(id.flow() + " " + id.source() + " " + id.owner(), id);
                    if (before != null && before.number() > id.number()) {
                        found.outOfOrder++;
                        found.broken("out of order", in(id) + " was carried out after " + before);
                    }
                });
    }

    /** An answer that was accounted for is told; so is one answer at least for each record. */
    private void events() {
        Set<RecordId> told = new HashSet<>();
        List<Arrived<RecordId>> answered = arrived.stream()
                .filter(each -> each.answered > 0 && Flow.named(each.flow).webhook()).toList();
        answered.stream().filter(each -> each.told).forEach(each -> told.addAll(each.ids));
        for (Arrived<RecordId> each : answered) {
            if (!each.told && (!isOpenAtKill(each) || !told.containsAll(each.ids))) {
                found.eventsLost++;
                found.broken("the webhook never heard of an answer",
                        in(each.ids.get(0)) + " and what was sent with it in run " + each.run);
            }
        }
    }
}
