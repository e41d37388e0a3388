// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names and titles of entries in the form that catalogue files allow, each of them once. */
final class EntryNames {

    private static final Map<String, String> VERBS = Map.of("POST", "create", "PUT", "update", "PATCH", "patch", "DELETE",
            "delete");
    private static final int MOST_TITLE = 60;
    /** Of a Kamelet's name, which has the vendor and -source or -sink around this. */
    private static final int MOST_NAME = 63 - "--source".length();

    private final int mostName;
    private final Set<String> names = new HashSet<>();
    private final Set<String> titles;

    /**
     * @param names  that the catalogue file has, or that are reserved
     * @param titles that the catalogue file has
     */
    EntryNames(String vendor, Set<String> names, Set<String> titles) {
        this.names.addAll(names);
        this.mostName = Math.max(8, MOST_NAME - vendor.length());
        this.titles = new HashSet<>(titles);
    }

    /** The name that an operation asks for, whether it is taken or not. */
    String wanted(DocumentOperation operation) {
        String name = operation.method().equals("GET") ? ofPath(operation.path())
                : !operation.id().isBlank() ? kebab(operation.id())
                : VERBS.getOrDefault(operation.method(), operation.method().toLowerCase(Locale.ROOT)) + "-"
                        + ofPath(operation.path());
        return fitting(name.replaceFirst("^[^a-z]+", "").replaceFirst("-+$", ""));
    }

    private String fitting(String name) {
        if (name.isEmpty()) {
            return "entry";
        }
        if (name.length() <= mostName) {
            return name;
        }
        String cut = name.substring(0, mostName + 1);
        return cut.contains("-") ? cut.substring(0, cut.lastIndexOf('-')) : name.substring(0, mostName);
    }

    /** The name, with a number behind it if another entry has it already. */
    String unique(String name) {
        String unique = name;
        for (int i = 2; names.contains(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    /** To be called once an entry has this name and this title. */
    void take(String name, String title) {
        names.add(name);
        titles.add(title);
    }

    /** {@code /v2/people/{id}/notes.json} is people-notes. */
    private static String ofPath(String path) {
        return kebab(Arrays.stream(path.replaceFirst("\\.json$", "").split("/"))
                .filter(each -> !each.isEmpty() && !each.contains("{") && !each.matches("v\\d+|api"))
                .collect(Collectors.joining("-")));
    }

    private static String kebab(String text) {
        return text.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    }

    /** The title of an entry: the summary if there is one, else its name. */
    String title(String summary, String name) {
        String title = plain(summary);
        title = title.isEmpty() ? words(name) : title;
        String unique = title;
        for (int i = 2; titles.contains(unique); i++) {
            unique = title + " (" + i + ")";
        }
        return unique;
    }

    /** A text as a title: without the characters that a title cannot have, cut behind a word. */
    static String plain(String text) {
        String head = text.length() > 500 ? text.substring(0, 500) : text;
        String plain = head.replaceAll("[^A-Za-z0-9 .&'()-]+", " ").replaceAll(" +", " ").replaceFirst("^[^A-Za-z0-9]+", "")
                .replaceFirst("[ .]+$", "");
        if (plain.length() > MOST_TITLE) {
            plain = plain.substring(0, MOST_TITLE).replaceFirst(" [^ ]*$", "");
        }
        return plain.isEmpty() ? "" : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
    }

    /** people-notes is People Notes. */
    static String words(String name) {
        return Arrays.stream(name.split("[^A-Za-z0-9]+")).filter(each -> !each.isEmpty())
                .map(each -> each.substring(0, 1).toUpperCase(Locale.ROOT) + each.substring(1))
                .collect(Collectors.joining(" "));
    }
}
