// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import com.fasterxml.jackson.core.JsonParser;

/** What is found wrong with a body's shape while it is read; the first of it is told. */
final class BodyErrors {

    private static final int WRONG_SHAPE = 422;

    private RequestRefusal first;
    private boolean foreign;

    /** The first that was found; null = nothing is wrong. */
    RequestRefusal first() {
        return first;
    }

    /** Whether the body says itself that another form is meant. */
    boolean isForeign() {
        return foreign;
    }

    void add(String field, String message) {
        if (first == null) {
            first = new RequestRefusal(WRONG_SHAPE, field, message);
        }
    }

    /** The value where the parser stands is of the wrong kind; place and kind are part of a sentence. */
    void addKind(String field, String place, JsonParser parser, String wanted) {
        add(field, place + " is " + kind(parser) + ", not " + wanted);
    }

    /** The same of what says that another form is meant. */
    void addForeign(String field, String message) {
        foreign = true;
        add(field, message);
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
}
