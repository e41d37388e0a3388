// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An entry that is to be added to a catalogue file.
 *
 * @param section {@code endpoints} or {@code lists}
 * @param text    its lines, the name first, without indentation
 * @param schema  of the request body; null if there is none
 * @param notes   what a person should know of it; they are comments of the entry, too
 */
record ImportedEntry(String section, String name, String text, ObjectNode schema, List<String> notes) {

    static final String ENDPOINTS = "endpoints";
    static final String LISTS = "lists";

    /** Its lines in a file, with the line that names the file of its schema. */
    String lines(String indent, String schemaFile) {
        StringBuilder lines = new StringBuilder();
        text.lines().forEach(each -> lines.append(indent).append(each).append('\n'));
        if (!schemaFile.isEmpty()) {
            lines.append(indent).append("  schema: ").append(schemaFile).append('\n');
        }
        return lines.toString();
    }

    /** The file of its schema in the folder of the catalogue files; blank if it has none. */
    String schemaFile(String vendor) {
        return schema == null ? "" : "schemas/" + vendor + "/" + name + ".json";
    }
}
