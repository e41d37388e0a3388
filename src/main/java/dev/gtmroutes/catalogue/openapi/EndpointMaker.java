// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.catalogue.openapi.DocumentOperation.Parameter;

/** Makes the entry of an endpoint that records are sent to. */
final class EndpointMaker {

    /** A text that an added attribute can have. */
    private static final String ADDED = "[A-Za-z0-9_.:/@+-]+";
    /** The program sends these by itself, or does without them. */
    private static final List<String> OWN_HEADERS = List.of("authorization", "accept", "content-type", "user-agent",
            "idempotency-key");

    private final OpenApiDocument document;

    EndpointMaker(OpenApiDocument document) {
        this.document = document;
    }

    /**
     * @param  path of the request below the base URL of the catalogue file
     * @throws ImportException if records cannot be sent to it; the message says why
     */
    ImportedEntry make(DocumentOperation operation, String name, String title, String path) throws ImportException {
        DocumentBody body = DocumentBody.of(document, operation);
        EntryText text = new EntryText(name, title, Sentences.of(operation));
        text.put("request", operation.method() + " " + path + query(operation));
        if (body.record() != null) {
            attributes(body.record(), text);
        }
        text.put("body", body.pattern()).put("contentFormat", body.form() ? "form" : "");
        text.put("batch", body.many() && body.most() != 1 ? "optional" : "");
        text.put("largestBatch", body.many() && body.most() > 1 ? String.valueOf(body.most()) : "");
        text.put("onceOnly", operation.method().equals("POST"));
        text.put("keepUrlAttributes", body.record() != null && operation.parameters().stream()
                .anyMatch(each -> each.isIn("path") && body.record().names().contains(each.name())));
        text.put("irreversible", operation.method().equals("DELETE"));
        headers(operation, text);
        if (!body.note().isEmpty()) {
            text.note(body.note());
        }
        ObjectNode schema = schema(body, text);
        return new ImportedEntry(ImportedEntry.ENDPOINTS, name, text.toString(), schema, text.notes());
    }

    /** An endpoint is of use without a schema, too. */
    private ObjectNode schema(DocumentBody body, EntryText text) {
        try {
            return body.schema() == null ? null : SelfContainedSchema.of(document, body.schema());
        } catch (ImportException e) {
            text.note("there is no schema for checks: " + e.getMessage());
            return null;
        }
    }

    /** What a record needs, and what each record has in the same way. */
    private static void attributes(SchemaView record, EntryText text) throws ImportException {
        List<String> required = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (String each : record.required()) {
            String constant = record.constant(each);
            if (!each.matches(DocumentBody.NAME)) {
                text.note("the required attribute " + each.replaceAll("[^ -~]", "?") + " is not in required: its name has "
                        + "characters that a list of names cannot have");
            } else if (constant.matches(ADDED)) {
                added.add(each + "=" + constant);
            } else {
                required.add(each);
            }
        }
        text.put("required", String.join(",", required)).put("add", String.join(",", added));
    }

    /** The query that a request needs. An attribute that is a value in it is no part of the body. */
    private static String query(DocumentOperation operation) throws ImportException {
        for (Parameter each : operation.in("path")) {
            if (!each.name().matches(DocumentBody.NAME)) {
                throw new ImportException(
                        "the name of its path parameter " + each.name() + " cannot be that of an attribute");
            }
        }
        for (Parameter each : operation.in("cookie")) {
            if (each.required()) {
                throw new ImportException("it requires the cookie " + each.name());
            }
        }
        StringBuilder query = new StringBuilder();
        for (Parameter each : operation.in("query")) {
            if (each.required()) {
                if (each.isList() || !each.name().matches(DocumentBody.NAME)) {
                    throw new ImportException("it requires the query parameter " + each.name()
                            + ", which is a list, or has a name that no attribute can have");
                }
                query.append(query.isEmpty() ? '?' : '&').append(each.name()).append('=')
                        .append(each.constant().matches("[A-Za-z0-9_.-]+") ? each.constant() : "{" + each.name() + "}");
            }
        }
        return query.toString();
    }

    private static void headers(DocumentOperation operation, EntryText text) {
        for (Parameter each : operation.in("header")) {
            if (each.required() && !OWN_HEADERS.contains(each.name().toLowerCase(Locale.ROOT))) {
                text.note("a flow has to set the header " + each.name().replaceAll("[^!-~]", "?") + " with requestHeaders");
            }
        }
    }
}
