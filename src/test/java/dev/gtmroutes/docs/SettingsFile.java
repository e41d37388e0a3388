// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code application.properties} as a list of sections. A section begins with a line {@code ## Title}; further lines that
 * begin with {@code ##} introduce it. Lines that begin with {@code #} describe the setting below them. A setting in a
 * comment, such as {@code # people-ai.api-key=…}, has no default.
 *
 * @param sections in the order of the file
 */
record SettingsFile(List<Section> sections) {

    private static final Path FILE = Path.of("application.properties");
    private static final Pattern SETTING = Pattern
            .compile("(# )?((?:[a-z][\\w-]*|\"[^\"]+\")(?:\\.(?:[\\w-]+|\"[^\"]+\"))+)=(.*)");

    /**
     * Settings that belong together.
     *
     * @param introduction sentences about all of them, may be empty
     */
    record Section(String title, String introduction, List<Setting> settings) {
    }

    /**
     * A setting.
     *
     * @param value       its default, empty without one
     * @param description sentences
     */
    record Setting(String name, String value, String description) {
    }

    static SettingsFile read() throws IOException {
        List<Section> sections = new ArrayList<>();
        List<String> description = new ArrayList<>();
        List<String> lines = Files.readString(FILE).replaceAll("\\\\\n\\s*", "").lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            Matcher setting = SETTING.matcher(line);
            if (line.startsWith("## ")) {
                List<String> introduction = new ArrayList<>();
                while (i + 1 < lines.size() && lines.get(i + 1).startsWith("## ")) {
                    introduction.add(lines.get(++i).substring(3).strip());
                }
                sections.add(new Section(line.substring(3).strip(), String.join(" ", introduction), new ArrayList<>()));
            } else if (setting.matches()) {
                String value = setting.group(1) == null ? setting.group(3).strip() : "";
                sections.get(sections.size() - 1).settings()
                        .add(new Setting(setting.group(2), value, String.join(" ", description)));
            } else if (line.startsWith("# ")) {
                description.add(line.substring(2).strip());
            }
            if (!line.startsWith("# ") || setting.matches()) {
                description.clear();
            }
        }
        return new SettingsFile(sections);
    }

    Set<String> names() {
        return sections.stream().flatMap(section -> section.settings().stream()).map(Setting::name)
                .collect(Collectors.toSet());
    }
}
