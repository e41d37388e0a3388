// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * The dead letters that wait for a person: how many there are, and the newest of them. It may be asked often and by
 * several threads: what was counted before is not read again, and nothing waits for a replay under way.
 */
public final class OpenLetters {

    private record Reading(String flow, NewestLetters letters) {

        LetterCursor place() {
            return new LetterCursor(letters.time(), flow, letters.id());
        }
    }

    /** Newest first; of those of the same time, by flow. */
    private static final Comparator<Reading> ORDER = Comparator.<Reading, Instant>comparing(
            each -> each.letters.time()).reversed().thenComparing(Reading::flow);

    private final Path data;
    private final DeadLetterStore box;
    private final Map<String, FlowIndex> indexes = new TreeMap<>();
    private final KnownReasons known = new KnownReasons();

    /** @param data the data directory; need not exist */
    public OpenLetters(Path data) {
        this.data = data;
        this.box = new DeadLetterStore(data);
    }

    /**
     * @return by flow and state, how many there are now; of flows that have files of dead letters
     * @throws IOException if they cannot be read
     */
    public Map<String, Map<DeadLetterState, Long>> count() throws IOException {
        Map<String, Map<DeadLetterState, Long>> now = new TreeMap<>();
        for (Map.Entry<String, FlowIndex> each : now().entrySet()) {
            now.put(each.getKey(), each.getValue().count());
        }
        return now;
    }

    /**
     * How many open letters are chosen.
     *
     * @param  flow     null for those of all flows
     * @param  choice   which; not by their ids
     * @param  patience when this is over, it returns what it has counted so far
     */
    public ChosenCount count(String flow, DeadLetterSelection choice, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        long rejected = 0;
        long held = 0;
        for (Map.Entry<String, FlowIndex> each : now().entrySet()) {
            if (flow == null || flow.equals(each.getKey())) {
                for (NewestLetters letters = each.getValue().newest(choice); !letters.isAtEnd();) {
                    if (letters.found() != null) {
                        held += letters.found().state() == DeadLetterState.HELD ? 1 : 0;
                        rejected += letters.found().state() == DeadLetterState.HELD ? 0 : 1;
                        letters.take();
                    } else if (System.nanoTime() - end > 0) {
                        return new ChosenCount(rejected, held, false);
                    } else {
                        letters.step();
                    }
                }
            }
        }
        return new ChosenCount(rejected, held, true);
    }

    /**
     * The reasons of the chosen letters, with their counts. Nothing is read for that but what is new.
     *
     * @param  flow   null for those of all flows
     * @param  choice by state, time and what became of the letters; the rest of it does not matter here
     * @return        the group with the newest letter first
     */
    public List<ReasonGroup> groups(String flow, DeadLetterSelection choice, Instant now) throws IOException {
        GroupTally tally = new GroupTally(choice, now);
        for (Map.Entry<String, FlowIndex> each : now().entrySet()) {
            if (flow == null || flow.equals(each.getKey())) {
                each.getValue().tally(each.getKey(), tally);
            }
        }
        return tally.groups();
    }

    private synchronized Map<String, FlowIndex> now() throws IOException {
        List<String> flows = box.flows();
        indexes.keySet().retainAll(flows);
        flows.forEach(flow -> indexes.computeIfAbsent(flow, each -> new FlowIndex(data, flow, known)));
        return new TreeMap<>(indexes);
    }

    /** A letter, open or not; empty if there is no such letter, or no such flow. */
    public Optional<FoundLetter> find(String flow, LetterId id) throws IOException {
        FlowIndex index = now().get(flow);
        return index == null ? Optional.empty() : index.find(id);
    }

    /**
     * Reads open letters.
     *
     * @param flow     null for those of all flows
     * @param choice   which; not by their ids
     * @param from     where to go on, the {@code next} of another page; null for the newest
     * @param most     how many at most
     * @param patience when this is over, it returns with what it has found
     */
    public LetterPage newest(String flow, DeadLetterSelection choice, LetterCursor from, int most, Duration patience)
            throws IOException {
        PriorityQueue<Reading> readings = new PriorityQueue<>(ORDER);
        for (Map.Entry<String, FlowIndex> each : now().entrySet()) {
            if (flow == null || flow.equals(each.getKey())) {
                NewestLetters letters = each.getValue().newest(choice);
                if (from != null) {
                    skip(letters, each.getKey(), from);
                }
                offer(readings, new Reading(each.getKey(), letters));
            }
        }
        List<LetterPage.Entry> found = new ArrayList<>();
        long end = System.nanoTime() + patience.toNanos();
        // At least one step, so that whoever goes on gets on.
        for (boolean first = true; !readings.isEmpty() && found.size() < most
                && (first || System.nanoTime() - end < 0); first = false) {
            Reading newest = readings.poll();
            DeadLetter letter = newest.letters.found();
            if (letter != null) {
                found.add(new LetterPage.Entry(newest.flow, letter));
                newest.letters.take();
            } else {
                newest.letters.step();
            }
            offer(readings, newest);
        }
        return new LetterPage(found, readings.isEmpty() ? null : readings.peek().place(), found.size() >= most);
    }

    private static void offer(PriorityQueue<Reading> readings, Reading reading) {
        if (!reading.letters.isAtEnd()) {
            readings.add(reading);
        }
    }

    private static void skip(NewestLetters letters, String flow, LetterCursor from) throws IOException {
        if (flow.equals(from.flow())) {
            letters.skipTo(from);
        } else {
            letters.skipTo(from.time(), flow.compareTo(from.flow()) > 0);
        }
    }
}
