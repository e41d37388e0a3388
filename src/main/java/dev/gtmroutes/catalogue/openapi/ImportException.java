// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

/**
 * An OpenAPI document, or a part of it, that no entry can be made from. The message is one line: what, where, what to do.
 */
public final class ImportException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int MOST_CHARS = 800;

    ImportException(String message) {
        super(line(message));
    }

    /** The document decides how long its names are. */
    private static String line(String message) {
        String line = message.replaceAll("\\s+", " ");
        return line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) + " … (cut)" : line;
    }
}
