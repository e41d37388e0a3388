// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/**
 * Settings that the pages name exist: in {@code application.properties}, or as a pattern in the table "Patterns of names"
 * of {@code docs/settings.md}.
 */
class SettingNamesTest {

    private static final Pattern SETTING = Pattern.compile(
            "((?:gtm|people-ai|customerly|salesloft|quarkus|camel)\\.[\\w.<>*\"-]*[\\w>*])(?:=.*)?");
    private static final Pattern VARIABLE = Pattern.compile(
            "((?:GTM|PEOPLE_AI|CUSTOMERLY|SALESLOFT|QUARKUS|CAMEL)_[A-Z0-9_]+)(?:=.*)?");
    /** Annotations of Kamelets, and files. */
    private static final Pattern OTHER = Pattern.compile("gtm\\.routes/.*|.*\\.(json|ya?ml|md|sh|txt)");

    @Test
    void everySettingThatAPageNamesExists() throws IOException {
        Known known = Known.read();
        List<String> unknown = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Mention mention : mentions(page)) {
                if (!known.has(mention.name)) {
                    unknown.add(page + ":" + mention.line + ": " + mention.name);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void namesAreFoundInCodeAndInBlocks() throws IOException {
        assertThat(mentions(Page.read(Path.of("docs/settings.md")))).extracting(Mention::name)
                .contains("gtm.data", "GTM_DATA", "people-ai.acme.api-key");
        assertThat(Known.read().has("gtm.no-such-setting")).isFalse();
        assertThat(Known.read().has("GTM_NO_SUCH_SETTING")).isFalse();
    }

    private record Mention(int line, String name) {
    }

    private static List<Mention> mentions(Page page) {
        List<Mention> mentions = new ArrayList<>();
        page.inlineCode().forEach((line, codes) -> codes.forEach(code -> name(code)
                .forEach(name -> mentions.add(new Mention(line, name)))));
        for (Page.Block block : page.blocks()) {
            if (block.language().equals("properties")) {
                block.text().lines().flatMap(SettingNamesTest::name)
                        .forEach(name -> mentions.add(new Mention(block.line(), name)));
            }
        }
        return mentions;
    }

    private static Stream<String> name(String code) {
        return Stream.of(SETTING, VARIABLE).map(pattern -> pattern.matcher(code)).filter(Matcher::matches)
                .map(match -> match.group(1)).filter(name -> !OTHER.matcher(name).matches());
    }

    /**
     * Names that exist.
     *
     * @param names    of settings and, in the form of environment variables, of the same settings
     * @param patterns of settings and environment variables
     */
    private record Known(Set<String> names, List<Pattern> patterns) {

        private static final Pattern WILDCARD = Pattern.compile("<[^>]*>|\\*");

        static Known read() throws IOException {
            Set<String> names = new TreeSet<>();
            for (String name : SettingsFile.read().names()) {
                names.add(name);
                names.add(variable(name));
            }
            List<Pattern> patterns = new ArrayList<>();
            for (String documented : documented()) {
                names.add(documented);
                patterns.add(pattern(documented, text -> text, "[\\w<>.-]+"));
                patterns.add(pattern(documented, Known::variable, "[A-Z0-9_]+"));
            }
            return new Known(names, patterns);
        }

        /** The first column of the table: {@code <…>} and {@code *} stand for a part of a name. */
        private static List<String> documented() throws IOException {
            String page = String.join("\n", Page.read(Path.of("docs/settings.md")).prose());
            String table = page.substring(page.indexOf("## Patterns of names")).split("\n## ")[0];
            List<String> found = Pattern.compile("(?m)^\\| `([^`]+)` \\|").matcher(table).results()
                    .map(match -> match.group(1)).toList();
            assertThat(found).as("patterns in docs/settings.md").isNotEmpty();
            return found;
        }

        /** @param literal what becomes of the text between the wildcards */
        private static Pattern pattern(String documented, UnaryOperator<String> literal, String wildcard) {
            Matcher part = WILDCARD.matcher(documented);
            StringBuilder regex = new StringBuilder();
            int from = 0;
            while (part.find()) {
                regex.append(Pattern.quote(literal.apply(documented.substring(from, part.start())))).append(wildcard);
                from = part.end();
            }
            return Pattern.compile(regex.append(Pattern.quote(literal.apply(documented.substring(from)))).toString());
        }

        boolean has(String name) {
            return names.contains(name) || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
        }

        private static String variable(String setting) {
            return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        }
    }
}
