// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/**
 * Finds where a JSON value ends by its brackets, strings and escapes alone, so that the border of a malformed
 * record is found too. What lies between the borders is left to {@link RecordCheck}.
 *
 * <p>A record that lost a bracket or a quote has no end of its own; {@link NextRecord} says where it is cut.
 */
final class JsonScanner {

    /** How a scan ended; {@link ByteWindow#pos} is behind the value in each case. */
    enum End {
        /** The value's own bracket closed it. */
        CLOSED,
        /** The next record or the end of the enclosing array came first. */
        CUT,
        /** The input ended first. */
        UNCLOSED
    }

    private static final byte[] STRUCTURE = new byte[256];

    static {
        for (char c : "{}[]\"\n".toCharArray()) {
            STRUCTURE[c] = 1;
        }
    }

    private final NextRecord next = new NextRecord();
    private int curly;
    private int square;
    private boolean inString;
    private boolean escaped;
    private boolean isObject;
    private boolean finished;
    private boolean inArray;
    private End end;

    /**
     * Moves from the opening bracket at {@link ByteWindow#pos}, where the record was marked, behind its end.
     *
     * @param inArray whether an array is open around the value, so that its closing bracket may come
     */
    End scan(ByteWindow in, boolean inArray) {
        this.inArray = inArray;
        isObject = in.bytes[in.pos] == '{';
        curly = 0;
        square = 0;
        inString = false;
        escaped = false;
        finished = false;
        next.forget();
        while (!finished) {
            if (in.pos == in.limit) {
                readOn(in);
            } else if (inString) {
                throughString(in);
            } else {
                throughStructure(in);
            }
        }
        return end;
    }

    private void readOn(ByteWindow in) {
        if (in.overlong(in.start, in.pos) && next.goTo(in)) {
            finished = true;
            end = End.CUT;
        } else if (!in.more()) {
            finished = true;
            end = next.goTo(in) ? End.CUT : End.UNCLOSED;
        }
    }

    private void throughString(ByteWindow in) {
        byte[] bytes = in.bytes;
        int limit = in.limit;
        int i = in.pos;
        if (escaped) {
            escaped = false;
            i += bytes[i] == '\n' ? 0 : 1;
        }
        while (i < limit) {
            byte c = bytes[i++];
            if (c == '"') {
                inString = false;
                break;
            }
            if (c == '\\') {
                if (i == limit) {
                    escaped = true;
                } else if (bytes[i] != '\n') {
                    i++;
                }
            } else if (c == '\n') {
                in.line++;
                next.expectAt(in, i);
            }
        }
        in.pos = i;
    }

    private void throughStructure(ByteWindow in) {
        byte[] bytes = in.bytes;
        int limit = in.limit;
        int i = in.pos;
        while (i < limit) {
            byte c = bytes[i];
            if (STRUCTURE[c & 0xFF] != 0) {
                in.pos = i;
                structure(in, c);
                i = in.pos;
                if (inString || finished) {
                    return;
                }
            } else {
                i++;
            }
        }
        in.pos = i;
    }

    private void structure(ByteWindow in, byte c) {
        switch (c) {
            case '{' -> {
                if (isObject && curly < 2 && (square == 0 || curly == 0) && previous(in) == ',') {
                    next.expectAt(in, in.pos);
                }
                curly++;
            }
            case '}' -> {
                curly = Math.max(0, curly - 1);
                finished = isObject && curly == 0 && square == 0;
            }
            case '[' -> square++;
            case ']' -> {
                boolean enclosing = square == 0 && inArray && lastOfInput(in);
                if (isObject && (enclosing || curly == 0)) {
                    // An object is not closed by this bracket, so one of its own is missing.
                    finished = true;
                    end = End.CUT;
                    if (!next.goTo(in) && !(inArray && lastOfInput(in))) {
                        in.pos++;
                    }
                    return;
                }
                square = Math.max(0, square - 1);
                finished = !isObject && square == 0 && curly == 0;
            }
            case '"' -> inString = true;
            default -> {
                in.line++;
                if (in.pos + 1 < in.limit && in.bytes[in.pos + 1] == '{') {
                    next.expectAt(in, in.pos + 1);
                }
            }
        }
        in.pos++;
        end = End.CLOSED;
    }

    /** The last byte before {@link ByteWindow#pos} that is not white space, 0 if it is gone. */
    private static byte previous(ByteWindow in) {
        int i = in.pos - 1;
        while (i >= in.start && Bytes.isBlank(in.bytes[i])) {
            i--;
        }
        return i < in.start ? 0 : in.bytes[i];
    }

    /** Whether nothing follows the byte at {@link ByteWindow#pos}; a bracket amid the input is a stray one. */
    private static boolean lastOfInput(ByteWindow in) {
        int ahead = 1;
        while (!in.dropped()) {
            while (in.pos + ahead < in.limit && Bytes.isBlank(in.bytes[in.pos + ahead])) {
                ahead++;
            }
            if (in.pos + ahead < in.limit) {
                return false;
            }
            if (in.limit - in.start > in.longest.bytes() || !in.more()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Moves over something that is neither object nor array: to the end of its line or the next object; within an
     * array to the next separator or bracket of that array. Objects that stand in it are parts of something
     * broken, not records.
     */
    static void scanOther(ByteWindow in, boolean inArray) {
        boolean quoted = false;
        boolean escaped = false;
        int depth = 0;
        do {
            while (in.pos < in.limit) {
                byte c = in.bytes[in.pos];
                if (!quoted && depth == 0 && (inArray ? c == ',' || c == ']' : c == '{') || c == '\n' && depth == 0) {
                    return;
                }
                if (!quoted && inArray) {
                    depth += c == '{' || c == '[' ? 1 : depth > 0 && (c == '}' || c == ']') ? -1 : 0;
                }
                quoted = quoted ^ (c == '"' && !escaped);
                escaped = quoted && c == '\\' && !escaped;
                in.line += c == '\n' ? 1 : 0;
                in.pos++;
            }
        } while (in.more());
    }
}
