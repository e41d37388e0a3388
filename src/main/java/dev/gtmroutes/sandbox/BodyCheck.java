package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Checks one request body against what its endpoint takes, in one pass and without building a tree. A body that is
 * not JSON from end to end is always reported as that, whatever else is wrong with it.
 */
final class BodyCheck {

    private static final int MALFORMED = 400;
    private static final int WRONG_SHAPE = 422;

    // UTF-8 is the only encoding of JSON on the wire: Jackson must not guess another one.
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Endpoint endpoint;
    private int records;
    private Refusal wrongShape;

    private BodyCheck(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** What a body holds. */
    static Finding check(Endpoint endpoint, byte[] body) {
        return new BodyCheck(endpoint).run(body);
    }

    private Finding run(byte[] body) {
        if (endpoint.body() == BodyForm.NONE) {
            return body.length == 0 ? new Finding(1, null)
                    : new Finding(0, new Refusal(WRONG_SHAPE, "body", "this endpoint takes no body"));
        }
        try (JsonParser parser = STRICT.createParser(body)) {
            if (parser.nextToken() == null) {
                return malformed("the body is empty");
            }
            value(parser);
            if (parser.nextToken() != null) {
                return malformed("something follows the JSON value");
            }
            return new Finding(records, wrongShape);
        } catch (JsonProcessingException e) {
            return malformed(sentence(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void value(JsonParser parser) throws IOException {
        if (endpoint.body() == BodyForm.ARRAY) {
            array(parser, "body");
        } else if (endpoint.recordsAt() != null) {
            wrapper(parser);
        } else {
            record(parser, "the body");
        }
    }

    private void wrapper(JsonParser parser) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            wrong("body", "the body is " + kind(parser) + ", not an object");
            parser.skipChildren();
            return;
        }
        boolean found = false;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (name.equals(endpoint.recordsAt())) {
                found = true;
                array(parser, name);
            } else {
                parser.skipChildren();
            }
        }
        if (!found) {
            wrong(endpoint.recordsAt(), "the body lacks the array '" + endpoint.recordsAt() + "'");
        }
    }

    private void array(JsonParser parser, String name) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            wrong(name, "the " + name + " is " + kind(parser) + ", not an array");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            record(parser, "element " + records);
        }
        if (records == 0) {
            wrong(name, "the array is empty: it takes 1 to " + endpoint.maxItems() + " elements");
        } else if (records > endpoint.maxItems()) {
            wrong(name, "element " + endpoint.maxItems() + " is one too many: it takes 1 to " + endpoint.maxItems()
                    + " elements, " + records + " came");
        }
    }

    private void record(JsonParser parser, String place) throws IOException {
        records++;
        if (!parser.isExpectedStartObjectToken()) {
            wrong("body", place + " is " + kind(parser) + ", not an object");
            parser.skipChildren();
        } else if (endpoint.required().isEmpty()) {
            parser.skipChildren();
        } else {
            attributes(parser, place);
        }
    }

    private void attributes(JsonParser parser, String place) throws IOException {
        Set<String> missing = new HashSet<>(endpoint.required());
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() != JsonToken.VALUE_NULL) {
                missing.remove(name);
            }
            parser.skipChildren();
        }
        for (String name : endpoint.required()) {
            if (missing.contains(name)) {
                wrong(name, place + " lacks the required attribute '" + name + "'");
            }
        }
    }

    private static String kind(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_NULL -> "null";
            default -> "a boolean";
        };
    }

    private void wrong(String field, String message) {
        if (wrongShape == null) {
            wrongShape = new Refusal(WRONG_SHAPE, field, message);
        }
    }

    private static Finding malformed(String why) {
        return new Finding(0, new Refusal(MALFORMED, "body", "malformed JSON: " + why));
    }

    private static String sentence(JsonProcessingException e) {
        String what = e.getOriginalMessage().lines().findFirst().orElse("not JSON");
        // Jackson names no place when one of its limits (depth, length of a name) is exceeded.
        JsonLocation place = e.getLocation();
        return place == null ? what
                : what + " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    /** How many records a body holds, and why it is refused; null = it is not. */
    record Finding(int records, Refusal refusal) {
    }
}
