// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Runs that are over, in the {@link HistoryFile}: those of a flow stand together, sorted by their time. */
final class RunStore {

    private static final char MARK = 'r';
    private static final String OPEN = "o";
    private static final char END = '\0';
    private static final int DIGITS = 20;

    private final HistoryFile file;
    private int sequence = (int) System.nanoTime();
    private byte[] openRuns = {};

    RunStore(HistoryFile file) {
        this.file = file;
    }

    private static String prefix(String flow) {
        return MARK + flow + END;
    }

    private static String time(Instant begin) {
        return "%012x".formatted(Math.max(0, begin.toEpochMilli()));
    }

    /** Adds what has to be written. @param open as {@link RunBook#openRuns} wrote them */
    void changes(List<Run> finished, byte[] open, Map<String, byte[]> changes) {
        for (Run each : finished) {
            changes.put(prefix(each.flow()) + time(each.begin()) + "%08x".formatted(sequence++), RunText.write(each));
        }
        if (!Arrays.equals(open, openRuns)) {
            changes.put(OPEN, open);
        }
    }

    /** This was written. */
    void saved(byte[] open) {
        openRuns = open;
    }

    /** The runs that were open when the program ended. */
    List<OpenRun> open() {
        return RunText.readOpen(file.get(OPEN));
    }

    /**
     * Hands over runs that began at an instant or later, the newest first, for as long as the reader likes.
     *
     * @param before only runs that began before this; null for all
     */
    void read(String flow, Instant from, Instant before, Predicate<Run> reader) {
        String first = prefix(flow);
        boolean goesOn = true;
        String key = file.before(before == null ? first + (char) ('f' + 1) : first + time(before));
        while (goesOn && key != null && key.startsWith(first) && key.compareTo(first + time(from)) >= 0) {
            byte[] value = file.get(key);
            Run run = value == null ? null : RunText.read(flow, value);
            goesOn = run == null || reader.test(run);
            key = file.before(key);
        }
    }

    /** Adds what gives the runs of a flow to another one. */
    void rename(String from, String to, Map<String, byte[]> changes) {
        for (String key : file.keys(prefix(from), each -> each.startsWith(prefix(from)))) {
            changes.put(prefix(to) + key.substring(prefix(from).length()), file.get(key));
            changes.put(key, null);
        }
    }

    /**
     * Finds runs that are to be forgotten.
     *
     * @param from    runs that began before this
     * @param until   runs that began after this: the clock was wrong
     * @param perFlow the oldest of a flow that has more runs than this
     * @param most    the same for all flows together, in fair shares
     */
    void expire(Instant from, Instant until, int perFlow, int most, Map<String, byte[]> changes) {
        Map<String, List<String>> byFlow = new HashMap<>();
        for (String key : file.keys(String.valueOf(MARK), each -> each.charAt(0) == MARK)) {
            String time = key.substring(key.length() - DIGITS, key.length() - DIGITS + 12);
            if (time.compareTo(time(from)) < 0 || time.compareTo(time(until)) > 0) {
                changes.put(key, null);
            } else {
                byFlow.computeIfAbsent(key.substring(0, key.length() - DIGITS), each -> new ArrayList<>()).add(key);
            }
        }
        int share = Math.min(perFlow, most / Math.max(1, byFlow.size()));
        byFlow.values().stream().filter(keys -> keys.size() > share)
                .forEach(keys -> keys.subList(0, keys.size() - share).forEach(key -> changes.put(key, null)));
    }
}
