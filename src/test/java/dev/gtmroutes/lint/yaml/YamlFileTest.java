// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlFileTest {

    private static final Path NAME = Path.of("x.yaml");

    @TempDir
    Path directory;

    @Test
    void knowsTheLineOfEverything() {
        YamlNode root = YamlFile.of(NAME, "# a\nb:\n  c:\n    - d\n    - e: |-\n        long\n        text\n").root();
        assertThat(root.get("b").line()).isEqualTo(2);
        assertThat(root.get("b").get("c").line()).isEqualTo(3);
        assertThat(root.get("b").get("c").items().get(1).line()).isEqualTo(5);
        assertThat(root.get("b").get("c").items().get(1).get("e").text()).isEqualTo("long\ntext");
        assertThat(root.get("b").get("x").get("y")).satisfies(absent -> {
            assertThat(absent.exists()).isFalse();
            assertThat(absent.line()).isEqualTo(2);
        });
    }

    @Test
    void aFindingIsOneLine() {
        assertThat(YamlFile.of(NAME, "a: 1\nb: [\n").problems()).singleElement()
                .satisfies(each -> assertThat(each.toString()).startsWith("x.yaml:3: not valid YAML: ").endsWith(" [yaml]")
                        .doesNotContain("\n"));
    }

    @Test
    void toldAreACharacterThatIsNoTextAndTwoDocuments() {
        assertThat(YamlFile.of(NAME, "a: 1\nb: \u0001\n").problems()).singleElement()
                .satisfies(each -> assertThat(each.line()).isEqualTo(2));
        assertThat(YamlFile.of(NAME, "a: 1\n---\nb: 2\n").problems()).singleElement()
                .satisfies(each -> assertThat(each.line()).isEqualTo(2));
    }

    @Test
    void aFileThatCannotBeReadIsTold() throws IOException {
        assertThat(YamlFile.read(directory.resolve("none.yaml")).problems()).singleElement()
                .satisfies(each -> assertThat(each.message()).contains("cannot be read"));
        Path latin = Files.write(directory.resolve("latin.yaml"), "a: ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(YamlFile.read(latin).problems()).singleElement()
                .satisfies(each -> assertThat(each.message()).contains("not UTF-8"));
    }

    @Test
    void aliasesCannotMakeItEndless() {
        assertThat(YamlFile.of(NAME, "&a [*a]").problems()).isNotEmpty();
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(YamlFile.of(NAME, bomb.toString()).problems()).isNotEmpty();
    }
}
