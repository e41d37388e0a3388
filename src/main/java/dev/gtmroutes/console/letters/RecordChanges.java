// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * In which attributes an edited record differs from the one that came.
 *
 * @param changes at most {@value #MOST}
 * @param more    whether there are others
 */
public record RecordChanges(List<Change> changes, boolean more) {

    private static final int MOST = 100;
    private static final int DEEPEST = 50;
    private static final int MOST_CHARS = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An attribute.
     *
     * @param path   such as {@code participants[1].email}
     * @param before as it came; null if it was not there
     * @param after  as it is now; null if it is not there
     */
    public record Change(String path, String before, String after) {
    }

    /** None if one of them is no JSON. */
    static RecordChanges between(String before, String after) {
        List<Change> changes = new ArrayList<>();
        try {
            compare("", JSON.readTree(before), JSON.readTree(after), changes, 0);
        } catch (IOException e) {
            return new RecordChanges(List.of(), false);
        }
        return new RecordChanges(changes.size() > MOST ? changes.subList(0, MOST) : changes, changes.size() > MOST);
    }

    private static void compare(String path, JsonNode before, JsonNode after, List<Change> changes, int depth) {
        if (changes.size() > MOST || before != null && before.equals(after)) {
            return;
        }
        if (depth < DEEPEST && before != null && after != null && before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String each : names) {
                compare(path.isEmpty() ? each : path + "." + each, before.get(each), after.get(each), changes, depth + 1);
            }
        } else if (depth < DEEPEST && before != null && after != null && before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.get(i), after.get(i), changes, depth + 1);
            }
        } else {
            changes.add(new Change(path, shown(before), shown(after)));
        }
    }

    private static String shown(JsonNode value) {
        if (value == null) {
            return null;
        }
        String text = value.isTextual() ? '"' + value.asText() + '"' : value.toString();
        return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + " …";
    }

    /** Such as {@code 2 attributes changed}. */
    public String count() {
        return changes.isEmpty() ? "No attribute changed" : (more ? "More than " : "") + changes.size()
                + (changes.size() == 1 ? " attribute changed" : " attributes changed");
    }
}
