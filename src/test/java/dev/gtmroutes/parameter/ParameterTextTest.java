// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.parameter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTextTest {

    @Test
    void everyTextComesBackAlsoInsideALongerOneAndNoTokenHoldsACharacterThatMeansSomething() {
        Random random = new Random(18);
        for (int i = 0; i < 20_000; i++) {
            String text = NastyTexts.text(random, 12);
            String encoded = ParameterText.encode(text);

            assertThat(ParameterText.decode(encoded)).isEqualTo(text);
            assertThat(ParameterText.decode("id=" + encoded + "!")).isEqualTo("id=" + text + "!");
            assertThat(encoded).matches("[A-Za-z0-9_./:,~-]*");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "100", "true", "24h", "/users/x", "https://h/x", "a.b,c-d_e", "{{flow.webhook}}",
            "https://h/{{flow.path}}", "{{a:b}}", "{{a:{{b:c}}}}", "{{?a}}", "{{env:HOME}}/x", "POST", "1h30m"})
    void whatIsHarmlessAndPlaceholdersStayReadable(String text) {
        assertThat(ParameterText.encode(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"a":{{b}}}        | {{b}}   | true
            {"a":{"b":"{x}"}}  | ''      | false
            {{                 | ''      | false
            {{}}               | ''      | false
            {{a:{b}}}          | ''      | false
            x}}{{a}}{{b:c}}&   | {{a}}{{b:c}} | true
            {{{a}}}            | {{a}}   | true
            """)
    void onlyPlaceholdersAreLeftOut(String text, String placeholders, boolean any) {
        StringBuilder seen = new StringBuilder();
        assertThat(ParameterText.resolve(text, each -> {
            seen.append(each);
            return each;
        })).isEqualTo(text);
        assertThat(seen).hasToString(placeholders);
        assertThat(ParameterText.hasPlaceholder(text)).isEqualTo(any);
        assertThat(ParameterText.encode(text).replaceAll("gtm~[\\w-]+~", "")).isEqualTo(placeholders);
    }

    @Test
    void whatASettingGivesIsTakenWhole() {
        assertThat(ParameterText.inUri("https://h/?a=1&b=2")).startsWith("gtm~").endsWith("~");
        assertThat(ParameterText.inUri("{{flow.webhook}}")).isEqualTo("RAW({{flow.webhook}})");
        assertThat(ParameterText.inUri("{{?flow.webhook}}")).isEqualTo("{{?flow.webhook}}");
        assertThat(ParameterText.inUri("{{a}}?x&y")).startsWith("RAW({{a}}gtm~").endsWith("~)");
    }

    /** Camel takes a parameter whose value is the name of a bean in a Kamelet for that bean. */
    @ParameterizedTest
    @ValueSource(strings = {"sender", "shape", "people-ai", "x_y", "json"})
    void aWordThatCouldNameABeanIsEncoded(String word) {
        assertThat(ParameterText.encode(word)).startsWith("gtm~");
        assertThat(ParameterText.decode(ParameterText.encode(word))).isEqualTo(word);
    }

    @Test
    void whatOnlyLooksLikeATokenStays() {
        assertThat(ParameterText.decode("gtm~")).isEqualTo("gtm~");
        assertThat(ParameterText.decode("gtm~a~")).isEqualTo("gtm~a~");
        assertThat(ParameterText.decode("gtm~é~")).isEqualTo("gtm~é~");
    }

    @Test
    void rawIsANotationForTheWholeValue() {
        assertThat(ParameterText.plain("RAW(a)b)")).isEqualTo("a)b");
        assertThat(ParameterText.plain("RAW{a}b}")).isEqualTo("a}b");
        assertThat(ParameterText.plain("RAW(RAW(a))")).isEqualTo("RAW(a)");
        assertThat(ParameterText.plain("RAW(a}")).isEqualTo("RAW(a}");
    }
}
