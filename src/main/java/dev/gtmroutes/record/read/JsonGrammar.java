// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

/**
 * Recognizes what nearly all records are, well-formed JSON (RFC 8259), in a third of the time that a parser takes to make
 * tokens of it. Where it says no, {@link RecordCheck} asks the parser, which knows why, or knows better.
 */
final class JsonGrammar {

    /** Deeper ones are left to the parser. */
    private static final int DEEPEST = 100;

    private final byte[] bytes;
    private final int to;
    private int pos;

    private JsonGrammar(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.pos = from;
        this.to = to;
    }

    /**
     * Whether {@code bytes[from, to)} is surely one JSON object, with nothing before and behind it.
     *
     * @param bytes well-formed UTF-8 in this range
     */
    static boolean isObject(byte[] bytes, int from, int to) {
        JsonGrammar object = new JsonGrammar(bytes, from, to);
        return from < to && bytes[from] == '{' && object.members(1) && object.pos == to;
    }

    private boolean value(int depth) {
        return switch (next()) {
            case '"' -> string();
            case '{' -> depth < DEEPEST && members(depth + 1);
            case '[' -> depth < DEEPEST && elements(depth + 1);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        };
    }

    private boolean members(int depth) {
        pos++;
        if (passes('}')) {
            return true;
        }
        do {
            if (next() != '"' || !string() || !passes(':') || !value(depth)) {
                return false;
            }
        } while (passes(','));
        return passes('}');
    }

    private boolean elements(int depth) {
        pos++;
        if (passes(']')) {
            return true;
        }
        do {
            if (!value(depth)) {
                return false;
            }
        } while (passes(','));
        return passes(']');
    }

    private boolean string() {
        pos = Bytes.textEnd(bytes, pos + 1, to);
        while (takes('\\')) {
            // Those of a code point are left to the parser.
            if ("\"\\/bfnrt".indexOf(at()) < 0) {
                return false;
            }
            pos = Bytes.textEnd(bytes, pos + 1, to);
        }
        return takes('"');
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!takes(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean number() {
        takes('-');
        if (!takes('0') && !digits() || takes('.') && !digits()) {
            return false;
        }
        if (!takes('e') && !takes('E')) {
            return true;
        }
        if (!takes('+')) {
            takes('-');
        }
        return digits();
    }

    private boolean digits() {
        int first = pos;
        while (at() >= '0' && at() <= '9') {
            pos++;
        }
        return pos > first;
    }

    /** Moves behind this character, and white space before it, if it comes next. */
    private boolean passes(char wanted) {
        next();
        return takes(wanted);
    }

    /** Moves behind this character, if it stands here. */
    private boolean takes(char wanted) {
        if (at() != wanted) {
            return false;
        }
        pos++;
        return true;
    }

    /** The next character that is not white space. */
    private byte next() {
        pos = Bytes.skipBlank(bytes, pos, to);
        return at();
    }

    /** The character here; behind the end NUL, which stands nowhere in JSON. */
    private byte at() {
        return pos < to ? bytes[pos] : 0;
    }
}
