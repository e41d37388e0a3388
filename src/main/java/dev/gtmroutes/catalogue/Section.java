// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.lint.yaml.YamlNode;

/** A map in a catalogue file. It refuses keys that have no meaning and values of the wrong kind, each with its line. */
final class Section {

    private final Path file;
    private final String name;
    private final YamlNode map;

    private Section(Path file, String name, YamlNode map) {
        this.file = file;
        this.name = name;
        this.map = map;
    }

    /**
     * @param name for messages, such as {@code endpoint create-contact}
     * @throws CatalogueException if it is no map, or has a key that is not among these
     */
    static Section of(Path file, String name, YamlNode node, List<String> keys) throws CatalogueException {
        Section section = map(file, name, node);
        for (YamlNode.Entry each : node.entries()) {
            if (!keys.contains(each.key())) {
                throw new CatalogueException(file, each.line(), "'" + each.key() + "' is not a key of " + name
                        + ". Allowed: " + String.join(", ", keys));
            }
        }
        return section;
    }

    private static Section map(Path file, String name, YamlNode node) throws CatalogueException {
        if (!node.isMap()) {
            throw new CatalogueException(file, node.line(), name + (node.exists() ? " must be a map of keys and values"
                    : " is missing"));
        }
        return new Section(file, name, node);
    }

    boolean has(String key) {
        return map.get(key).exists();
    }

    /** The entries of a map in it whose keys are names; none where there is no such map. */
    List<YamlNode.Entry> entries(String key) throws CatalogueException {
        return has(key) ? map(file, key + " of " + name, map.get(key)).map.entries() : List.of();
    }

    /** A map in it whose keys are these. */
    Section section(String key, List<String> keys) throws CatalogueException {
        return of(file, key + " of " + name, map.get(key), keys);
    }

    /** The same, or one without any key where there is none. */
    Section optional(String key, List<String> keys) throws CatalogueException {
        return has(key) ? section(key, keys) : new Section(file, key + " of " + name, map.get(key));
    }

    /** A text that has to be there. */
    String required(String key) throws CatalogueException {
        String text = text(key, "");
        if (text.isBlank()) {
            throw new CatalogueException(file, map.get(key).line(), name + " has no " + key + ": add " + key + ": …");
        }
        return text;
    }

    /** A text in one line, or another one where there is none. */
    String text(String key, String otherwise) throws CatalogueException {
        YamlNode value = map.get(key);
        if (!value.exists()) {
            return otherwise;
        }
        if (!value.isText()) {
            throw wrong(key, "must be a text");
        }
        String text = value.text().strip().replaceAll("\\s*\\R\\s*", " ");
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(key, "contains a control character. Remove it");
        }
        return text;
    }

    /** A text of this form. */
    String matching(String key, String form, String allowed) throws CatalogueException {
        String text = required(key);
        if (!text.matches(form)) {
            throw wrong(key, "is '" + text + "'. Allowed: " + allowed);
        }
        return text;
    }

    /** A text for people in complete sentences. */
    String sentences(String key) throws CatalogueException {
        String text = required(key);
        if (!text.endsWith(".")) {
            throw wrong(key, "does not end with a full stop. Write complete sentences");
        }
        return text;
    }

    /** @throws CatalogueException if Camel would take a part of the text for one of its own */
    void plain(String key, String text) throws CatalogueException {
        if (text.contains("{{") || text.contains("}}") || text.contains(")&")) {
            throw wrong(key, "contains '{{', '}}' or ')&', which Camel interprets. Remove it");
        }
    }

    boolean flag(String key) throws CatalogueException {
        return oneOf(key, List.of("true", "false"), "false").equals("true");
    }

    /** One of these texts. */
    String oneOf(String key, List<String> values, String otherwise) throws CatalogueException {
        String text = text(key, otherwise);
        if (!values.contains(text) && !text.equals(otherwise)) {
            throw wrong(key, "is '" + text + "'. Allowed: " + String.join(", ", values));
        }
        return text;
    }

    /** A whole number from 1 on as it is written, or another text where there is none. */
    String number(String key, String otherwise) throws CatalogueException {
        String text = text(key, otherwise);
        if (!text.equals(otherwise) && !text.matches("[1-9]\\d{0,8}")) {
            throw wrong(key, "is '" + text + "'. Allowed: a whole number of 1 or more");
        }
        return text;
    }

    /** A list of texts that are names; empty where there is none. */
    List<String> names(String key) throws CatalogueException {
        List<String> texts = new ArrayList<>();
        for (YamlNode each : map.get(key).items()) {
            if (!each.text().matches("[A-Za-z0-9_.-]+|\\{[A-Za-z0-9_.]+}")) {
                throw new CatalogueException(file, each.line(), key + " of " + name + " has '" + each.text()
                        + "'. Allowed: letters, digits, '.', '_' and '-', or an attribute in braces");
            }
            texts.add(each.text());
        }
        if (has(key) && texts.isEmpty()) {
            throw wrong(key, "must be a list, such as [one, two]");
        }
        return List.copyOf(texts);
    }

    CatalogueException wrong(String key, String message) {
        return new CatalogueException(file, map.get(key).line(), key + " of " + name + " " + message);
    }

    CatalogueException wrong(String message) {
        return new CatalogueException(file, map.line(), name + ": " + message);
    }
}
