// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

/**
 * A Kamelet that was made from a catalogue file.
 *
 * @param name such as {@code acme-create-contact-sink}
 * @param text of its file
 */
public record GeneratedKamelet(String name, String text) {

    /** What the first line of a generated Kamelet begins with. */
    static final String MARK = "# Generated from ";

    /** The first line of the Kamelets that are made from a catalogue file of this name. */
    static String firstLine(String catalogueFile) {
        return MARK + "routes/catalogue/" + catalogueFile
                + " by \"java -jar target/quarkus-app/quarkus-run.jar catalogue\": edit that file, not this one.";
    }
}
