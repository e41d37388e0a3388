// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/** Cuts CSV into rows without looking into cells: a row ends at a newline outside quotes. */
final class CsvRows {

    private enum State { CELL_START, PLAIN, QUOTED, BEHIND_QUOTE }

    private final ByteWindow in;
    private State state;
    private int firstLineEnd;

    CsvRows(ByteWindow in) {
        this.in = in;
    }

    /**
     * Moves behind the row at {@link ByteWindow#pos}, where it was marked.
     *
     * @param delimiter what separates cells; 0 for any
     * @return whether the row has an end; false means that a quoted cell ran to the end of the input, and the
     *         position is behind the first line of the row, which alone is to blame
     */
    boolean next(byte delimiter) {
        state = State.CELL_START;
        firstLineEnd = -1;
        do {
            while (in.pos < in.limit) {
                skipDull(delimiter);
                if (in.pos < in.limit && ends(in.bytes[in.pos++], delimiter)) {
                    return true;
                }
            }
        } while (in.more());
        return state != State.QUOTED || !backToFirstLine();
    }

    /** Moves over bytes that change nothing: most of all. */
    private void skipDull(byte delimiter) {
        byte[] bytes = in.bytes;
        int limit = in.limit;
        int i = in.pos;
        if (state == State.QUOTED) {
            while (i < limit && bytes[i] != '"' && bytes[i] != '\n') {
                i++;
            }
        } else if (state == State.PLAIN && delimiter != 0) {
            while (i < limit && bytes[i] != delimiter && bytes[i] != '\n') {
                i++;
            }
        }
        in.pos = i;
    }

    /** Whether this byte, which has been passed, ends the row. */
    private boolean ends(byte c, byte delimiter) {
        if (c != '\n') {
            step(c, delimiter);
            return false;
        }
        in.line++;
        if (state == State.QUOTED && firstLineEnd < 0 && !in.dropped()) {
            firstLineEnd = in.pos - in.start;
        }
        return state != State.QUOTED;
    }

    private void step(byte c, byte delimiter) {
        if (state == State.QUOTED) {
            state = c == '"' ? State.BEHIND_QUOTE : State.QUOTED;
        } else if (c == '"' && state != State.PLAIN) {
            state = State.QUOTED;
        } else {
            boolean ends = delimiter == 0 ? CsvHeader.isDelimiter(c) : c == delimiter;
            state = ends ? State.CELL_START : State.PLAIN;
        }
    }

    private boolean backToFirstLine() {
        if (in.dropped()) {
            return false;
        }
        if (firstLineEnd >= 0) {
            in.rewind(in.start + firstLineEnd);
        }
        return true;
    }
}
