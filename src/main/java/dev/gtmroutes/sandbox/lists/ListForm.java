// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One list as {@code sandbox/lists.json} describes it; {@code sandbox/README.md} in the resources says how.
 *
 * @param key       the attribute that identifies a record
 * @param firstId   the id of the first record
 * @param size      how many records it has at first
 * @param created   the attribute with the time at which a record was made; null = none
 * @param changed   the attribute with the time of the last change; null = none
 * @param at        where the records are in the answer, below {@code data}; null = there
 * @param bare      the only attribute of a record, which is sent without its name; null = records are sent as they are
 * @param single    the endpoint that reads one record; null = none does
 * @param unpaged   whether the whole list comes at once: {@code always}, or {@code withoutPage} where no page is asked for;
 *                  null = never
 * @param sort      how it is sorted if nothing else is asked for; null = in the order of ids
 * @param ascending whether that is from the least to the greatest
 * @param sorts     what else it can be sorted by: {@code name} or {@code name=attribute}
 * @param filters   by parameter: kind, attribute, and the values there are
 * @param ranges    parameters that take [gt], [gte], [lt] and [lte]: {@code name} or {@code name=attribute}
 * @param needs     parameters that need another one
 * @param defaults  values of parameters that are not there
 * @param record    what a record is
 */
@RegisterForReflection
record ListForm(String key, long firstId, int size, String created, String changed, String at, String bare, String single,
        String unpaged, String sort, boolean ascending, List<String> sorts, Map<String, String> filters,
        List<String> ranges, Map<String, String> needs, Map<String, String> defaults, JsonNode record) {

    ListForm {
        key = Objects.requireNonNullElse(key, "id");
        size = size == 0 ? 250 : size;
        sorts = Objects.requireNonNullElse(sorts, List.of());
        filters = Objects.requireNonNullElse(filters, Map.of());
        ranges = Objects.requireNonNullElse(ranges, List.of());
        needs = Objects.requireNonNullElse(needs, Map.of());
        defaults = Objects.requireNonNullElse(defaults, Map.of());
    }

    /** Whether an attribute grows with the number of a record: its id, if it has one, and the time at which it was made. */
    boolean isInOrderOfNumbers(String attribute) {
        return attribute.equals(created) || firstId > 0 && attribute.equals(key);
    }

    /** The attribute behind a name of a list of names; null = the name is not in it. */
    static String attribute(List<String> names, String name) {
        for (String each : names) {
            if (each.equals(name)) {
                return each;
            }
            if (each.startsWith(name + "=")) {
                return each.substring(name.length() + 1);
            }
        }
        return null;
    }

    /** The names that a list of names has. */
    static List<String> names(List<String> names) {
        return names.stream().map(each -> each.replaceFirst("=.*", "")).toList();
    }
}
