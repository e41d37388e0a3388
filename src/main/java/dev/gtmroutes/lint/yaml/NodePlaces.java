// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** Where the nodes of a YAML text stand in it, for those who change a part of the text and leave the rest as it is. */
public final class NodePlaces {

    private final String text;
    /** Whether each character is one to Java: most files have no others, and counting takes its time. */
    private final boolean isOneToOne;

    /** @param text that the nodes were made of */
    public NodePlaces(String text) {
        this.text = text;
        this.isOneToOne = text.codePointCount(0, text.length()) == text.length();
    }

    /** The text as a scalar in double quotes. */
    public static String quoted(String value) {
        return "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\r", "\\r").replace("\n", "\\n")
                .replace("\t", "\\t") + "\"";
    }

    /** The index of its first character. */
    public int start(Node node) {
        return offset(node.getStartMark().orElseThrow());
    }

    /** The index behind its last character, without the line ends that a block of text ends with. */
    public int end(Node node) {
        int end = offset(node.getEndMark().orElseThrow());
        int start = start(node);
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Marks count characters, and some of these are two to Java. */
    private int offset(Mark mark) {
        return isOneToOne ? mark.getIndex() : text.offsetByCodePoints(0, mark.getIndex());
    }
}
