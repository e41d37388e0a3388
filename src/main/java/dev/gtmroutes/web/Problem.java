// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.form.RefusedEdit;
import jakarta.ws.rs.core.Response;

/**
 * An error answer in the form of RFC 9457, {@code application/problem+json}. It has no {@code type}: the status says
 * what kind of problem it is.
 */
public final class Problem {

    /** The media type of such an answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int CONTENT_TOO_LARGE = 413;

    private Problem() {
    }

    /**
     * @param status the HTTP status
     * @param title  what kind of error it is, the same for every error of the kind
     * @param detail one sentence that says what was wrong and what to do
     */
    public static Response of(int status, String title, String detail) {
        return Response.status(status).type(MEDIA_TYPE).entity(json(status, title, detail)).build();
    }

    /** What is wrong with an edit, by field. */
    public static Response of(RefusedEdit refused) {
        int status = refused.kind().status();
        ObjectNode body = node(status, refused.kind().title(), "Nothing was changed: " + refused.getMessage());
        ArrayNode findings = body.putArray("findings");
        refused.findings()
                .forEach(each -> findings.addObject().put("field", each.field()).put("message", each.message()));
        return Response.status(status).type(MEDIA_TYPE).entity(body.toString()).build();
    }

    /** The text with a full stop at its end. */
    public static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    /** The body of {@link #of(int, String, String)}. */
    public static String json(int status, String title, String detail) {
        return node(status, title, detail).toString();
    }

    private static ObjectNode node(int status, String title, String detail) {
        return JsonNodeFactory.instance.objectNode()
                .put("title", title)
                .put("status", status)
                .put("detail", detail);
    }

    /** The usual title for a status. */
    public static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return status == CONTENT_TOO_LARGE ? "Content Too Large" : known == null ? "Error" : known.getReasonPhrase();
    }
}
