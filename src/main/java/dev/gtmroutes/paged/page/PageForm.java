// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged.page;

import java.util.List;

/**
 * Where things stand in the pages of a list. Each is the names on the way from the top level down.
 *
 * @param records to the records; empty for the page itself
 * @param key     inside a record, to what identifies it; empty for its whole content
 * @param changed inside a record, to the time of its last change; empty if nobody asks for it
 * @param total   to the number of all records; empty for the usual places
 * @param next    to the number, cursor or link of the next page; empty for the usual places
 * @param strict  whether there is always an array of objects, and anything else is a mistake of the API
 * @param leads   what leads to the next page
 */
public record PageForm(List<String> records, List<String> key, List<String> changed, List<String> total, List<String> next,
        boolean strict, Leads leads) {

    /** What leads to the next page, where it is looked for in the usual places. */
    public enum Leads {

        /** Anything. */
        ANY,
        /** A text that is no URL. */
        CURSOR,
        /** A URL, or what is one below the base URL. */
        LINK;

        boolean isOf(String text) {
            boolean url = text.matches("(?i)https?://.*");
            return switch (this) {
                case ANY -> true;
                case CURSOR -> !url;
                case LINK -> url || text.startsWith("/") || text.contains("?");
            };
        }
    }

    /** That of People.ai. */
    public static final PageForm OF_ACTIVITIES = new PageForm(List.of("data"), List.of(), List.of(), List.of(), List.of(),
            true, Leads.ANY);

    /** Each as dotted text; blank for none. */
    public static PageForm of(String records, String key, String changed, String total, String next) {
        return new PageForm(names(records), names(key), names(changed), names(total), names(next), false,
                Leads.ANY);
    }

    /** The same, where this leads on. */
    public PageForm leadingBy(Leads other) {
        return new PageForm(records, key, changed, total, next, strict, other);
    }

    private static List<String> names(String path) {
        return path.isBlank() ? List.of() : List.of(path.strip().split("\\."));
    }

    /** In which attribute a value is put that is no object. */
    String wrapper() {
        return key.size() == 1 ? key.get(0) : "value";
    }

    /** For a person. */
    public String keyText() {
        return String.join(".", key);
    }

    /** For a person. */
    public String changedText() {
        return String.join(".", changed);
    }

    /** For a person. */
    public String nextText() {
        return String.join(".", next);
    }

    /** For a person. */
    public String recordsText() {
        return String.join(".", records);
    }
}
