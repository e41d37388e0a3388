// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.util.BitSet;

import dev.gtmroutes.record.read.RecordSize;

/**
 * Watches a body as it comes in for a record that is too long. It speaks up only where that is sure: of a row on one line,
 * and of a JSON object by its brackets. What is no well-formed JSON, and a CSV row over several lines, the reader judges
 * later.
 */
final class RecordLengths {

    /** What the content is, as far as its first character and the sender say. */
    private enum Content {
        UNKNOWN, ROWS, LINES_OF_JSON, JSON, UNSURE
    }

    /** A line break of two characters is no part of a row. */
    private static final int LINE_BREAK = 2;
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    private final BodyFormat format;
    private final RecordSize longest;
    private Content content = Content.UNKNOWN;

    private long seen;
    private long lineStart;
    /** Where the current object began; -1 outside of one. */
    private long recordStart = -1;
    /** Brackets that are open, and which of them are of objects; the outermost array is around records. */
    private int depth;
    private final BitSet objects = new BitSet();
    private int around;
    private boolean begun;
    private boolean inString;
    private boolean escaped;
    private boolean lost;
    private byte previous;

    RecordLengths(BodyFormat format, RecordSize longest) {
        this.format = format;
        this.longest = longest;
    }

    /** Why a record is not taken, as the end of a sentence. */
    String exceeded() {
        return longest.exceeded();
    }

    /** @return false if a record in what came so far is surely too long */
    boolean accept(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            seen++;
            if (content == Content.UNKNOWN) {
                begin(c);
            }
            // Before the byte is looked at, as it may be the last one of a record.
            if (tooLong()) {
                return false;
            }
            if (content == Content.JSON || content == Content.LINES_OF_JSON) {
                step(c);
            } else if (c == '\n') {
                lineStart = seen;
            }
        }
        return true;
    }

    private boolean tooLong() {
        return content == Content.ROWS ? seen - lineStart > longest.bytes() + LINE_BREAK
                : recordStart >= 0 && seen - recordStart > longest.bytes();
    }

    private void begin(byte c) {
        if (IncomingBody.isWhiteSpace(c) || BYTE_ORDER_MARK.indexOf(c & 0xFF) >= 0) {
            return;
        }
        boolean json = c == '{' || c == '[';
        content = switch (format) {
            case NDJSON -> Content.LINES_OF_JSON;
            case JSON -> json ? Content.JSON : Content.UNSURE;
            case CSV -> json ? Content.JSON : Content.ROWS;
        };
    }

    private void step(byte c) {
        if (c == '\n' && content == Content.LINES_OF_JSON) {
            newLine();
        } else if (!lost && inString) {
            lost = c == '\n';
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if (!lost && !IncomingBody.isWhiteSpace(c)) {
            structure(c);
            previous = c;
        }
        if (lost) {
            recordStart = -1;
        }
    }

    private void newLine() {
        recordStart = -1;
        depth = 0;
        around = 0;
        begun = false;
        inString = false;
        escaped = false;
        lost = false;
    }

    private void structure(byte c) {
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> open(c);
            case '}', ']' -> close(c);
            default -> {
                // Separators, numbers and words: the reader judges them.
            }
        }
    }

    private void open(byte c) {
        boolean inObject = depth > 0 && objects.get(depth - 1);
        lost = depth > 0 && (inObject ? previous != ':' : previous != ',' && previous != '[');
        if (c == '[' && !begun) {
            around = 1;
        } else if (c == '{' && depth == around && recordStart < 0) {
            recordStart = seen - 1;
        }
        begun = true;
        objects.set(depth, c == '{');
        depth++;
    }

    private void close(byte c) {
        depth--;
        lost = depth < 0 || objects.get(depth) != (c == '}');
        if (depth <= around) {
            recordStart = -1;
        }
    }
}
