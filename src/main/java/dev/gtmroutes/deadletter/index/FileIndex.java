// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
    private long bytes;
    private int lines;

    /** @param print tells it from a later file of the same name */
    FileIndex(DeadLetterFile file, String print) {
        this.file = file;
        this.print = print;
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
        held.set(number, letter.state() == DeadLetterState.HELD);
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

    /**
     * @param  state null for both
     * @return       the numbers of its lines that are open, by these marks, and in this state
     */
    BitSet open(Marks marks, DeadLetterState state) {
        BitSet open = new BitSet(lines + 1);
        open.set(1, lines + 1);
        marks.removeClosed(file, open);
        if (state == DeadLetterState.HELD) {
            open.and(held);
        } else if (state == DeadLetterState.REJECTED) {
            open.andNot(held);
        }
        return open;
    }
}
