// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that settings give to the project's own Kamelets. */
class SettingValuesTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    private static YamlFile flow(String sink, String parameters) {
        return YamlFile.of(Path.of("f.yaml"), """
                - route:
                    id: calls
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters: {%s}
                """.formatted(sink, parameters));
    }

    private static SettingValues settings(String name, String value) {
        return new SettingValues(each -> Optional.ofNullable(Map.of(name, value).get(each)), () -> Set.of(name));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            gtm.request-timeout        | banana      | 'banana' is not a duration. Enter a duration such as 30s, 15m, 24h \
            or 7d.
            gtm.connect-timeout        | 10          | '10' is not a duration. Enter a duration such as 30s, 15m, 24h or 7d.
            gtm.retry-max-delay        | 5 minutes   | '5 minutes' is not a duration. Enter a duration such as 30s, 15m, \
            24h or 7d.
            gtm.inbox.quiet            | soon        | 'soon' is not a duration. Enter a duration such as 30s, 15m, 24h or \
            7d.
            gtm.pause-after-rejections | many        | 'many' is not a whole number. Enter digits only
            gtm.pause-after-rejections | -1          | Enter a number of at least 0; -1 is less.
            gtm.instances              | 0           | Enter a number of at least 1; 0 is less.
            gtm.max-record-bytes       | 16Q         | '16Q' is not a size of a record. Enter a size from 1K to 512M, such \
            as 16M.
            gtm.max-record-bytes       | 1           | '1' is not a size of a record. Enter a size from 1K to 512M, such as \
            16M.
            people-ai.rate-limit       | x           | 'x' is not a rate limit. Enter a number and a time such as 600/1m or \
            5/1s, or none
            people-ai.outcomes         | xyz         | 'xyz' is not an entry of a table of outcomes. Write a status, = and \
            an outcome, such as 403=retry or 500:/error/code=credential
            people-ai.outcomes         | 403=perhaps | 'perhaps' is not an outcome. Allowed: delivered, rejected, refused, \
            credential, retry, unknown
            people-ai.failure-when     | errors      | 'errors' is not a JSON pointer. Begin it with /, such as \
            /error/message
            """)
    void oneLineSaysWhichSettingItsValueAndWhatIsAllowed(String name, String value, String told) {
        assertThat(settings(name, value).problems(flow("people-ai-push-batch-call-activities-sink", ""), KNOWN))
                .containsExactly(name + ": " + told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            gtm.request-timeout        | PT2M
            gtm.pause-after-rejections | 0
            gtm.max-record-bytes       | 64K
            people-ai.rate-limit       | none
            people-ai.outcomes         | 207=delivered, 5xx=retry
            people-ai.outcomes         | ''
            people-ai.failure-when     | /errors
            salesloft.rate-limit       | what no flow uses
            """)
    void whatMakesSenseOrIsNotUsedIsNotTold(String name, String value) {
        assertThat(settings(name, value).problems(flow("people-ai-push-batch-call-activities-sink", ""), KNOWN)).isEmpty();
    }

    @Test
    void aSettingThatAllCallsOverrideDoesNotMatter() {
        SettingValues bad = settings("gtm.inbox.quiet", "soon");
        String sink = "people-ai-push-call-activity-sink";
        YamlFile given = YamlFile.of(Path.of("f.yaml"),
                flow(sink, "").text().replace("flow: calls}", "flow: calls, quiet: 1s}"));

        assertThat(bad.problems(given, KNOWN)).isEmpty();
        assertThat(bad.problems(YamlFile.of(Path.of("f.yaml"), given.text() + flow(sink, "").text()), KNOWN)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"people-ai-api-action.rateLimit, '', true", "people-ai-api-action.rateLimit, credential: acme, true",
            "people-ai-api-action.people-ai-acme.rateLimit, credential: acme, true",
            "people-ai-api-action.people-ai-acme.rateLimit, '', false",
            "people-ai-api-action.people-ai-default.rateLimit, '', true",
            "salesloft-api-action.rateLimit, '', false"})
    void whatCamelSetsForAKameletIsToldWhereItIsUsed(String name, String parameters, boolean told) {
        assertThat(settings("camel.kamelet." + name, "often").problems(flow("people-ai-push-call-activity-sink", parameters),
                KNOWN))
                .isEqualTo(told ? List.of("camel.kamelet." + name
                        + ": 'often' is not a rate limit. Enter a number and a time such as 600/1m or 5/1s, or "
                        + "none") : List.of());
    }

    @Test
    void theWebhookOfAFlowHasSettingsToo() {
        Kamelets outboxOnly = Kamelets
                .of(KNOWN.all().stream().filter(each -> !each.fileName().endsWith("-api-action")).toList());
        SettingValues bad = settings("gtm.response-timeout", "x");

        assertThat(bad.problems(flow("people-ai-push-call-activity-sink", ""), outboxOnly)).isEmpty();
        assertThat(bad.problems(flow("people-ai-push-call-activity-sink", "responseWebhook: \"https://h.example/x\""),
                outboxOnly))
                .containsExactly("gtm.response-timeout: 'x' is not a duration. Enter a duration such as 30s, 15m, 24h or "
                        + "7d.");
    }

    @Test
    void credentialsAreNeverLookedAt() {
        SettingValues all = new SettingValues(name -> {
            assertThat(name).doesNotContainPattern("-key|secret|token$");
            return Optional.empty();
        }, Set::of);
        KNOWN.all().forEach(each -> assertThat(all.problems(each.fileName(), KNOWN)).isEmpty());
    }
}
