package dev.gtmroutes.record;

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
        if (next() == '}') {
            pos++;
            return true;
        }
        do {
            if (next() != '"' || !string() || next() != ':') {
                return false;
            }
            pos++;
            if (!value(depth)) {
                return false;
            }
        } while (passes(','));
        return passes('}');
    }

    private boolean elements(int depth) {
        pos++;
        if (next() == ']') {
            pos++;
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
        while (at() == '\\') {
            pos++;
            // Those of a code point are left to the parser.
            if ("\"\\/bfnrt".indexOf(at()) < 0) {
                return false;
            }
            pos = Bytes.textEnd(bytes, pos + 1, to);
        }
        if (at() != '"') {
            return false;
        }
        pos++;
        return true;
    }

    private boolean literal(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at() != word.charAt(i)) {
                return false;
            }
            pos++;
        }
        return true;
    }

    private boolean number() {
        if (at() == '-') {
            pos++;
        }
        if (at() == '0') {
            pos++;
        } else if (!digits()) {
            return false;
        }
        if (at() == '.') {
            pos++;
            if (!digits()) {
                return false;
            }
        }
        if (at() != 'e' && at() != 'E') {
            return true;
        }
        pos++;
        if (at() == '+' || at() == '-') {
            pos++;
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

    /** Moves behind this character, if it comes next. */
    private boolean passes(char wanted) {
        if (next() != wanted) {
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
