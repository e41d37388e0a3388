// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.catalogue.YamlText;

/** The lines of an entry of a catalogue file as they are put together, in the order in which people write them. */
final class EntryText {

    private final StringBuilder keys = new StringBuilder();
    private final List<String> notes = new ArrayList<>();
    private final String name;

    EntryText(String name, String title, String description) {
        this.name = name;
        keys.append("  title: ").append(YamlText.title(title)).append('\n').append(Sentences.yaml(description, "  "));
    }

    EntryText put(String key, String value) {
        if (!value.isEmpty()) {
            keys.append("  ").append(key).append(": ").append(scalar(value)).append('\n');
        }
        return this;
    }

    private static String scalar(String value) {
        return value.matches("true|false|\\d{1,9}|[A-Z]+ /[A-Za-z0-9/_.{}?=&-]*|[A-Za-z][\\w.-]*(,[\\w.=-]+)+") ? value
                : YamlText.scalar(value);
    }

    EntryText put(String key, boolean value) {
        return value ? put(key, "true") : this;
    }

    /** Lines of YAML as they are. */
    EntryText lines(String lines) {
        keys.append(lines);
        return this;
    }

    EntryText note(String note) {
        notes.add(note.replaceAll("[\\p{C}\\s]+", " "));
        return this;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name).append(":\n");
        notes.forEach(each -> text.append("  # ").append(each).append('\n'));
        return text.append(keys).toString();
    }
}
