// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The page on operations says of each folder of the data directory when its content ends. */
class DataFoldersTest {

    private static final Pattern FOLDER = Pattern.compile("\\bdata(?:\\(\\))?\\.resolve\\(\"([a-z-]+)\"\\)");
    private static final Pattern SETTING = Pattern.compile("(?m)^(gtm\\.(?:keep-[a-z-]+|audit\\.[a-z-]+))=");

    private static String table() throws IOException {
        String page = Files.readString(Path.of("docs/operations.md"));
        String part = page.substring(page.indexOf("## Data directory"));
        return part.lines().filter(each -> each.startsWith("| `")).limit(20).takeWhile(each -> !each.contains("| setting |"))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void eachFolderHasARow() throws IOException {
        Set<String> folders = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path each : files.filter(file -> file.toString().endsWith(".java")).toList()) {
                FOLDER.matcher(Files.readString(each)).results().forEach(found -> folders.add(found.group(1)));
            }
        }
        assertThat(folders).contains("inbox", "audit", "dead-letters");
        String table = table();
        assertThat(folders).allSatisfy(folder -> assertThat(table).contains("| `" + folder + "/"));
    }

    @Test
    void eachSettingOfAnEndOfLifeIsNamed() throws IOException {
        String settings = Files.readString(Path.of("application.properties"));
        String table = table();
        assertThat(SETTING.matcher(settings).results().map(found -> found.group(1)).toList()).hasSizeGreaterThan(6)
                .allSatisfy(setting -> assertThat(table).contains("`" + setting + "`"));
    }
}
