// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An OpenAPI document, 3.0 or 3.1. References are followed inside of it only. */
final class OpenApiDocument {

    static final String REFERENCE = "$ref";

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    /** What stands below these is data, in which no reference means anything. */
    private static final Set<String> DATA = Set.of("example", "examples", "default", "enum", "const", "value");
    /** In a chain: each reference may lead to the next one. */
    private static final int MOST_REFERENCES = 50;
    /** Of schemas that are looked at for all entries together. */
    private static final int MOST_PARTS = 2_000_000;
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");

    private final Path file;
    private final JsonNode root;
    private final boolean oldForm;
    private int parts;

    private OpenApiDocument(Path file, JsonNode root, boolean oldForm) {
        this.file = file;
        this.root = root;
        this.oldForm = oldForm;
    }

    /** @throws ImportException if it is no such document, or refers to anything outside of it */
    static OpenApiDocument read(Path file) throws ImportException {
        JsonNode read = DocumentReader.read(file);
        if (read.has("swagger")) {
            throw new ImportException(file + ": it is a Swagger " + read.get("swagger").asText("")
                    + " document. Convert it to OpenAPI 3 first");
        }
        String version = read.path("openapi").asText("");
        if (!(read instanceof ObjectNode whole) || !version.matches("3\\.[01](\\..*)?")) {
            throw new ImportException(file + ": it is not an OpenAPI document of version 3.0 or 3.1");
        }
        OpenApiDocument document = new OpenApiDocument(file, ParsedDocument.of(file, whole), version.startsWith("3.0"));
        document.checkReferences(document.root, "#");
        return document;
    }

    /** One that leads to nothing concerns only what uses it. */
    private void checkReferences(JsonNode node, String at) throws ImportException {
        if (node.path(REFERENCE).isTextual()) {
            follow(node, " at " + at, false);
        }
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            if (!DATA.contains(each.getKey()) && !each.getKey().startsWith("x-")) {
                checkReferences(each.getValue(), at + "/" + each.getKey());
            }
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            checkReferences(node.get(i), at + "/" + i);
        }
    }

    /** What a part of the document is, once its references are followed. */
    JsonNode resolve(JsonNode node) throws ImportException {
        return follow(node, "", true);
    }

    private JsonNode follow(JsonNode node, String at, boolean complete) throws ImportException {
        Set<String> followed = new HashSet<>();
        JsonNode now = node;
        while (now.path(REFERENCE).isTextual()) {
            String reference = now.get(REFERENCE).asText();
            if (!reference.startsWith("#")) {
                throw new ImportException(file + ": the reference " + reference + at + " leads out of the document, and "
                        + "nothing else is read. Put all parts into one file first");
            }
            if (followed.size() == MOST_REFERENCES) {
                throw new ImportException(file + ": the reference " + reference + at + " is one of more than "
                        + MOST_REFERENCES + " that lead to each other");
            }
            if (!followed.add(reference)) {
                throw new ImportException(file + ": the reference " + reference + at + " leads back to itself");
            }
            now = target(reference);
            if (complete && now.isMissingNode()) {
                throw new ImportException("the reference " + reference + " leads to nothing");
            }
        }
        return now;
    }

    /** What a reference stands for, which may be another reference; missing if it leads to nothing. */
    JsonNode target(String reference) {
        try {
            return reference.equals("#") || reference.startsWith("#/") ? root.at(JsonPointer.compile(
                    URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8)))
                    : MissingNode.getInstance();
        } catch (IllegalArgumentException e) {
            return MissingNode.getInstance();
        }
    }

    /** To be called for each part of a schema that is looked at: 200 operations with a large schema each must end, too. */
    void count() throws ImportException {
        if (++parts > MOST_PARTS) {
            throw new ImportException("the schemas of these operations have more than " + MOST_PARTS + " parts together. "
                    + "Import fewer paths at a time");
        }
    }

    Path file() {
        return file;
    }

    /** Whether schemas have the form of OpenAPI 3.0, in which a reference has no siblings. */
    boolean isOldForm() {
        return oldForm;
    }

    String title() {
        return root.path("info").path("title").asText("");
    }

    JsonNode root() {
        return root;
    }

    /** The URL that paths are added to; empty if the document has no absolute one. */
    String baseUrl() {
        JsonNode server = root.path("servers").path(0);
        String url = VARIABLE.matcher(server.path("url").asText("")).replaceAll(each -> Matcher.quoteReplacement(
                server.path("variables").path(each.group(1)).path("default").asText(each.group())));
        String trimmed = url.replaceFirst("/+$", "");
        return trimmed.matches("https?://[^\\s{}?#]+") ? trimmed : "";
    }

    /**
     * The operations of the paths that are asked for, in the order of the document.
     *
     * @param told learns of those that cannot be read
     */
    List<DocumentOperation> operations(Predicate<String> paths, Consumer<String> told) {
        List<DocumentOperation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            if (paths.test(path.getKey())) {
                try {
                    JsonNode item = resolve(path.getValue());
                    for (Map.Entry<String, JsonNode> each : item.properties()) {
                        if (METHODS.contains(each.getKey())) {
                            operations.add(DocumentOperation.of(this, path.getKey(), each.getKey(), item, each.getValue()));
                        }
                    }
                } catch (ImportException e) {
                    told.accept("left out: " + path.getKey() + ": " + e.getMessage());
                }
            }
        }
        return operations;
    }

    /** All paths, in the order of the document. */
    List<String> paths() {
        return root.path("paths").properties().stream().map(Map.Entry::getKey).toList();
    }
}
