// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;

/**
 * What a destination remembers, for a person.
 *
 * @param template   that delivered it
 * @param attributes that identify a record
 * @param bytes      on the disk of this program; 0 where a database has it
 * @param reset      whether somebody asked to forget something, and no program has done it yet
 */
public record Remembered(String flow, String destination, String template, List<String> attributes, long bytes,
        boolean reset) {

    /** Its name. */
    public FormFolder folder(Path data) {
        return FormFolder.of(data, flow, destination);
    }

    /**
     * @param  values the values of the attributes of a record, in their order
     * @throws IllegalArgumentException if these are more or fewer; the message says so
     */
    public KeyHash key(List<String> values) {
        if (values.size() != attributes.size()) {
            throw new IllegalArgumentException("A key of " + destination + " has " + attributes.size() + " values ("
                    + String.join(", ", attributes) + "), not " + values.size());
        }
        return KeyHash.of(values);
    }

    /** A line of an export. */
    public static String json(RecordForm form) {
        return "{\"key\":\"" + form.key() + "\",\"form\":\"%016x\"}".formatted(form.form());
    }
}
