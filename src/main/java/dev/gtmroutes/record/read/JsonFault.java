// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/**
 * Says in plain words what is wrong with JSON that the parser refuses. The parser's own messages are for programmers: only
 * what is known here is taken from them, and anything else is called unexpected text.
 */
public final class JsonFault {

    /** How it is told that JSON lacks its end. */
    static final String ENDS_EARLY = "not valid JSON: it ends too early";

    private static final String UNKNOWN_TOKEN = "Unrecognized token '";
    private static final String NO_NUMBER = "Non-standard token '";
    private static final int LONGEST_TOKEN = 40;
    private static final List<String> OTHER_WORDS = List.of("True", "TRUE", "False", "FALSE", "None", "NULL", "Null", "nil",
            "undefined");

    private JsonFault() {
    }

    /** @return what is wrong, to be followed by the place and the {@link #advice} */
    public static String of(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (e instanceof JsonEOFException || message.startsWith("Unexpected end-of-input")) {
            return ENDS_EARLY;
        }
        return "not valid JSON: " + (e instanceof StreamConstraintsException ? limit(message) : fault(message));
    }

    private static String limit(String message) {
        return message.contains("nesting depth") ? "it is nested too deeply (over 1000 levels)"
                : "a part of it is too long to be read";
    }

    private static String fault(String message) {
        String token = token(message);
        if (token != null) {
            String cut = token.length() > LONGEST_TOKEN ? token.substring(0, LONGEST_TOKEN) + "…" : token;
            return message.startsWith(NO_NUMBER) ? cut + " is not a number in JSON" : "unrecognized token '" + cut + "'";
        }
        String character = character(message);
        if (message.startsWith("Unexpected character")) {
            return character == null ? "unexpected control character" : "unexpected character '" + character + "'";
        }
        if (message.startsWith("Illegal unquoted character")) {
            return "a line break or other control character inside a string";
        }
        if (message.startsWith("Illegal character")) {
            return "unexpected control character";
        }
        if (message.startsWith("Unrecognized character escape")) {
            return "a backslash before "
                    + (character == null ? "something that JSON does not escape" : "'" + character + "'")
                    + ": write two backslashes for one";
        }
        if (message.startsWith("Unexpected close marker '")) {
            return "unexpected " + message.substring("Unexpected close marker ".length()).substring(0, 3);
        }
        if (message.startsWith("Invalid numeric value")) {
            return message.contains("Leading zero") ? "a number begins with an unnecessary 0" : "a number is not complete";
        }
        // That it is UTF-8 is known by now; it is a letter where none can stand.
        return message.startsWith("Invalid UTF-8") ? "unexpected character" : "unexpected text";
    }

    /** @return what to do about it, beginning with a colon; empty where the fault says it */
    static String advice(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        String token = token(message);
        if (token != null) {
            return message.startsWith(NO_NUMBER) ? ": write null, or put it in double quotes"
                    : OTHER_WORDS.contains(token) ? ": JSON has true, false and null" : "";
        }
        if (message.startsWith("Invalid numeric value") && message.contains("Leading zero")) {
            return ": put it in double quotes if it is an identifier";
        }
        String character = message.startsWith("Unexpected character") ? character(message) : null;
        if (character == null) {
            return "";
        }
        if (message.contains("comment")) {
            return ": JSON has no comments";
        }
        boolean name = message.contains("to start field name");
        if (character.equals("'")) {
            return ": put names and texts in double quotes";
        }
        return !name ? "" : character.equals("}") ? ": remove the comma before it"
                : Character.isLetter(character.codePointAt(0)) ? ": put names in double quotes" : "";
    }

    /** @return the word that the parser does not know, or null; the parser's place is behind it */
    static String token(String message) {
        String start = message.startsWith(UNKNOWN_TOKEN) ? UNKNOWN_TOKEN : message.startsWith(NO_NUMBER) ? NO_NUMBER : null;
        int end = start == null ? -1 : message.indexOf('\'', start.length());
        return end < 0 ? null : message.substring(start.length(), end);
    }

    /** @return the character in {@code ('x' (code 120))} or {@code 'x' (code 120)}, or null if it has no shape */
    static String character(String message) {
        int end = message.indexOf("' (code");
        int start = end < 0 ? -1 : message.indexOf('\'');
        return start < 0 || start >= end ? null : message.substring(start + 1, end);
    }
}
