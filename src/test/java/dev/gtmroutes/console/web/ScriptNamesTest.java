// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The scripts of a page share one space of names: a second function of a name would take the place of the first. */
class ScriptNamesTest {

    private static final Pattern DECLARED = Pattern.compile("(?m)^(?:async )?(?:function\\*?|const|let|class) (\\w+)");

    @Test
    void noTwoScriptsDeclareTheSameName() throws IOException {
        Map<String, TreeSet<String>> files = new TreeMap<>();
        try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/META-INF/resources"))) {
            for (Path each : scripts.filter(file -> file.toString().endsWith(".js")).toList()) {
                Matcher names = DECLARED.matcher(Files.readString(each));
                while (names.find()) {
                    files.computeIfAbsent(names.group(1), name -> new TreeSet<>()).add(each.getFileName().toString());
                }
            }
        }
        assertThat(files.keySet()).contains("toast", "Morph", "flowForm");
        files.values().removeIf(each -> each.size() == 1);
        assertThat(files).isEmpty();
    }
}
