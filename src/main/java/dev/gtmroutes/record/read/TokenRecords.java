// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import dev.gtmroutes.record.SourceRecord;

/**
 * Objects in arrays, pretty-printed objects and objects one behind the other: records whose borders are
 * brackets, not lines.
 */
final class TokenRecords implements Records {

    private enum Last { BRACKET, ELEMENT, COMMA }

    private final ByteWindow in;
    private final RecordCounter ordinals;
    private final String whole;
    private final JsonScanner scanner = new JsonScanner();
    private boolean inArray;
    private Last last = Last.BRACKET;

    /** @param whole what {@code in} is, for messages: "input" or "line" */
    TokenRecords(ByteWindow in, RecordCounter ordinals, String whole) {
        this.in = in;
        this.ordinals = ordinals;
        this.whole = whole;
    }

    @Override
    public SourceRecord read() {
        while (true) {
            in.skipBlankAndMarks();
            in.mark();
            if (in.atEnd()) {
                return end();
            }
            byte c = in.bytes[in.pos];
            SourceRecord record;
            if (inArray && (c == ',' || c == ']')) {
                record = separator(c);
            } else if (!inArray && c == '[') {
                in.pos++;
                inArray = true;
                last = Last.BRACKET;
                record = null;
            } else {
                record = element(c);
            }
            if (record != null) {
                return record;
            }
        }
    }

    /** Whether a window is on nothing but objects, two or more or with byte order marks, by their brackets. */
    static boolean severalObjects(ByteWindow in) {
        JsonScanner scanner = new JsonScanner();
        int count = 0;
        while (!in.atEnd()) {
            if (in.bytes[in.pos] != '{' || scanner.scan(in, false) != JsonScanner.End.CLOSED) {
                return false;
            }
            count++;
            in.skipBlank();
            if (in.skipMarks()) {
                count++;
                in.skipBlankAndMarks();
            }
            in.mark();
        }
        return count > 1;
    }

    private SourceRecord element(byte c) {
        JsonScanner.End end = JsonScanner.End.CLOSED;
        if (c == '{' || c == '[') {
            end = scanner.scan(in, inArray);
        } else {
            JsonScanner.scanOther(in, inArray);
        }
        last = Last.ELEMENT;
        if (end == JsonScanner.End.UNCLOSED) {
            inArray = false;
        }
        return ordinals.skipNext() ? null : record(end);
    }

    private SourceRecord record(JsonScanner.End end) {
        int to = Bytes.trimEnd(in.bytes, in.start, in.pos);
        if (in.overlong(in.start, to)) {
            return ordinals.bad(in.raw(to), in.startLine, in.longest.exceeded());
        }
        if (end == JsonScanner.End.UNCLOSED) {
            return ordinals.bad(in.raw(to), in.startLine, "the " + whole + " ended inside a record");
        }
        String problem = RecordCheck.problem(in.bytes, -1, in.start, to);
        return problem == null ? ordinals.good(in.copy(in.start, to), in.startLine)
                : ordinals.bad(in.raw(to), in.startLine, problem);
    }

    /** A comma or the end of the array; a record only where an element is missing before it. */
    private SourceRecord separator(byte c) {
        in.pos++;
        boolean missing = c == ',' ? last != Last.ELEMENT : last == Last.COMMA;
        last = Last.COMMA;
        inArray = c == ',';
        if (!missing || ordinals.skipNext()) {
            return null;
        }
        return ordinals.bad(in.raw(in.pos), in.startLine,
                "not valid JSON: no value before '" + (char) c + "' in the array");
    }

    private SourceRecord end() {
        if (!inArray) {
            return null;
        }
        inArray = false;
        return ordinals.skipNext() ? null : ordinals.bad(new byte[0], in.line,
                "the " + whole + " ended inside an array, before its closing bracket, so records may be missing");
    }
}
