// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import java.text.Normalizer;

/** The name that a file has in the inbox: what people called it, without anything that is more than a name. */
final class UploadName {

    private static final int MOST_CHARACTERS = 80;
    private static final String ENDINGS = "(?i)csv|tsv|json|ndjson|jsonl|txt";

    private UploadName() {
    }

    /**
     * A name of letters, digits, dots, dashes and underscores that begins with none of the dots and ends as files of
     * records do.
     *
     * @param given by a browser; may be null, a path, or anything
     */
    static String of(String given) {
        String text = given == null ? "" : given.replace('\\', '/').replaceFirst("^.*/", "");
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-").replaceFirst("^[._-]+", "");
        int dot = plain.lastIndexOf('.');
        String ending = dot < 0 ? "" : plain.substring(dot + 1);
        boolean isKnown = ending.matches(ENDINGS);
        String stem = (isKnown ? plain.substring(0, dot) : plain).replaceFirst("^intake-", "");
        String cut = stem.length() > MOST_CHARACTERS ? stem.substring(0, MOST_CHARACTERS) : stem;
        return (cut.isEmpty() ? "upload" : cut) + "." + (isKnown ? ending.toLowerCase(java.util.Locale.ROOT) : "json");
    }

    /** The same with a number, for a folder that has a file of the name. */
    static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
