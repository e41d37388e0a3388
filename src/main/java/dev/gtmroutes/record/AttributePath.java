// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.util.ArrayList;
import java.util.List;

/**
 * The way to an attribute of a record: its name, or names joined by dots for an attribute of a nested object. An
 * attribute whose own name is the whole text, at the top level, comes before a nested one. Arrays on the way are
 * entered: {@code participants.email} is the email of every participant.
 *
 * @param text  the path as it was written, without blanks around it
 * @param names the names from the top level down, at least one
 */
public record AttributePath(String text, List<String> names) {

    public AttributePath {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException if the path is blank */
    public static AttributePath of(String path) {
        String text = path.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the name of an attribute must not be empty");
        }
        return new AttributePath(text, List.of(text.split("\\.", -1)));
    }

    /** The paths of a comma-separated list; blank ones are left out, null has none. */
    public static List<AttributePath> list(String paths) {
        List<AttributePath> result = new ArrayList<>();
        for (String path : (paths == null ? "" : paths).split(",")) {
            if (!path.isBlank()) {
                result.add(of(path));
            }
        }
        return List.copyOf(result);
    }

    @Override
    public String toString() {
        return text;
    }
}
