package dev.gtmroutes.record;

import java.util.HashSet;
import java.util.Set;

/** What the first row of a CSV file says. */
final class CsvHeader {

    private static final byte[] DELIMITERS = {',', ';', '\t'};

    private CsvHeader() {
    }

    static boolean isDelimiter(byte c) {
        return c == ',' || c == ';' || c == '\t';
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

    /** The attribute names that the cells of the header give. */
    static String[] names(String[] cells) throws NotRecordsException {
        Set<String> seen = new HashSet<>();
        String[] names = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            names[i] = cells[i].strip();
            if (names[i].isEmpty()) {
                throw new NotRecordsException(
                        "The content is no CSV with a header row: column " + (i + 1) + " has no name.");
            }
            if (names[i].chars().anyMatch(Character::isISOControl)) {
                throw new NotRecordsException("The content is no CSV with a header row: the name of column "
                        + (i + 1) + " has control characters.");
            }
            if (!seen.add(names[i])) {
                throw new NotRecordsException("The content is no CSV with a header row: two columns are named \""
                        + names[i] + "\".");
            }
        }
        return names;
    }
}
