// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.survey;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An attribute that records have.
 *
 * @param names  from the top level down
 * @param lists  the positions of the names whose values are lists with objects in them
 * @param kinds  of its values, in the order of their appearance
 * @param sample its first value that is not empty, cut, for people; empty for none
 */
public record SurveyedAttribute(List<String> names, Set<Integer> lists, Set<ValueKind> kinds, String sample) {

    private static final Pattern SPECIAL = Pattern.compile("[.:|{}\"]|^\\s|\\s$|^$|^\\*$|\\[\\d*]$");
    private static final Pattern SPECIAL_TARGET = Pattern.compile("[.\\[\\]{}=\"|#]|^\\s|\\s$|^$");

    /** As parameters name it: {@code owner.id}. */
    public String path() {
        return String.join(".", names);
    }

    /** As a mapping reads it: {@code {owner.id}}. */
    public String expression() {
        return names.stream().map(each -> written(each, SPECIAL)).collect(Collectors.joining(".", "{", "}"));
    }

    /** As a mapping assigns to it: {@code participants[].email}. A target has one list at most, so it ends there. */
    public String target() {
        StringBuilder target = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            target.append(i == 0 ? "" : ".").append(written(names.get(i), SPECIAL_TARGET)).append(lists.contains(i)
                    ? "[]" : "");
        }
        return target.toString();
    }

    private static String written(String name, Pattern special) {
        return special.matcher(name).find() ? '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"' : name;
    }

    /** Its types, such as {@code Text}. */
    public String type() {
        String types = kinds.stream().filter(each -> each != ValueKind.EMPTY).map(ValueKind::title).distinct()
                .collect(Collectors.joining(" or "));
        return types.isEmpty() ? ValueKind.EMPTY.title() : types;
    }
}
