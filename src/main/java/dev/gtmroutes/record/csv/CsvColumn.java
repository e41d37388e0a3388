// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.csv;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.io.SerializedString;

/**
 * Where the cells of a column stand in a record, or the object or array that several columns fill.
 *
 * <p>Dots in the name of a column nest: {@code owner.id} is the attribute {@code id} of the object {@code owner}. Where
 * all names of one level are the numbers from 0 on, the level is an array: {@code participants.0.email}. A name with an
 * empty part, or with a blank beside a dot, such as {@code No.} and {@code Approx. value}, is no path.
 *
 * @param head    what stands before the value: the name, in quotes, and a colon; empty in an array
 * @param index   of the column; -1 for an object or array
 * @param isArray whether it is an array
 * @param members of the object or array, in the order of their first columns, of an array by their numbers
 */
record CsvColumn(byte[] head, int index, boolean isArray, List<CsvColumn> members) {

    /** The parsers of those who receive records go no deeper than some hundreds. */
    private static final int DEEPEST = 50;
    private static final String LIST_MARK = "[]";

    /** A level of names while the header is being read. */
    private static final class Level {
        private final Map<String, Level> members = new LinkedHashMap<>();
        private int column = -1;
    }

    /** Each column is an attribute of the record. */
    static CsvColumn flat(String[] names) {
        List<CsvColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            columns.add(new CsvColumn(head(names[i]), i, false, List.of()));
        }
        return new CsvColumn(new byte[0], -1, false, columns);
    }

    /**
     * Dots in names nest.
     *
     * @throws IllegalArgumentException if two names contradict each other, or one of them is for several values
     */
    static CsvColumn nested(String[] names) {
        Level root = new Level();
        for (int i = 0; i < names.length; i++) {
            add(names, i, root);
        }
        return made(new byte[0], root, false);
    }

    private static void add(String[] names, int column, Level root) {
        String name = names[column];
        Level level = root;
        String[] parts = parts(name);
        if (parts.length > DEEPEST) {
            throw new IllegalArgumentException(
                    "the name of column " + (column + 1) + " nests deeper than " + DEEPEST + " levels");
        }
        for (String part : parts) {
            if (part.endsWith(LIST_MARK)) {
                throw new IllegalArgumentException(
                        "the name of column " + (column + 1) + ", \"" + name + "\", ends in [], and a cell "
                                + "is one value. Number the columns instead, such as \"" + name.replace(LIST_MARK, ".0")
                                + "\", or set csvTypes to text");
            }
            if (level.column >= 0) {
                throw contradiction(names[level.column], name);
            }
            level = level.members.computeIfAbsent(part, each -> new Level());
        }
        if (!level.members.isEmpty()) {
            throw contradiction(name, names[anyColumn(level)]);
        }
        level.column = column;
    }

    private static String[] parts(String name) {
        String[] parts = name.split("\\.", -1);
        for (String part : parts) {
            if (part.isEmpty() || !part.strip().equals(part)) {
                return new String[] {name};
            }
        }
        return parts;
    }

    private static int anyColumn(Level level) {
        return level.column >= 0 ? level.column : anyColumn(level.members.values().iterator().next());
    }

    private static IllegalArgumentException contradiction(String value, String nested) {
        return new IllegalArgumentException(
                "the column \"" + value + "\" is a value, and the column \"" + nested + "\" makes it an "
                        + "object. Rename one of them, or set csvTypes to text");
    }

    /** A record itself is always an object. */
    private static CsvColumn made(byte[] head, Level level, boolean mayBeArray) {
        boolean array = mayBeArray && isNumbered(level.members);
        List<CsvColumn> members = new ArrayList<>();
        level.members.entrySet().stream()
                .sorted(array ? Comparator.comparing(each -> Integer.valueOf(each.getKey())) : (a, b) -> 0)
                .forEach(each -> members.add(made(array ? new byte[0] : head(each.getKey()), each.getValue(), true)));
        return new CsvColumn(head, level.column, array, members);
    }

    private static boolean isNumbered(Map<String, Level> members) {
        for (int i = 0; i < members.size(); i++) {
            if (!members.containsKey(String.valueOf(i))) {
                return false;
            }
        }
        return !members.isEmpty();
    }

    private static byte[] head(String name) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write('"');
        head.writeBytes(new SerializedString(name).asQuotedUTF8());
        head.write('"');
        head.write(':');
        return head.toByteArray();
    }

    boolean isValue() {
        return index >= 0;
    }

    /** Whether some columns are not attributes of the record itself. */
    boolean isNested() {
        return members.stream().anyMatch(each -> !each.isValue());
    }
}
