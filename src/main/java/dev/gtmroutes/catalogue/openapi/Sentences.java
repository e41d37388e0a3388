// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import dev.gtmroutes.catalogue.YamlText;

/** Descriptions of entries from those of a document, which are in Markdown or HTML and of any length. */
final class Sentences {

    private static final int MOST_CHARS = 300;

    private Sentences() {
    }

    /** What an operation does and its request, such as {@code Creates a person (POST /people).} */
    static String of(DocumentOperation operation) {
        String request = operation.method() + " " + operation.path().replaceFirst("#.*", "").replaceAll("\\{[^{}]*}", "…");
        String first = first(operation.description());
        String text = first.isEmpty() ? first(operation.summary()) : first;
        return text.isEmpty() ? request + "." : text + " (" + request + ").";
    }

    /** The lines of a description in a catalogue file. */
    static String yaml(String text, String indent) {
        StringBuilder lines = new StringBuilder(indent).append("description: >-\n");
        YamlText.wrapped(text).lines().forEach(each -> lines.append(indent).append("  ").append(each).append('\n'));
        return lines.toString();
    }

    /** The first sentence as plain text, without its full stop. */
    static String first(String text) {
        String head = text.length() > 5000 ? text.substring(0, 5000) : text;
        String plain = head.replaceAll("<[^<>]{0,200}>", " ").replaceAll("\\[([^\\[\\]]{0,200})]\\([^()]{0,300}\\)", "$1")
                .replaceAll("[{}]+", " ").replaceAll("[`*_#|>]{1,3}(?=\\s|$)|(?<=\\s|^)[`*_#|>]{1,3}|`", "")
                .replaceAll("[\\p{C}\\s]+", " ").strip();
        String first = plain.replaceFirst("(?<=[^.\\s]{3})[.:!?] .*$", "").replaceFirst("[ .:!?]+$", "");
        if (first.length() > MOST_CHARS) {
            first = first.substring(0, MOST_CHARS).replaceFirst(" [^ ]*$", "") + " …";
        }
        return first;
    }
}
