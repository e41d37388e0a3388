// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.CatalogueException;
import dev.gtmroutes.disk.FileErrors;

/**
 * Entries of a catalogue file from an OpenAPI document, and the JSON Schemas of their requests. Nothing is written before
 * {@link #write()}, and what the catalogue file has already stays as it is.
 */
public final class OpenApiImport {

    private static final int MOST_OPERATIONS = 200;
    private static final List<String> SECTIONS = List.of(ImportedEntry.ENDPOINTS, ImportedEntry.LISTS);

    /**
     * What is asked for.
     *
     * @param document the file of the document
     * @param vendor   the name of the catalogue file
     * @param paths    globs of paths, comma-separated; blank for all
     * @param baseUrl  in place of the URL in the document; blank for that
     */
    public record Wanted(Path document, String vendor, String paths, String baseUrl) {
    }

    private final Path file;
    private final List<String> told = new ArrayList<>();
    private final StringBuilder added = new StringBuilder();
    private final Map<Path, byte[]> schemas = new LinkedHashMap<>();
    private CatalogueText text;
    private int count;

    private OpenApiImport(Path file) {
        this.file = file;
    }

    /**
     * Reads a document and makes entries of it.
     *
     * @param folder of the catalogue files
     * @throws ImportException if that is not possible; the message is one line
     */
    public static OpenApiImport of(Wanted wanted, Path folder) throws ImportException {
        if (!Catalogue.isVendorName(wanted.vendor())) {
            throw new ImportException("the vendor is '" + wanted.vendor() + "'. Allowed: lower-case letters and digits, "
                    + "beginning with a letter, with '-' between words");
        }
        OpenApiDocument document = OpenApiDocument.read(wanted.document());
        PathGlobs globs = new PathGlobs(wanted.paths());
        globs.check(document.paths());
        OpenApiImport made = new OpenApiImport(folder.resolve(wanted.vendor() + ".yaml"));
        List<DocumentOperation> operations = document.operations(globs, made.told::add);
        if (globs.isAll() && operations.size() > MOST_OPERATIONS) {
            throw new ImportException(wanted.document() + ": the document has " + operations.size()
                    + " operations. Choose some of them, such as --paths '/people,/people/*'");
        }
        String baseUrl = wanted.baseUrl().isEmpty() ? document.baseUrl() : wanted.baseUrl().replaceFirst("/+$", "");
        made.begin(document, wanted.vendor(), baseUrl);
        EntryMaker maker = new EntryMaker(document, made.text, wanted.vendor(), baseUrl);
        operations.forEach(each -> maker.add(each, made.told));
        made.add(maker.entries(), wanted.vendor());
        return made;
    }

    /** The catalogue file as it is, or the first part of a new one. */
    private void begin(OpenApiDocument document, String vendor, String baseUrl) throws ImportException {
        try {
            if (Files.exists(file)) {
                text = CatalogueText.of(file, Files.readString(file));
                return;
            }
        } catch (IOException e) {
            throw new ImportException(FileErrors.text(e));
        }
        VendorText made = new VendorText(document, vendor);
        added.append(made.text(baseUrl));
        text = CatalogueText.of(file, added.toString());
        made.notes().forEach(each -> told.add("check: " + each));
    }

    private void add(List<ImportedEntry> entries, String vendor) throws ImportException {
        CatalogueText all = text;
        for (String section : SECTIONS) {
            all = Catalogue.hasKey(section) ? with(all, section, lines(entries, section, null)) : all;
        }
        check(all);
        for (String section : SECTIONS) {
            String lines = lines(entries, section, vendor);
            added.append(lines.isEmpty() ? "" : "\n" + section + ":\n" + lines);
            text = with(text, section, lines);
        }
        for (ImportedEntry each : entries) {
            if (each.schema() != null) {
                schemas.put(file.resolveSibling(each.schemaFile(vendor)),
                        (each.schema().toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        count = entries.size();
    }

    /** @param vendor null for entries without their schemas, whose files are not there yet */
    private String lines(List<ImportedEntry> entries, String section, String vendor) {
        String indent = text.indent(section);
        return String.join("\n", entries.stream().filter(each -> each.section().equals(section))
                .map(each -> each.lines(indent, vendor == null ? "" : each.schemaFile(vendor))).toList());
    }

    private static CatalogueText with(CatalogueText text, String section, String lines) throws ImportException {
        return lines.isEmpty() ? text : text.with(section, lines);
    }

    private void check(CatalogueText all) throws ImportException {
        try {
            Catalogue.of(file, all.text());
        } catch (CatalogueException e) {
            throw new ImportException(e.getMessage());
        }
    }

    /** For each operation, one line: written, left alone or left out, and why. */
    public List<String> told() {
        return List.copyOf(told);
    }

    /** How many entries there are to be written. */
    public int count() {
        return count;
    }

    /** The catalogue file. */
    public Path file() {
        return file;
    }

    /** The lines that are added to it. */
    public String added() {
        return added.toString();
    }

    /**
     * Writes the schemas, then the catalogue file.
     *
     * @throws IOException if that is not possible; each file is as before or as it belongs
     */
    public void write() throws IOException {
        if (count == 0) {
            return;
        }
        for (Map.Entry<Path, byte[]> each : schemas.entrySet()) {
            write(each.getKey(), each.getValue());
        }
        write(file, text.text().getBytes(StandardCharsets.UTF_8));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Path made = file.resolveSibling("." + file.getFileName());
        Files.write(made, bytes);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
