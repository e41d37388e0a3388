// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * A part of a YAML file with its line. What is not there is a node too, an absent one with the line of what it is
 * missing from, so that a path can be followed without asking at each step.
 */
public final class YamlNode {

    enum Kind { MAP, LIST, TEXT, ABSENT }

    /** A key of a map and what stands there. */
    public record Entry(String key, YamlNode value) {

        public int line() {
            return value.line();
        }
    }

    private final Kind kind;
    private final int line;
    private final String text;
    private final List<Entry> entries;
    private final List<YamlNode> items;
    private final int textLine;

    private YamlNode(Kind kind, int line, String text, List<Entry> entries, List<YamlNode> items) {
        this(kind, line, text, entries, items, 0);
    }

    private YamlNode(Kind kind, int line, String text, List<Entry> entries, List<YamlNode> items, int textLine) {
        this.kind = kind;
        this.line = line;
        this.text = text;
        this.entries = entries;
        this.items = items;
        this.textLine = textLine;
    }

    static YamlNode map(int line, List<Entry> entries) {
        return new YamlNode(Kind.MAP, line, "", List.copyOf(entries), List.of());
    }

    static YamlNode list(int line, List<YamlNode> items) {
        return new YamlNode(Kind.LIST, line, "", List.of(), List.copyOf(items));
    }

    static YamlNode text(int line, String text, int textLine) {
        return new YamlNode(Kind.TEXT, line, text, List.of(), List.of(), textLine);
    }

    static YamlNode absent(int line) {
        return new YamlNode(Kind.ABSENT, line, "", List.of(), List.of());
    }

    /** 1-based; of a value in a map it is the line of its key. */
    public int line() {
        return line;
    }

    public boolean exists() {
        return kind != Kind.ABSENT;
    }

    public boolean isMap() {
        return kind == Kind.MAP;
    }

    public boolean isList() {
        return kind == Kind.LIST;
    }

    public boolean isText() {
        return kind == Kind.TEXT;
    }

    /** The text of a scalar; empty for everything else. */
    public String text() {
        return text;
    }

    /** The line of the file that the first line of a text is; 0 where the lines of the text are none of the file. */
    public int textLine() {
        return textLine;
    }

    /** The entries of a map in their order; none for everything else. */
    public List<Entry> entries() {
        return entries;
    }

    /** The items of a list; none for everything else. */
    public List<YamlNode> items() {
        return items;
    }

    /** What stands in a map under a key, or an absent node. */
    public YamlNode get(String key) {
        return entries.stream().filter(each -> each.key().equals(key)).map(Entry::value).findFirst()
                .orElseGet(() -> absent(line));
    }

    /** Shows every text at or below this node, keys too, with its line. */
    public void texts(BiConsumer<String, Integer> reader) {
        if (isText()) {
            reader.accept(text, line);
        }
        for (Entry each : entries) {
            reader.accept(each.key(), each.line());
            each.value().texts(reader);
        }
        items.forEach(each -> each.texts(reader));
    }
}
