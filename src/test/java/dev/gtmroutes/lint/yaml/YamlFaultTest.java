// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person who has never read YAML's specification is told. */
class YamlFaultTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " -> ", value = {
            "'a: b: c' -> 1 -> has a second ': '",
            "'a: 1\nbatchSize 10\nb: 2' -> 2 -> neither a name with a value",
            "'a:\n  b: 1\n c: 2' -> 3 -> check its indentation",
            "'a: [1, 2\nb: 3' -> 2 -> has no comma or no ']'",
            "'a: {b: 1, c\nd: 3' -> 2 -> has no comma or no '}'",
            "'a:\n\tb: 1' -> 2 -> use spaces",
            "'a: @b' -> 1 -> put it in quotes",
            "'a: \"b' -> 1 -> a quote has no end",
            "'a: \"\\d\"' -> 1 -> use single quotes",
            "'a: *b' -> 1 -> begins with *",
            "'a: * b' -> 1 -> begins with *",
            "'a: |b\n  c' -> 1 -> begin the text on the next line"})
    void theFaultIsToldInPlainWords(String text, int line, String said) {
        assertThat(YamlFile.of(Path.of("x.yaml"), text).problems()).singleElement().satisfies(each -> {
            assertThat(each.line()).as("%s", each).isEqualTo(line);
            assertThat(each.message()).contains(said).doesNotContain("while ", "expected", "token", "scalar", "mapping");
        });
    }
}
