// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.catalogue.YamlText;
import dev.gtmroutes.catalogue.openapi.DocumentOperation.Parameter;

/** Makes the entry of a list that records are read from. */
final class ListMaker {

    private static final List<String> RECORDS = List.of("data", "items", "results", "value", "values", "records", "entries");
    private static final List<String> KEYS = List.of("id", "uuid", "guid", "gid", "key", "_id");
    private static final String FIELD = "[\\w$-]+";
    private static final int MOST_FIELDS = 40;
    private static final Pattern VARIABLE = Pattern.compile("\\{([^{}]+)}");
    private static final Pattern SINCE = Pattern.compile(
            "((updated|modified|changed|last_modified|last_updated|lastModified|lastUpdated)(_?[aA]t|_?[oO]n|_date)?)"
                    + "(\\[gte?]|_since|_after|_from|_gte?|Since|After|From|\\.gte?)"
                    + "|since|modifiedSince|updatedSince");
    private static final List<String> CHANGED = List.of("updated_at", "updatedAt", "modified_at", "modifiedAt", "updated_on",
            "last_modified", "lastModified", "last_modified_at", "lastModifiedAt", "updated", "modified", "changed_at");

    /** Where the array of a page stands, dotted and blank for the page itself, and its elements. */
    private record Found(String path, SchemaView records) {
    }

    private final OpenApiDocument document;

    ListMaker(OpenApiDocument document) {
        this.document = document;
    }

    /**
     * @param  path of the request below the base URL of the catalogue file
     * @throws ImportException if it is no list; the message says why
     */
    ImportedEntry make(DocumentOperation operation, String name, String title, String path) throws ImportException {
        JsonNode schema = operation.responseSchema();
        if (schema.isMissingNode()) {
            throw new ImportException("its response is not JSON");
        }
        SchemaView page = SchemaView.ofResponse(document, schema);
        Found found = found(page);
        EntryText text = new EntryText(name, title, Sentences.of(operation));
        Map<String, String> parameters = new LinkedHashMap<>();
        text.put("request", "GET " + variables(path, parameters) + query(operation, text));
        parameters(parameters, text);
        new ListPaging(operation, page).write(text);
        text.put("records", found.path().isEmpty() ? "none" : found.path());
        String key = KEYS.stream().filter(found.records().names()::contains).findFirst().orElse("");
        if (key.isEmpty()) {
            text.note("key: the document has no attribute that is known to identify a record; the whole record does");
        }
        text.put("key", key.isEmpty() ? "none" : key);
        changes(operation, found.records(), !key.isEmpty(), text);
        text.put("evidence", "reference");
        text.put("fields", String.join(",",
                found.records().names().stream().filter(each -> each.matches(FIELD)).limit(MOST_FIELDS).toList()));
        return new ImportedEntry(ImportedEntry.LISTS, name, text.toString(), null, text.notes());
    }

    private static Found found(SchemaView page) throws ImportException {
        if (page.isArray()) {
            return new Found("", page.items());
        }
        List<String> arrays = new ArrayList<>();
        for (String each : page.names()) {
            if (each.matches(FIELD) && page.property(each).isArray()) {
                arrays.add(each);
            }
        }
        for (String each : RECORDS) {
            if (arrays.contains(each)) {
                return new Found(each, page.property(each).items());
            }
        }
        for (String each : List.of("data", "result", "response")) {
            SchemaView inner = page.property(each);
            List<String> nested = new ArrayList<>(inner.names());
            nested.removeIf(name -> !name.matches(FIELD));
            for (String name : nested) {
                if (inner.property(name).isArrayOfObjects()) {
                    return new Found(each + "." + name, inner.property(name).items());
                }
            }
        }
        List<String> ofObjects = new ArrayList<>();
        for (String each : arrays) {
            if (page.property(each).isArrayOfObjects()) {
                ofObjects.add(each);
            }
        }
        // An object with one list in it may be a record itself; one that has an id is.
        if (ofObjects.size() != 1 || page.names().contains("id")) {
            throw new ImportException("its response is not a list");
        }
        return new Found(ofObjects.get(0), page.property(ofObjects.get(0)).items());
    }

    /** Each variable of the path becomes a parameter of the source, whose name has letters and digits only. */
    private static String variables(String path, Map<String, String> parameters) throws ImportException {
        StringBuilder filled = new StringBuilder();
        Matcher each = VARIABLE.matcher(path);
        while (each.find()) {
            String words = EntryNames.words(each.group(1).replaceAll("(?<=[a-z0-9])(?=[A-Z])", " "));
            if (!words.matches("[A-Za-z].*")) {
                throw new ImportException(
                        "the name of its path parameter " + each.group(1) + " cannot be that of a parameter");
            }
            String joined = words.replace(" ", "");
            String name = joined.substring(0, 1).toLowerCase(Locale.ROOT) + joined.substring(1);
            parameters.put(name, words);
            each.appendReplacement(filled, "{" + name + "}");
        }
        return each.appendTail(filled).toString();
    }

    private static void parameters(Map<String, String> parameters, EntryText text) {
        if (parameters.isEmpty()) {
            return;
        }
        StringBuilder lines = new StringBuilder("  parameters:\n");
        parameters.forEach((name, title) -> lines.append("    ").append(name).append(": {title: ")
                .append(YamlText.title(title)).append(", description: ")
                .append(YamlText.quoted("The value of " + name + " in the path.")).append("}\n"));
        text.lines(lines.toString());
    }

    private static String query(DocumentOperation operation, EntryText text) {
        StringBuilder query = new StringBuilder();
        for (Parameter each : operation.in("query")) {
            if (each.required() && each.usual().matches("[A-Za-z0-9_.-]+")
                    && each.name().matches("[A-Za-z0-9_.\\[\\]-]+")) {
                query.append(query.isEmpty() ? '?' : '&').append(each.name()).append('=').append(each.usual());
            } else if (each.required()) {
                text.note("a flow has to give the parameter " + each.name().replaceAll("[^!-~]", "?") + " in query");
            }
        }
        return query.toString();
    }

    /** Which parameter asks for changed records, where its name says so and the records have the time of their change. */
    private void changes(DocumentOperation operation, SchemaView records, boolean hasKey, EntryText text)
            throws ImportException {
        for (Parameter each : operation.in("query")) {
            String since = each.schema().path("properties").has("gte") ? each.name() + "[gte]" : each.name();
            Matcher name = SINCE.matcher(since);
            if (!name.matches()) {
                continue;
            }
            String asked = name.group(1) == null ? "" : name.group(1);
            String changed = records.names().contains(asked) ? asked
                    : CHANGED.stream().filter(records.names()::contains).findFirst().orElse("");
            if (changed.isEmpty() || !hasKey) {
                text.note("since: " + since
                        + " seems to ask for changed records; which attribute has the time of the change?");
            } else {
                text.put("changed", changed).put("since", since);
                text.note(
                        "sorted: if a parameter of the query sorts by " + changed + ", add it to request, and sorted: true");
            }
            return;
        }
    }
}
