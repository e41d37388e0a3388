// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/** The text of a catalogue file, to which entries are added. All of its bytes stay as they are. */
final class CatalogueText {

    private final YamlFile file;

    private CatalogueText(YamlFile file) {
        this.file = file;
    }

    /** @throws ImportException if it is no YAML */
    static CatalogueText of(Path path, String text) throws ImportException {
        CatalogueText catalogue = new CatalogueText(YamlFile.of(path, text));
        if (!catalogue.file.problems().isEmpty()) {
            throw new ImportException(path + ":" + catalogue.file.problems().get(0).line() + ": "
                    + catalogue.file.problems().get(0).message());
        }
        return catalogue;
    }

    String text() {
        return file.text();
    }

    String baseUrl() {
        return file.root().get("api").get("baseUrl").text().replaceFirst("/+$", "");
    }

    /** Those of the entries of a section, and the one that the template for any request has. */
    Set<String> names(String section) {
        Set<String> names = file.root().get(section).entries().stream().map(YamlNode.Entry::key)
                .collect(Collectors.toCollection(HashSet::new));
        if (section.equals(ImportedEntry.ENDPOINTS) && file.root().get("manualRequest").exists()) {
            names.add("request");
        }
        return names;
    }

    Set<String> titles(String section) {
        return file.root().get(section).entries().stream().map(each -> each.value().get("title").text())
                .collect(Collectors.toSet());
    }

    boolean has(String section, String name) {
        return file.root().get(section).get(name).exists();
    }

    /** The entry for the same request, whatever its variables and its query are called. */
    Optional<String> entry(String section, String request) {
        return file.root().get(section).entries().stream()
                .filter(each -> same(each.value().get("request").text()).equals(same(request)))
                .map(YamlNode.Entry::key).findFirst();
    }

    private static String same(String request) {
        return request.replaceFirst("(\\?|\\{[?&]).*", "").replaceAll("\\{[^{}]*}", "{}").replaceAll(" +", " ");
    }

    /** What stands before the names of entries. */
    String indent(String section) {
        List<YamlNode.Entry> entries = file.root().get(section).entries();
        if (!entries.isEmpty()) {
            String line = file.text().lines().toList().get(entries.get(0).line() - 1);
            return line.substring(0, line.length() - line.stripLeading().length());
        }
        return "  ";
    }

    /**
     * The text with these lines below the last entry of a section, which is added at the end of the file if it is missing.
     *
     * @throws ImportException if the section is written in braces, to which no lines can be added
     */
    CatalogueText with(String section, String lines) throws ImportException {
        String end = file.text().contains("\r\n") ? "\r\n" : "\n";
        String added = lines.replace("\n", end);
        List<String> all = new ArrayList<>(Arrays.asList(file.text().split("(?<=\n)")));
        int key = line(all, section);
        if (key < 0) {
            String text = file.text();
            String gap = text.isEmpty() || text.endsWith("\n") ? "" : end;
            return of(file.path(), text + gap + (text.isBlank() ? "" : end) + section + ":" + end + added);
        }
        if (!all.get(key).matches("(?s)" + section + ":\\s*(#.*)?")) {
            throw new ImportException(file.path() + ":" + (key + 1) + ": " + section + " has its entries in the same line. "
                    + "Write each of them in lines of its own");
        }
        int last = key;
        for (int i = key + 1; i < all.size() && !all.get(i).matches("(?s)[^\\s#].*"); i++) {
            last = all.get(i).isBlank() || all.get(i).startsWith("#") ? last : i;
        }
        String before = String.join("", all.subList(0, last + 1));
        String gap = before.endsWith("\n") ? "" : end;
        return of(file.path(), before + gap + (last == key ? "" : end) + added + String.join("", all.subList(last + 1,
                all.size())));
    }

    private static int line(List<String> lines, String section) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches("(?s)" + section + ":(\\s.*)?")) {
                return i;
            }
        }
        return -1;
    }
}
