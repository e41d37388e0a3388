// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Finds in the body of a response what the vendor says to people. */
public final class AnswerMessage {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** By what APIs call it, the best first. */
    private static final List<String> NAMES = List.of("message", "error_description", "error_message", "errorMessage",
            "detail", "details", "errors", "error", "reason", "description", "msg", "title");
    /** For a body that was cut, so that it is no JSON any more. */
    private static final Pattern MESSAGE = Pattern.compile("\"(?:message|error_description|detail|error)\"\\s*:\\s*\""
            + "((?:[^\"\\\\]|\\\\.){1,400})\"");
    private static final Pattern HTML_TITLE = Pattern.compile("<title[^>]*>([^<]{1,200})</title>", Pattern.CASE_INSENSITIVE);
    private static final int MOST_DEPTH = 6;
    private static final int MOST_PLAIN = 200;

    private AnswerMessage() {
    }

    /** The message; empty if none is found. */
    public static String of(String body) {
        String text = body.strip();
        if (text.startsWith("<")) {
            return first(HTML_TITLE, text);
        }
        if (!text.startsWith("{") && !text.startsWith("[") && !text.startsWith("\"")) {
            return text.length() <= MOST_PLAIN ? text : "";
        }
        try {
            return in(JSON.readTree(text), 0);
        } catch (IOException e) {
            return first(MESSAGE, text);
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher match = pattern.matcher(text);
        return match.find() ? match.group(1).strip() : "";
    }

    private static String in(JsonNode node, int depth) {
        if (node.isTextual()) {
            return node.asText().strip();
        }
        if (depth > MOST_DEPTH || node.isValueNode()) {
            return "";
        }
        if (node.isArray()) {
            for (JsonNode each : node) {
                String message = in(each, depth + 1);
                if (!message.isEmpty()) {
                    return message;
                }
            }
            return "";
        }
        return inObject(node, depth);
    }

    private static String inObject(JsonNode node, int depth) {
        for (String each : NAMES) {
            String message = node.has(each) ? in(node.get(each), depth + 1) : "";
            if (!message.isEmpty()) {
                return message;
            }
        }
        // As {"errors": {"email": ["is missing"]}}: the name belongs to the message. Elsewhere, texts are data.
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            boolean isDeep = depth > 0 || each.getValue().isContainerNode();
            String message = isDeep && !(depth == 0 && each.getValue().isTextual()) ? in(each.getValue(), depth + 1) : "";
            if (!message.isEmpty()) {
                return depth > 0 && !message.startsWith(each.getKey()) ? each.getKey() + " " + message : message;
            }
        }
        return "";
    }
}
