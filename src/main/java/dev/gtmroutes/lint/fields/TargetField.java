// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.fields;

import java.util.List;

import dev.gtmroutes.record.survey.ValueKind;

/**
 * A field that an endpoint takes.
 *
 * @param target      as a mapping assigns to it, such as {@code participants[].email}
 * @param attribute   the same without brackets, such as {@code participants.email}
 * @param kind        of its values; null where nothing says it
 * @param sure        whether the schema says the kind, rather than a sample
 * @param required    the required attribute that it is, or is a part of; empty if none is
 * @param description for people; empty for none
 * @param allowed     the only values that it can have; empty for any
 * @param sample      a value; empty for none
 */
public record TargetField(String target, String attribute, ValueKind kind, boolean sure, String required,
        String description, List<String> allowed, String sample) {

    public TargetField {
        allowed = List.copyOf(allowed);
    }

    /** Whether a record without it is rejected. */
    public boolean isRequired() {
        return !required.isEmpty();
    }

    /** What it takes, in a few words: its values, or their type; empty where nothing says it. */
    public String type() {
        return !allowed.isEmpty() && allowed.size() <= 4 ? String.join(" or ", allowed) : kind == null ? "" : kind.title();
    }
}
