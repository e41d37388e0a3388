// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;

/**
 * Checks one request body against one form, in one pass and without building a tree. A body that is not JSON from end
 * to end is always reported as that, whatever else is wrong with it.
 */
final class BodyCheck {

    private static final int MALFORMED = 400;
    private static final int UNWANTED = 422;

    // UTF-8 is the only encoding of JSON on the wire: Jackson must not guess another one.
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final EndpointForm form;
    private final BodyErrors complaints = new BodyErrors();
    private final AttributeCheck attributes = new AttributeCheck(complaints);
    private int records;

    private BodyCheck(EndpointForm form) {
        this.form = form;
    }

    /** What a body holds. */
    static FormFinding check(EndpointForm form, byte[] body) {
        if (form.body() == BodyForm.NONE) {
            return body.length == 0 ? new FormFinding(1, null, false)
                    : new FormFinding(0, new RequestRefusal(UNWANTED, "body", "this endpoint accepts no body"), true);
        }
        return new BodyCheck(form).run(body);
    }

    private FormFinding run(byte[] body) {
        try (JsonParser parser = STRICT.createParser(body)) {
            if (parser.nextToken() == null) {
                return malformed("the body is empty", body.length == 0);
            }
            if (form.at() == null) {
                content(parser, "body", "the body");
            } else {
                wrapper(parser);
            }
            if (parser.nextToken() != null) {
                return malformed("text after the JSON value", false);
            }
            return new FormFinding(records, complaints.first(), complaints.isForeign());
        } catch (JsonProcessingException e) {
            return malformed(sentence(e), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void wrapper(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            complaints.addKind("body", "the body", parser, "an object");
            parser.skipChildren();
            return;
        }
        boolean found = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(form.at())) {
                found = true;
                content(parser, name, "the attribute '" + name + "'");
            } else {
                parser.skipChildren();
            }
        }
        if (!found) {
            complaints.addForeign(form.at(), "the body lacks the required attribute '" + form.at() + "'");
        }
    }

    private void content(JsonParser parser, String field, String place) throws IOException {
        if (form.body() == BodyForm.ARRAY) {
            array(parser, field, place);
        } else {
            record(parser, field, place);
        }
    }

    private void array(JsonParser parser, String field, String place) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            complaints.addKind(field, place, parser, "an array");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            record(parser, field, "element " + records);
        }
        if (records == 0) {
            complaints.add(field, "the array is empty; it must have 1 to " + form.maxItems() + " elements");
        } else if (records > form.maxItems()) {
            complaints.add(field, "element " + form.maxItems() + " is one too many; the array must have 1 to "
                    + form.maxItems()
                    + " elements, " + records + " were sent");
        }
    }

    private void record(JsonParser parser, String field, String place) throws IOException {
        records++;
        if (parser.isExpectedStartObjectToken()) {
            attributes.object(parser, form.rule(), place);
        } else {
            complaints.addKind(field, place, parser, "an object");
            parser.skipChildren();
        }
    }

    private static FormFinding malformed(String why, boolean foreign) {
        return new FormFinding(0, new RequestRefusal(MALFORMED, "body", "malformed JSON: " + why), foreign);
    }

    private static String sentence(JsonProcessingException e) {
        String what = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
        // Jackson names no place when one of its limits (depth, length of a name) is exceeded.
        JsonLocation place = e.getLocation();
        return place == null ? what
                : what + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }
}
