// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How records stand in the body of a request.
 *
 * @param pattern as catalogue files write it; blank for the record itself, {@code none} for no body
 * @param form    whether it is a form
 * @param many    whether it holds several records
 * @param most    how many; 0 for any number
 * @param record  what is said of one record; null without a body
 * @param schema  of the whole body; null if nothing is said of it
 * @param note    what a person should look at; blank if nothing
 */
record DocumentBody(String pattern, boolean form, boolean many, int most, SchemaView record, JsonNode schema, String note) {

    static final String NAME = "[A-Za-z0-9_.-]+";

    private static final String FORM = "application/x-www-form-urlencoded";

    static DocumentBody of(OpenApiDocument document, DocumentOperation operation) throws ImportException {
        if (operation.bodies().isEmpty()) {
            return new DocumentBody("none", false, false, 0, null, null, "");
        }
        JsonNode json = operation.jsonBody();
        if (!json.isMissingNode()) {
            return ofJson(SchemaView.of(document, json), json.isEmpty() ? null : json);
        }
        JsonNode form = operation.bodies().get(FORM);
        if (form == null) {
            throw new ImportException("its body is " + String.join(", ", operation.bodies().keySet())
                    + ". Only JSON and forms can be sent");
        }
        return new DocumentBody("", true, false, 0, SchemaView.of(document, form), form.isEmpty() ? null : form, "");
    }

    private static DocumentBody ofJson(SchemaView body, JsonNode schema) throws ImportException {
        if (body.isArrayOfObjects()) {
            return new DocumentBody("[\"{*}\"]", false, true, body.mostItems(), body.items(), schema, "");
        }
        if (!body.isObject() && !body.type().isEmpty()) {
            throw new ImportException("its body is neither an object nor a list of objects");
        }
        String only = body.names().size() == 1 ? body.names().iterator().next() : "";
        if (only.matches(NAME)) {
            SchemaView inner = body.property(only);
            if (inner.isArrayOfObjects()) {
                return new DocumentBody("{\"" + only + "\":[\"{*}\"]}", false, true, inner.mostItems(), inner.items(),
                        schema, "");
            }
            if (inner.isObject() && !inner.names().isEmpty()) {
                return new DocumentBody("{\"" + only + "\":\"{*}\"}", false, false, 0, inner, schema, "");
            }
        }
        return new DocumentBody("", false, false, 0, body, schema, note(body));
    }

    /** A list that a body needs may be its records, but then the other properties would have no place. */
    private static String note(SchemaView body) throws ImportException {
        String only = body.required().size() == 1 ? body.required().iterator().next() : "";
        return only.matches(NAME) && body.property(only).isArrayOfObjects()
                ? "body: each record is a whole body with the list " + only + ". If the records belong into this list, "
                        + "write body and batch"
                : "";
    }
}
