// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** Checks the attributes of an object while it is parsed, without building a tree. */
final class AttributeCheck {

    private final BodyErrors complaints;

    AttributeCheck(BodyErrors complaints) {
        this.complaints = complaints;
    }

    /** Reads the object that starts where the parser stands to its end; place is the start of a sentence about it. */
    void object(JsonParser parser, AttributeRule rule, String place) throws IOException {
        if (rule.isLeaf()) {
            parser.skipChildren();
            return;
        }
        Set<String> present = new HashSet<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            AttributeRule inner = rule.inner(name);
            if (inner == null || isMissing(parser)) {
                parser.skipChildren();
            } else {
                present.add(inner.path());
                attribute(parser, inner, place);
            }
        }
        for (AttributeRule wanted : rule.required()) {
            if (!present.contains(wanted.path())) {
                complaints.add(wanted.path(), place + " lacks the required attribute '" + wanted.path() + "'");
            }
        }
    }

    /** Null and the empty string are as good as nothing. */
    private static boolean isMissing(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL
                || parser.currentToken() == JsonToken.VALUE_STRING && parser.getTextLength() == 0;
    }

    private void attribute(JsonParser parser, AttributeRule rule, String place) throws IOException {
        if (rule.isForeign()) {
            complaints.addForeign(rule.path(),
                    "the attribute '" + rule.path() + "' belongs to another form of this request");
        }
        if (!rule.values().isEmpty() && !(parser.currentToken().isScalarValue() && rule.allows(parser.getText()))) {
            complaints.add(rule.path(), "the attribute '" + rule.path() + "' must be one of: "
                    + String.join(", ", rule.values()));
        }
        if (rule.isLeaf()) {
            parser.skipChildren();
        } else if (rule.isArray()) {
            array(parser, rule, place);
        } else {
            expectObject(parser, rule, place, "the attribute '" + rule.path() + "'");
        }
    }

    private void array(JsonParser parser, AttributeRule rule, String place) throws IOException {
        if (!parser.isExpectedStartArrayToken()) {
            complaints.addKind(rule.path(), "the attribute '" + rule.path() + "'", parser, "an array");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expectObject(parser, rule, place, "an element of '" + rule.path() + "'");
        }
    }

    private void expectObject(JsonParser parser, AttributeRule rule, String place, String what) throws IOException {
        if (parser.isExpectedStartObjectToken()) {
            object(parser, rule, place);
        } else {
            complaints.addKind(rule.path(), what, parser, "an object");
            parser.skipChildren();
        }
    }
}
