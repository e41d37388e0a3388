// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * The left side of an assignment: where its value stands in the mapped record.
 *
 * @param names from the top level down, at least one
 * @param list  the position of the name that has {@code []} behind it, or -1
 */
record TargetPath(List<String> names, int list) {

    private static final String ENDS = ".[]{}=\"|";
    /** Deeper records are no use to any API. */
    private static final int DEEPEST = 20;

    TargetPath {
        names = List.copyOf(names);
    }

    /** Reads a path up to what follows it. */
    static TargetPath read(LineCursor line) throws LineCursor.Mistake {
        List<String> names = new ArrayList<>();
        int list = -1;
        do {
            line.skipBlanks();
            names.add(name(line));
            line.skipBlanks();
            int bracket = line.at();
            if (line.takes('[')) {
                if (!line.takes(']')) {
                    throw new LineCursor.Mistake(bracket, "write [] without anything in it. Each line with the same target "
                            + "adds an element");
                }
                if (list >= 0) {
                    throw new LineCursor.Mistake(bracket, "a target has [] once at most");
                }
                list = names.size() - 1;
                line.skipBlanks();
            }
        } while (line.takes('.'));
        if (names.size() > DEEPEST) {
            throw new LineCursor.Mistake(0, "the target has more than " + DEEPEST + " levels");
        }
        return new TargetPath(names, list);
    }

    private static String name(LineCursor line) throws LineCursor.Mistake {
        if (line.now() == '"') {
            return line.quoted();
        }
        int from = line.at();
        String name = line.until(ENDS).strip();
        if (name.isEmpty()) {
            throw new LineCursor.Mistake(from, line.now() == '{'
                    ? "a target has no braces: write it as duration = {minutes:number}"
                    : "the name of an attribute is missing in the target");
        }
        return name;
    }

    /** What is in a list: whether the value is a part of an element, or the element itself. */
    boolean isInList() {
        return list >= 0;
    }

    /** How many objects and lists are around the value. */
    int depth() {
        return names.size() + (isInList() ? 1 : 0);
    }

    /** The names without brackets, as attributes are named elsewhere. */
    String attribute() {
        return String.join(".", names);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            text.append(i == 0 ? "" : ".").append(names.get(i)).append(i == list ? "[]" : "");
        }
        return text.toString();
    }
}
