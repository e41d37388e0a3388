// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import dev.gtmroutes.form.FlowForm;

/**
 * A field that differs between two forms of a flow.
 *
 * @param name   of the field in the form; empty if the form has none for it
 * @param before its value, without secrets; {@link FlowForm#KEPT} for one that is not shown
 * @param after  its value in the other form, in the same way
 * @param words  what has changed, such as {@code Batch size: 50 → 100}
 */
public record FieldChange(String name, String label, String before, String after, String words) {

    public String beforeText() {
        return shown(before);
    }

    public String afterText() {
        return shown(after);
    }

    private static String shown(String value) {
        return value.equals(FlowForm.KEPT) ? "Saved (hidden)" : value.isEmpty() ? "None" : value;
    }

    /** Whether the form can take the first value over by itself. What a person confirms is confirmed anew. */
    public boolean canBeTaken() {
        return !before.equals(FlowForm.KEPT) && (name.equals("description")
                || name.contains(".") && !name.endsWith(".confirmIrreversible"));
    }
}
