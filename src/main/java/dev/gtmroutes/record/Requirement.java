// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Something a record must have to be sent.
 *
 * @param attributes at least one of these, neither null nor empty
 * @param allowed    the texts it may have if it is there; empty where it has to be there, with any value
 */
record Requirement(List<AttributePath> attributes, List<String> allowed) {

    /** @param required comma-separated; {@code a|b} for at least one of them */
    static List<Requirement> list(String required) {
        List<Requirement> list = new ArrayList<>();
        for (String each : required.split(",")) {
            if (!each.isBlank()) {
                list.add(new Requirement(Stream.of(each.split("\\|")).map(AttributePath::of).toList(), List.of()));
            }
        }
        return list;
    }

    /** @param allowed {@code type=chat|email}, comma-separated */
    static List<Requirement> allowed(String allowed) {
        List<Requirement> list = new ArrayList<>();
        for (String each : allowed.split(",")) {
            if (!each.isBlank()) {
                int equals = each.indexOf('=');
                list.add(new Requirement(List.of(AttributePath.of(each.substring(0, equals))),
                        List.of(each.substring(equals + 1).strip().split("\\|"))));
            }
        }
        return list;
    }

    void check(Map<AttributePath, Attributes.Value> values) throws UnfitRecordException {
        for (AttributePath each : attributes) {
            Attributes.Value value = values.get(each);
            boolean there = value != null && value.isThere();
            if (there && !allowed.isEmpty() && !allowed.contains(value.text())) {
                throw new UnfitRecordException("the attribute " + each + " must be " + String.join(" or ", allowed));
            }
            if (there || !allowed.isEmpty()) {
                return;
            }
        }
        throw new UnfitRecordException("the required attribute "
                + attributes.stream().map(AttributePath::text).collect(Collectors.joining(" or "))
                + " is missing or empty");
    }
}
