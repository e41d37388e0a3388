// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/** The forms records come in, told apart by how the content begins. */
public enum InputFormat {
    /** One JSON value to a line. */
    LINES,
    /** JSON whose records do not end with their lines: an array, or objects over several lines. */
    TOKENS,
    /** Rows below a header row. */
    CSV;

    /** Bytes of the content that are looked at. */
    public static final int WINDOW = 8 * 1024;

    /**
     * The form of what is ahead; nothing is consumed but byte order marks and leading white space.
     *
     * @param saysCsv whether the name or content type says so; it decides only where the content leaves it open
     * @throws NotRecordsException if the content is none of these forms
     */
    static InputFormat of(ByteWindow in, boolean saysCsv) throws NotRecordsException {
        in.skipBlankAndMarks();
        in.mark();
        in.fill(WINDOW);
        int to = Math.min(in.limit, in.pos + WINDOW);
        if (in.pos == to) {
            return LINES;
        }
        return switch (in.bytes[in.pos]) {
            case '{' -> ofObject(in.bytes, in.pos, to);
            case '[' -> ofArray(in.bytes, in.pos, to);
            case '<' -> throw new NotRecordsException(
                    "The content looks like XML or HTML. Supported formats: JSON, NDJSON and CSV.");
            default -> ofOther(in.bytes, in.pos, to, saysCsv);
        };
    }

    private static InputFormat ofObject(byte[] bytes, int from, int to) {
        if (goesOnBelow(bytes, from, to)) {
            return TOKENS;
        }
        int newline = Bytes.newline(bytes, from, to);
        int firstEnd = newline < 0 ? to : newline;
        int second = Bytes.skipBlankAndMarks(bytes, firstEnd, to);
        if (second < to && bytes[second] == '{') {
            return LINES;
        }
        ByteWindow line = ByteWindow.over(bytes, from, firstEnd, 1);
        boolean complete = new JsonScanner().scan(line, false) == JsonScanner.End.CLOSED;
        int behind = Bytes.skipBlankAndMarks(bytes, line.pos, firstEnd);
        if (second == to) {
            // Objects one behind the other may go on without a line break for as long as they like.
            return complete && behind < firstEnd && bytes[behind] == '{' ? TOKENS : LINES;
        }
        return complete && behind == firstEnd ? LINES : TOKENS;
    }

    /** Whether some line is an opening bracket alone, and what it opens goes on with a name below. */
    private static boolean goesOnBelow(byte[] bytes, int from, int to) {
        int start = from;
        for (int end = Bytes.newline(bytes, start, to); end >= 0; end = Bytes.newline(bytes, start, to)) {
            int first = Bytes.skipBlank(bytes, start, end);
            int below = Bytes.skipBlank(bytes, end, to);
            if (Bytes.trimEnd(bytes, first, end) == first + 1 && bytes[first] == '{'
                    && below < to && (bytes[below] == '"' || bytes[below] == '}')) {
                return true;
            }
            start = end + 1;
        }
        return false;
    }

    /** An array, unless the first line is a whole one and the next begins another or an object. */
    private static InputFormat ofArray(byte[] bytes, int from, int to) {
        int newline = Bytes.newline(bytes, from, to);
        if (newline < 0 || bytes[Bytes.trimEnd(bytes, from, newline) - 1] != ']') {
            return TOKENS;
        }
        int second = Bytes.skipBlankAndMarks(bytes, newline, to);
        return second < to && (bytes[second] == '{' || bytes[second] == '[') ? LINES : TOKENS;
    }

    private static InputFormat ofOther(byte[] bytes, int from, int to, boolean saysCsv) throws NotRecordsException {
        if (saysCsv) {
            return CSV;
        }
        for (int at = Bytes.newline(bytes, from, to); at >= 0; at = Bytes.newline(bytes, at + 1, to)) {
            int next = Bytes.skipBlankAndMarks(bytes, at, to);
            if (next < to && bytes[next] == '{') {
                return LINES;
            }
        }
        if (CsvHeader.delimiter(bytes, from, to) != 0 || CsvHeader.saysDelimiter(bytes, from, to)) {
            return CSV;
        }
        throw new NotRecordsException("The content is neither JSON nor NDJSON nor CSV with a header row. Give "
                + "a CSV file with one column a name that ends with .csv.");
    }
}
