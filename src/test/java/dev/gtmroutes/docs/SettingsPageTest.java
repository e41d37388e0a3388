// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.Test;

/** The tables of settings in {@code docs/settings.md} are generated from {@code application.properties}. */
class SettingsPageTest {

    /** Settings below this heading are part of the program's own set-up. */
    private static final String INTERNAL = "Internal settings, not meant to be changed";

    @Test
    void theTablesOfSettingsAreUpToDate() throws IOException {
        StringBuilder tables = new StringBuilder();
        for (SettingsFile.Section section : SettingsFile.read().sections()) {
            if (section.title().equals(INTERNAL)) {
                continue;
            }
            tables.append("\n### ").append(section.title()).append("\n\n");
            if (!section.introduction().isEmpty()) {
                tables.append(section.introduction()).append("\n\n");
            }
            tables.append("| setting | default | effect |\n|---|---|---|\n");
            section.settings().forEach(setting -> tables.append(row(setting)));
        }
        GeneratedPart.assertIs("settings.md", "settings", tables.append('\n').toString());
    }

    @Test
    void everySettingIsDescribed() throws IOException {
        for (SettingsFile.Section section : SettingsFile.read().sections()) {
            if (!section.title().equals(INTERNAL)) {
                assertThat(section.settings()).as(section.title()).isNotEmpty().allSatisfy(
                        setting -> assertThat(setting.description()).as("comment above %s", setting.name()).isNotBlank());
            }
        }
    }

    @Test
    void theInternalSettingsAreTheLastSection() throws IOException {
        assertThat(SettingsFile.read().sections()).last().extracting(SettingsFile.Section::title).isEqualTo(INTERNAL);
    }

    private static String row(SettingsFile.Setting setting) {
        String value = setting.value().isEmpty() ? "none" : "`" + setting.value() + "`";
        return "| `%s` | %s | %s |%n".formatted(setting.name(), value.replace("|", "\\|"),
                setting.description().replace("|", "\\|"));
    }
}
