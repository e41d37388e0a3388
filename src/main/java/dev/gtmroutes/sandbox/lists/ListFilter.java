// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;

/** Which records a filter of {@code sandbox/lists.json} lets through, by the values that a request gave it. */
final class ListFilter {

    private ListFilter() {
    }

    /**
     * What a filter asks of the value of its attribute.
     *
     * @param kind    as the description has it
     * @param allowed the values there are, for the kind {@code one}
     * @throws dev.gtmroutes.sandbox.checks.RequestRefusedException if a value cannot be meant
     */
    static Predicate<JsonNode> of(String kind, List<String> allowed, String name, List<String> values,
            ListParameters parameters) {
        return switch (kind) {
            case "id" -> {
                require(values, "\\d{1,18}", name, "must be an id", parameters);
                yield value -> values.contains(value.asText());
            }
            case "flag" -> {
                boolean wanted = flag(values, name, parameters);
                yield value -> value.asBoolean() == wanted;
            }
            case "present" -> {
                boolean wanted = flag(values, name, parameters);
                yield value -> (value.isNull() || value.isMissingNode()) != wanted;
            }
            case "onlyIf" -> {
                boolean wanted = flag(values, name, parameters);
                yield value -> !wanted || value.asBoolean();
            }
            case "one" -> {
                require(values, String.join("|", allowed), name, "must be one of: " + String.join(", ", allowed),
                        parameters);
                yield value -> values.contains(value.asText());
            }
            case "part" -> value -> values.stream().anyMatch(each -> value.asText().toLowerCase(Locale.ROOT)
                    .contains(each.toLowerCase(Locale.ROOT)));
            case "text" -> value -> value.isArray() ? contains(value, values)
                    : values.stream().anyMatch(value.asText()::equalsIgnoreCase);
            default -> throw new IllegalArgumentException("unknown kind of a filter '" + kind + "'");
        };
    }

    private static boolean contains(JsonNode array, List<String> values) {
        for (JsonNode each : array) {
            if (values.contains(each.asText())) {
                return true;
            }
        }
        return false;
    }

    private static boolean flag(List<String> values, String name, ListParameters parameters) {
        require(values, "true|false", name, "must be true or false", parameters);
        return values.contains("true");
    }

    private static void require(List<String> values, String form, String name, String why, ListParameters parameters) {
        for (String each : values) {
            if (!each.matches(form)) {
                throw parameters.refused(name, why);
            }
        }
    }
}
