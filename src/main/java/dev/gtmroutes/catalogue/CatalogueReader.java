// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Reads a catalogue file. */
final class CatalogueReader {

    private static final List<String> KEYS = List.of("vendor", "title", "color", "api", "readApi", "manualRequest",
            "endpoints", "listing", "lists");
    private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
    private static final String NAME_ALLOWED = "lower-case letters and digits, beginning with a letter, with '-' between "
            + "words";
    private static final String TITLE = "[A-Za-z0-9][A-Za-z0-9 .&'()-]*";
    private static final String TITLE_ALLOWED = "letters, digits, spaces and . & ' ( ) -";
    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");

    /** Settings of the program, or folders of Kamelets, begin with these. */
    private static final Set<String> TAKEN = Set.of("gtm", "camel", "quarkus", "smallrye", "mp", "flow", "env", "sys",
            "delivery", "sources", "http", "kafka", "record", "response", "inbox");

    private final Path file;

    private CatalogueReader(Path file) {
        this.file = file;
    }

    /** @throws CatalogueException for the first mistake in it */
    static VendorEntry read(Path file) throws CatalogueException {
        return new CatalogueReader(file).read(YamlFile.read(file));
    }

    /** @throws CatalogueException for the first mistake in it */
    static VendorEntry of(Path file, String text) throws CatalogueException {
        return new CatalogueReader(file).read(YamlFile.of(file, text));
    }

    private VendorEntry read(YamlFile yaml) throws CatalogueException {
        for (Finding each : yaml.problems()) {
            throw new CatalogueException(file, each.line(), each.message());
        }
        Section all = Section.of(file, "the catalogue file", yaml.root(), KEYS);
        String vendor = all.matching("vendor", NAME, NAME_ALLOWED);
        if (TAKEN.contains(vendor)) {
            throw all.wrong("vendor", "is '" + vendor + "', which is reserved for the program. Choose another name");
        }
        if (!file.getFileName().toString().equals(vendor + ".yaml")) {
            throw all.wrong("vendor", "is '" + vendor + "'. Allowed: the name of the file without .yaml");
        }
        String title = all.matching("title", TITLE, TITLE_ALLOWED);
        String color = all.has("color")
                ? all.matching("color", "#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?", "a color such as \"#0a7\"") : "#666";
        ApiReader apis = new ApiReader();
        List<ApiEntry> entries = new ArrayList<>(List.of(apis.read(all)));
        if (all.has("readApi")) {
            entries.add(apis.readShared(all, entries.get(0)));
        }
        return new VendorEntry(vendor, title, color, List.copyOf(entries), methods(all), endpoints(all),
                lists(all));
    }

    private static List<String> methods(Section all) throws CatalogueException {
        if (!all.has("manualRequest")) {
            return List.of();
        }
        Section manual = all.section("manualRequest", List.of("methods"));
        List<String> methods = manual.names("methods");
        if (methods.isEmpty() || !METHODS.containsAll(methods)) {
            throw manual.wrong("methods", "must be a list of methods. Allowed: " + String.join(", ", METHODS));
        }
        return methods;
    }

    private List<EndpointEntry> endpoints(Section all) throws CatalogueException {
        List<EndpointEntry> endpoints = new ArrayList<>();
        Set<String> titles = new TreeSet<>();
        for (YamlNode.Entry each : all.entries("endpoints")) {
            if (each.key().equals("request") && all.has("manualRequest")) {
                throw new CatalogueException(file, each.line(), "the name 'request' is reserved for manualRequest. Choose "
                        + "another name");
            }
            named(each, "an endpoint");
            EndpointEntry endpoint = new EndpointReader(file).read(each.key(), each.value());
            titled(each, "endpoint", endpoint.title(), titles);
            endpoints.add(endpoint);
        }
        return List.copyOf(endpoints);
    }

    static List<String> keys() {
        return KEYS;
    }

    private List<ListEntry> lists(Section all) throws CatalogueException {
        List<ListEntry> lists = new ArrayList<>();
        Set<String> titles = new TreeSet<>();
        if (all.has("listing") && !all.has("lists")) {
            throw all.wrong("listing", "has no effect without lists");
        }
        ListReader reader = new ListReader(file, all.optional("listing", ListReader.LISTING));
        for (YamlNode.Entry each : all.entries("lists")) {
            named(each, "a list");
            ListEntry list = reader.read(each.key(), each.value());
            titled(each, "list", list.title(), titles);
            lists.add(list);
        }
        return List.copyOf(lists);
    }

    private void named(YamlNode.Entry entry, String what) throws CatalogueException {
        if (!entry.key().matches(NAME)) {
            throw new CatalogueException(file, entry.line(), "'" + entry.key() + "' cannot be the name of " + what
                    + ". Allowed: " + NAME_ALLOWED);
        }
    }

    private void titled(YamlNode.Entry entry, String what, String title, Set<String> titles) throws CatalogueException {
        if (!titles.add(title)) {
            throw new CatalogueException(file, entry.value().get("title").line(), "another " + what + " has the title "
                    + title + ", too. Forms show titles: choose another title");
        }
    }

    static String nameForm() {
        return NAME;
    }

    static String nameAllowed() {
        return NAME_ALLOWED;
    }

    static String titleForm() {
        return TITLE;
    }

    static String titleAllowed() {
        return TITLE_ALLOWED;
    }

    static List<String> methodNames() {
        return METHODS;
    }
}
