// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * The body of an answer as data: any JSON in which {@code "${accepted}"} and {@code "${status}"} stand for numbers,
 * {@code ${field}} and {@code ${message}} for text.
 */
public final class BodyPattern {

    private final String text;

    private BodyPattern(String text) {
        this.text = text;
    }

    @JsonCreator
    static BodyPattern of(JsonNode body) {
        return new BodyPattern(body.toString());
    }

    /** The body of an answer that accepted this many records. */
    public String accepted(int records, int status) {
        return numbers(records, status);
    }

    /** The body of a refusal; {@code field} names what was wrong in the request. */
    public String refused(int status, String field, String message) {
        // The message goes in last: whatever looks like a placeholder in it stays as it is.
        return numbers(0, status).replace("${field}", escaped(field)).replace("${message}", escaped(message));
    }

    private String numbers(int accepted, int status) {
        return text.replace("\"${accepted}\"", Integer.toString(accepted))
                .replace("\"${status}\"", Integer.toString(status));
    }

    private static String escaped(String value) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(value));
    }
}
