// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

/** The forms a request body may have, and the file-name ending each one is kept under. */
public enum BodyFormat {
    /** One JSON object, or an array of them. */
    JSON(".json"),
    /** One JSON object per line. */
    NDJSON(".ndjson"),
    /** A header row, then one record per row. */
    CSV(".csv");

    private final String extension;

    BodyFormat(String extension) {
        this.extension = extension;
    }

    /** The file-name ending, with its dot. */
    public String extension() {
        return extension;
    }
}
