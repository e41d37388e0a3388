// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** What the first row of a CSV file says. */
final class CsvHeader {

    private static final byte[] DELIMITERS = {',', ';', '\t', '|'};
    /** What else separates columns somewhere; too rare to be taken for it without {@code sep=}. */
    private static final String OTHER_DELIMITERS = "^~:¦\\";
    private static final byte[] SAYS = "sep=".getBytes(StandardCharsets.US_ASCII);

    private CsvHeader() {
    }

    static boolean isDelimiter(byte c) {
        return c == ',' || c == ';' || c == '\t' || c == '|';
    }

    /** Whether the first row in {@code bytes[from, to)} is {@code sep=;}, as spreadsheet programs write and read it. */
    static boolean saysDelimiter(byte[] bytes, int from, int to) {
        return saidDelimiter(bytes, from, to) != 0;
    }

    /** The delimiter that the first row in {@code bytes[from, to)} says, in or without quotes; 0 if it says none. */
    static byte saidDelimiter(byte[] bytes, int from, int to) {
        int newline = Bytes.newline(bytes, from, to);
        int end = newline < 0 ? to : newline;
        end -= end > from && bytes[end - 1] == '\r' ? 1 : 0;
        boolean quoted = end - from > 2 && bytes[from] == '"' && bytes[end - 1] == '"';
        int at = quoted ? from + 1 : from;
        if (end - (quoted ? 1 : 0) - at != SAYS.length + 1) {
            return 0;
        }
        for (byte wanted : SAYS) {
            if ((bytes[at++] | ' ') != (wanted | ' ')) {
                return 0;
            }
        }
        boolean possible = bytes[at] >= ' ' && bytes[at] != '"' || bytes[at] == '\t';
        return possible ? bytes[at] : 0;
    }

    /** The delimiter that the first row in {@code bytes[from, to)} has most of; 0 if it has none. */
    static byte delimiter(byte[] bytes, int from, int to) {
        int[] counts = new int[DELIMITERS.length];
        boolean quoted = false;
        for (int i = from; i < to && (quoted || bytes[i] != '\n'); i++) {
            if (bytes[i] == '"') {
                quoted = !quoted;
            }
            for (int k = 0; k < counts.length && !quoted; k++) {
                counts[k] += bytes[i] == DELIMITERS[k] ? 1 : 0;
            }
        }
        int most = 0;
        for (int k = 1; k < counts.length; k++) {
            most = counts[k] > counts[most] ? k : most;
        }
        return counts[most] == 0 ? 0 : DELIMITERS[most];
    }

    /**
     * The attribute names that the cells of the header give. Empty cells at the end, as a delimiter behind the last name
     * makes them, are no columns.
     */
    static String[] names(String[] cells) throws NotRecordsException {
        int count = cells.length;
        while (count > 1 && name(cells[count - 1]).isEmpty()) {
            count--;
        }
        Set<String> seen = new HashSet<>();
        String[] names = new String[count];
        for (int i = 0; i < count; i++) {
            names[i] = name(cells[i]);
            if (names[i].isEmpty()) {
                throw refused("column " + (i + 1) + " has no name");
            }
            if (names[i].chars().anyMatch(Character::isISOControl)) {
                throw refused("the name of column " + (i + 1) + " contains control characters");
            }
            if (!seen.add(names[i])) {
                throw refused("two columns are named \"" + names[i] + "\"");
            }
        }
        if (count == 1) {
            refuseDelimiterIn(names[0]);
        }
        return names;
    }

    /** A name without white space and characters that cannot be seen around it. */
    static String name(String cell) {
        int from = 0;
        int to = cell.length();
        while (from < to && isInvisible(cell.charAt(from))) {
            from++;
        }
        while (to > from && isInvisible(cell.charAt(to - 1))) {
            to--;
        }
        return cell.substring(from, to);
    }

    /** Also the blanks that do not break, and what has no width: byte order marks, joiners and marks of direction. */
    private static boolean isInvisible(char c) {
        return c == ' ' || c == '\t' || c > '~' && (Character.isSpaceChar(c) || Character.getType(c) == Character.FORMAT)
                || Character.isWhitespace(c);
    }

    private static void refuseDelimiterIn(String name) throws NotRecordsException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (OTHER_DELIMITERS.indexOf(c) >= 0 || c < 128 && isDelimiter((byte) c)) {
                throw refused("the header has one column, \"" + name + "\", and " + c + " in it looks like a delimiter. "
                        + "Separate columns with a comma, a semicolon, a tab or |, or begin the file with a line sep=" + c);
            }
        }
    }

    static NotRecordsException refused(String why) {
        return new NotRecordsException("The content is not CSV with a header row: " + why + ".");
    }
}
