// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.CatalogueException;

/** Makes the entries of the operations of a document, and tells of each operation what became of it. */
final class EntryMaker {

    private static final int MOST_PATH = 500;
    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");
    /** A file of a vendor around an entry, to see whether Kamelets can be written from the entry. */
    private static final String AROUND = "vendor: sample\ntitle: Sample\napi:\n  baseUrl: https://api.example.com\n"
            + "  connectionTest: /\n  credential:\n    header: X\n    api-key: A key.\n";

    private final OpenApiDocument document;
    private final CatalogueText text;
    private final String baseUrl;
    private final EntryNames endpoints;
    private final EntryNames lists;
    private final List<ImportedEntry> entries = new ArrayList<>();
    private boolean elsewhere;

    EntryMaker(OpenApiDocument document, CatalogueText text, String vendor, String baseUrl) {
        this.document = document;
        this.text = text;
        this.baseUrl = baseUrl;
        this.endpoints = new EntryNames(vendor, text.names(ImportedEntry.ENDPOINTS),
                text.titles(ImportedEntry.ENDPOINTS));
        this.lists = new EntryNames(vendor, text.names(ImportedEntry.LISTS), text.titles(ImportedEntry.LISTS));
    }

    List<ImportedEntry> entries() {
        return List.copyOf(entries);
    }

    void add(DocumentOperation operation, List<String> told) {
        try {
            String path = path(operation.path(), told);
            String section = operation.method().equals("GET") ? ImportedEntry.LISTS : ImportedEntry.ENDPOINTS;
            EntryNames names = section.equals(ImportedEntry.LISTS) ? lists : endpoints;
            String name = names.wanted(operation);
            Optional<String> same = text.entry(section, operation.method() + " " + path);
            if (same.isPresent() || text.has(section, name)) {
                told.add("left alone: " + operation.request() + ": the catalogue file has "
                        + same.map(each -> "the entry " + each + " for it").orElse("another entry " + name));
                return;
            }
            name = names.unique(name);
            String title = names.title(section.equals(ImportedEntry.LISTS) ? "" : operation.summary(), name);
            ImportedEntry entry = make(operation, name, title, path);
            check(entry);
            names.take(name, title);
            entries.add(entry);
            told.add("written: " + operation.request() + " as " + entry.name() + " in " + section
                    + (entry.notes().isEmpty() ? "" : "; check: " + String.join("; ", entry.notes())));
        } catch (ImportException e) {
            told.add("left out: " + operation.request() + ": " + e.getMessage());
        }
    }

    private ImportedEntry make(DocumentOperation operation, String name, String title, String path)
            throws ImportException {
        boolean isList = operation.method().equals("GET");
        if (!isList && !METHODS.contains(operation.method())) {
            throw new ImportException("requests with this method carry no records");
        }
        if (operation.deprecated()) {
            throw new ImportException("it is deprecated");
        }
        return isList ? new ListMaker(document).make(operation, name, title, path)
                : new EndpointMaker(document).make(operation, name, title, path);
    }

    /** The path below the base URL of the catalogue file. */
    private String path(String given, List<String> told) throws ImportException {
        // Some documents tell requests with the same path apart by a fragment, which is not sent.
        String path = given.replaceFirst("#.*", "");
        if (!path.matches("/[!-~]{0," + MOST_PATH + "}")) {
            throw new ImportException("its path has characters that a URL cannot have, or more than " + MOST_PATH
                    + " characters");
        }
        String base = text.baseUrl();
        String whole = baseUrl + path;
        if (baseUrl.isEmpty() || whole.startsWith(base + "/")) {
            return baseUrl.isEmpty() ? path : whole.substring(base.length());
        }
        if (!elsewhere) {
            elsewhere = true;
            told.add("check: the document is for " + baseUrl + ", the catalogue file for " + base
                    + ": its paths are taken as they are");
        }
        return path;
    }

    /** What the command {@code catalogue} would refuse is left out. */
    private static void check(ImportedEntry entry) throws ImportException {
        if (Catalogue.hasKey(entry.section())) {
            try {
                Catalogue.of(Path.of("sample.yaml"), AROUND + entry.section() + ":\n" + entry.lines("  ", ""));
            } catch (CatalogueException e) {
                throw new ImportException(e.getMessage().replaceFirst("^sample\\.yaml:\\d+: ", ""));
            }
        }
    }
}
