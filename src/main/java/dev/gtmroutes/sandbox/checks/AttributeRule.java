// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is asked of one attribute and of those inside it. The paths of a form's data ({@code from.type},
 * {@code users[].user_id}) become a tree of these, whose root stands for the record.
 */
final class AttributeRule {

    private static final String EACH = "[]";

    private final String path;
    private final Map<String, AttributeRule> inner = new LinkedHashMap<>();
    private final List<String> values = new ArrayList<>();
    private boolean required;
    private boolean foreign;
    private boolean array;

    private AttributeRule(String path) {
        this.path = path;
    }

    /** The rule of a form's records. */
    static AttributeRule of(List<String> required, Map<String, List<String>> values, List<String> without) {
        AttributeRule record = new AttributeRule("");
        without.forEach(name -> record.at(name, false).foreign = true);
        required.forEach(path -> record.at(path, true).required = true);
        values.forEach((path, allowed) -> record.at(path, false).values.addAll(allowed));
        return record;
    }

    private AttributeRule at(String path, boolean needed) {
        int dot = path.indexOf('.');
        String step = dot < 0 ? path : path.substring(0, dot);
        String name = step.endsWith(EACH) ? step.substring(0, step.length() - EACH.length()) : step;
        AttributeRule rule = inner.computeIfAbsent(name,
                key -> new AttributeRule(this.path.isEmpty() ? key : this.path + (array ? EACH : "") + "." + key));
        if (dot < 0) {
            return rule;
        }
        rule.array |= step.endsWith(EACH);
        // What must be in an object needs that object; what must be in each element needs no element.
        rule.required |= needed && !rule.array;
        return rule.at(path.substring(dot + 1), needed);
    }

    /** From the record to this attribute, as in the data. */
    String path() {
        return path;
    }

    /** Whether nothing is asked of what is inside. */
    boolean isLeaf() {
        return inner.isEmpty();
    }

    /** The rule of an attribute inside; null = nothing is asked of it. */
    AttributeRule inner(String name) {
        return inner.get(name);
    }

    /** The attributes inside that must be there. */
    List<AttributeRule> required() {
        return inner.values().stream().filter(rule -> rule.required).toList();
    }

    /** Whether it says that another form is meant. */
    boolean isForeign() {
        return foreign;
    }

    /** Whether the rules inside are about each element of an array. */
    boolean isArray() {
        return array;
    }

    /** What its value may be; empty = anything. */
    List<String> values() {
        return values;
    }

    /** Whether a value is one of those it may have; a {@code *} in the data is one or more characters but '/'. */
    boolean allows(String value) {
        return values.isEmpty() || values.stream()
                .anyMatch(allowed -> value.matches(Pattern.quote(allowed).replace("*", "\\E[^/]+\\Q")));
    }
}
