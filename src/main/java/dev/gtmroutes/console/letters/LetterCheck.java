// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of a record as it is typed just now.
 *
 * @param problem why it cannot take the place of the record; empty if it can
 * @param changes in what it differs from the record that came
 * @param preview the request that a replay would send
 * @param fields  what the endpoint takes; empty if that is not known
 */
public record LetterCheck(LetterView view, String problem, RecordChanges changes, LetterRequest preview,
        List<FieldHint> fields) {

    /**
     * A field of the endpoint.
     *
     * @param name     such as {@code participants[].email}
     * @param type     such as {@code Text}; empty if it is not known
     * @param isNeeded whether a record must have it
     * @param problem  what is wrong with it in this record; empty if nothing is
     */
    public record FieldHint(String name, String type, boolean isNeeded, String problem) {

        /** Such as {@code Text · Required}. */
        public String words() {
            return Stream.of(type, isNeeded ? "Required" : "", problem).filter(each -> !each.isEmpty())
                    .collect(Collectors.joining(" · "));
        }
    }

    /** Whether nothing is known that is wrong. */
    public boolean isGood() {
        return problem.isEmpty() && !preview.isRefused() && preview.differences().isEmpty();
    }
}
