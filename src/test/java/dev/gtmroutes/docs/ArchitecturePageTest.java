// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Packages and classes that {@code docs/architecture.md} names are there, and no package is missing from its table. */
class ArchitecturePageTest {

    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+/)+[A-Z]\\w+)`");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ((?:`[a-z]+`(?: \\([^)]*\\))?(?:, )?)+) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/architecture.md"));
    }

    @Test
    void theClassesThatItNamesAreThere() throws IOException {
        TreeSet<String> named = CLASS.matcher(page()).results().map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).hasSizeGreaterThan(10).allSatisfy(name -> assertThat(Stream.of("main", "test"))
                .as(name).anyMatch(part -> Files.exists(Path.of("src", part, "java/dev/gtmroutes", name + ".java"))));
    }

    @Test
    void itsTableHasEachPackage() throws IOException {
        String page = page();
        String table = page.substring(page.indexOf("## Packages"), page.indexOf("## A request"));
        TreeSet<String> named = ROW.matcher(table).results().map(MatchResult::group)
                .flatMap(row -> NAME.matcher(row.replaceAll("\\([^)]*\\)", "")).results()).map(each -> each.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> there;
        try (Stream<Path> packages = Files.list(Path.of("src/main/java/dev/gtmroutes"))) {
            there = packages.filter(Files::isDirectory).map(each -> each.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        assertThat(named).isEqualTo(there);
    }
}
