// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import dev.gtmroutes.record.SourceRecord;

/** NDJSON: one object to a line; a line may also hold an array of objects, or several objects. */
final class LineRecords implements Records {

    private final ByteWindow in;
    private final RecordCounter ordinals;
    private TokenRecords inLine;
    private boolean lastLine;

    LineRecords(ByteWindow in, RecordCounter ordinals) {
        this.in = in;
        this.ordinals = ordinals;
    }

    @Override
    public SourceRecord read() {
        while (true) {
            if (inLine != null) {
                SourceRecord record = inLine.read();
                if (record != null) {
                    return record;
                }
                inLine = null;
            }
            in.mark();
            if (in.atEnd()) {
                return null;
            }
            SourceRecord record = line(lineEnd());
            if (record != null) {
                return record;
            }
        }
    }

    /** Moves behind the line and returns where its text ends. */
    private int lineEnd() {
        while (true) {
            int newline = Bytes.newline(in.bytes, in.pos, in.limit);
            if (newline >= 0) {
                in.pos = newline + 1;
                in.line++;
                lastLine = false;
                return newline;
            }
            in.pos = in.limit;
            if (!in.more()) {
                lastLine = true;
                return in.limit;
            }
        }
    }

    /** The record on the line, or null if it holds none, or several, or none that is wanted. */
    private SourceRecord line(int end) {
        byte[] bytes = in.bytes;
        int from = Bytes.skipBlankAndMarks(bytes, in.start, end);
        int to = Bytes.trimEnd(bytes, from, end);
        if (from == to && !in.dropped()) {
            return null;
        }
        if (in.overlong(from, to)) {
            return ordinals.skipNext() ? null : ordinals.bad(in.raw(to), in.startLine, in.longest.exceeded());
        }
        // A record that is to be skipped is not checked, but it must be known that it is only one.
        boolean unwanted = ordinals.skipsNext();
        String problem = unwanted ? null : RecordCheck.problem(bytes, in.start, from, to);
        if (problem == null && !unwanted) {
            return ordinals.good(in.copy(from, to), in.startLine);
        }
        if (bytes[from] == '[' || bytes[from] == '{' && TokenRecords.severalObjects(in.part(from, to))) {
            inLine = new TokenRecords(in.part(from, to), ordinals, "line");
            return null;
        }
        if (ordinals.skipNext()) {
            return null;
        }
        boolean cutShort = lastLine && problem.startsWith(RecordCheck.ENDS_EARLY);
        return ordinals.bad(in.raw(to), in.startLine, cutShort ? "the input ended inside a record" : problem);
    }
}
