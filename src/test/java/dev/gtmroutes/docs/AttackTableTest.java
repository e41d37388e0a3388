// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Each promise of the page on security names tests that exist. */
class AttackTableTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+\\.) \\| (.+) \\| (`\\w+`(?:, `\\w+`)*) \\|$");

    @Test
    void eachRowNamesTestsThatExist() throws IOException {
        String page = Files.readString(Path.of("docs/security.md"));
        String table = page.substring(page.indexOf("## Attacks and tests"));
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(each -> each.getFileName().toString()).filter(each -> each.endsWith(".java"))
                    .map(each -> each.replace(".java", "")).collect(Collectors.toSet());
        }
        List<String> rows = ROW.matcher(table).results().map(each -> each.group(3)).toList();

        assertThat(rows).as("rows of a promise, an attack and tests").hasSize((int) table.lines()
                .filter(each -> each.startsWith("| ") && !each.startsWith("| promise")).count());
        assertThat(rows).allSatisfy(row -> assertThat(tests).contains(row.replace("`", "").split(", ")));
    }
}
