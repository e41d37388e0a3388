// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterLines;
import dev.gtmroutes.deadletter.Marks;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/** What is remembered of a file of dead letters, so that nothing of it is counted twice: its lines never change. */
final class FileIndex {

    private static final int MOST_LINES = 64;
    private static final int MOST_BYTES = 1 << 18;

    /**
     * Lines that are read in one go.
     *
     * @param start    where the first begins, in bytes
     * @param first    number of the first, from 1
     * @param earliest when the oldest was written
     * @param latest   when the newest was written
     */
    record Block(long start, int first, int lines, Instant earliest, Instant latest) {

        private Block with(Instant time) {
            return new Block(start, first, lines + 1, time.isBefore(earliest) ? time : earliest,
                    time.isAfter(latest) ? time : latest);
        }

        /** Number of the last line. */
        int last() {
            return first + lines - 1;
        }
    }

    private final DeadLetterFile file;
    private final String print;
    private final List<Block> blocks = new ArrayList<>();
    private final BitSet held = new BitSet();
    private final FileGroups groups;
    private long bytes;
    private int lines;

    /** Whether lines have come since it was last said which are closed. */
    private boolean hasNewLines;

    /**
     * @param print tells it from a later file of the same name
     * @param table the reasons of the flow
     */
    FileIndex(DeadLetterFile file, String print, GroupTable table) {
        this.file = file;
        this.print = print;
        groups = new FileGroups(table, file.day().atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    String print() {
        return print;
    }

    /** How far it was read. */
    long bytes() {
        return bytes;
    }

    void readOn(Path folder) throws IOException {
        try (LetterLines rest = new LetterLines(file.path(folder), bytes)) {
            for (byte[] each = rest.next(); each != null; each = rest.next()) {
                add(each);
            }
        }
    }

    private void add(byte[] line) {
        int number = lines + 1;
        DeadLetter letter = DeadLetter.of(new LetterId(file, number), line, DeadLetter.Fate.OPEN, null);
        hasNewLines = true;
        held.set(number, letter.state() == DeadLetterState.HELD);
        groups.add(letter);
        Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (last == null || last.lines == MOST_LINES || bytes - last.start >= MOST_BYTES) {
            blocks.add(new Block(bytes, number, 1, letter.time(), letter.time()));
        } else {
            blocks.set(blocks.size() - 1, last.with(letter.time()));
        }
        bytes += line.length + 1;
        lines = number;
    }

    /** Oldest first. */
    List<Block> blocks() {
        return List.copyOf(blocks);
    }

    boolean hasNewLines() {
        return hasNewLines;
    }

    /** Says which lines are closed now. */
    void close(Marks marks) {
        groups.close(marks.lines(file, DeadLetter.Fate.REPLAYED), marks.lines(file, DeadLetter.Fate.DISCARDED));
        hasNewLines = false;
    }

    FileGroups groups() {
        return groups;
    }

    /**
     * @param  state null for both
     * @param  group its number; less than 0 for all
     * @return       the numbers of its lines in this state and group, of which this became
     */
    BitSet lines(DeadLetter.Fate fate, DeadLetterState state, int group) {
        BitSet some = groups.lines(fate);
        if (state == DeadLetterState.HELD) {
            some.and(held);
        } else if (state == DeadLetterState.REJECTED) {
            some.andNot(held);
        }
        if (group >= 0) {
            groups.keep(some, group);
        }
        return some;
    }
}
