// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the project's own Kamelets that make no sense, alone or together. */
class SettingChecksTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    private static List<Finding> check(String source, String sink, String parameters) {
        return new FlowLint(KNOWN, Settings.UNKNOWN, SampleFiles.NONE).check(YamlFile.of(Path.of("f.yaml"), """
                - route:
                    id: calls
                    from:
                      uri: kamelet:%s
                      parameters: {%s}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters:
                %s""".formatted(source, source.equals("inbox-source") ? "flow: calls" : "flow: calls, topic: t", sink,
                parameters.indent(14)))).stream().filter(each -> !each.isWarning()).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            retryFor: banana                       | Retry for: 'banana' is not a duration. Enter a duration such as 30s, \
            15m, 24h or 7d.
            retryFor: 24H                          | Retry for: '24H' is not a duration.
            retryFor: 90                           | Retry for: '90' is not a duration.
            retryFor: "a,b"                        | Retry for: 'a,b' is not a duration.
            maxInFlight: 0                         | In Flight: Enter a number of at least 1; 0 is less.
            batchTimeout: -1                       | Batch Timeout: Enter a number of at least 0; -1 is less.
            maxInFlight: 99999999999               | In Flight: Enter a number of at most 2147483647
            responseWebhook: hooks.example.com/a   | Response Webhook: Enter a URL such as
            responseWebhook: http://localhost:8080/intake/calls     | Response Webhook: This is the intake of the flow itself
            responseWebhook: http://127.0.0.1/intake/calls/?a=1     | Response Webhook: This is the intake of the flow itself
            responseWebhook: "http://[::1]:8080/x/../intake/calls"  | Response Webhook: This is the intake of the flow itself
            """)
    void aMistakeIsToldAtItsLineWithTheLabel(String parameter, String told) {
        assertThat(check("inbox-source", "people-ai-request-sink", "batch: true\nurl: /x\n" + parameter)).singleElement()
                .satisfies(each -> assertThat(each.message()).startsWith(told))
                .satisfies(each -> assertThat(each.line()).isEqualTo(12));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url: activities/call                                        | 10 | URL: Enter a path that begins with /
            url: /x^contentFormat: form^body: '{"a":{"b":"{c}"}}'       | 12 | Body: A form has no nested values.
            url: /x^contentFormat: form^body: '{"a":"{*}"}'             | 12 | Body: A form has no nested values.
            url: /x^contentFormat: form^body: '["{*}"]'                 | 12 | Body: A form has no nested values.
            url: /x^contentFormat: form^batch: true                     | 12 | Batching: A form holds one record.
            """)
    void whatHasNoEffectTogetherIsTold(String parameters, int line, String told) {
        assertThat(check("inbox-source", "people-ai-request-sink", parameters.replace("^", "\n"))).singleElement()
                .satisfies(each -> assertThat(each.message()).startsWith(told))
                .satisfies(each -> assertThat(each.line()).isEqualTo(line));
    }

    @Test
    void theNamesOfThisMachineAreItsOwn() throws Exception {
        assertThat(check("inbox-source", "people-ai-request-sink", "url: /x\nresponseWebhook: http://"
                + InetAddress.getLocalHost().getHostName() + ":8080/intake/calls")).singleElement()
                .satisfies(each -> assertThat(each.rule()).isEqualTo("loop"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url: /x^retryFor: 1h30m
            url: /x^retryFor: PT1H
            url: "{link}"
            url: https://h.example/x^contentFormat: form^body: '{"a":"{b}","c":1}'
            url: /x^contentFormat: form
            url: /x^contentFormat: form^body: none
            url: /x^responseWebhook: http://localhost:8080/intake/other
            url: /x^responseWebhook: https://hooks.example.com/intake/calls
            url: /x^responseWebhook: "{{flow.webhook}}"
            url: /x^retryFor: "{{flow.retry}}"
            """)
    void whatMakesSenseIsNotTold(String parameters) {
        assertThat(check("inbox-source", "people-ai-request-sink", parameters.replace("^", "\n"))).isEmpty();
    }

    @Test
    void anExcludedAttributeMayBeTakenForTheUrlButNotBeRequiredOfTheBody() {
        assertThat(check("inbox-source", "customerly-add-user-attributes-sink", "excludeAttributes: plan")).isEmpty();
        assertThat(check("inbox-source", "customerly-add-user-attributes-sink", "excludeAttributes: plan, user_id"))
                .singleElement().asString().contains("The URL contains user_id, so the body already omits it.");
        assertThat(check("inbox-source", "customerly-add-user-attributes-sink",
                "excludeAttributes: user_id\nkeepUrlAttributes: true")).isEmpty();
        assertThat(check("inbox-source", "salesloft-create-account-sink", "excludeAttributes: a, name, domain"))
                .anySatisfy(each -> assertThat(each.message()).startsWith("Exclude Attributes: The endpoint requires ")
                        .endsWith("in each record. Remove it from this list."));
    }

    @Test
    void tasksComeFromATopic() {
        assertThat(check("inbox-source", "people-ai-fragment-action", "downloadTime: 60s")).singleElement()
                .satisfies(each -> assertThat(each.message()).contains("an inbox contains none"));
        assertThat(check("kafka-records-source", "people-ai-fragment-action", "downloadTime: 60s")).isEmpty();
    }

    @Test
    void whatEndsInAComponentCannotHoldEverything() {
        assertThat(new FlowLint(KNOWN, Settings.UNKNOWN, SampleFiles.NONE).check(YamlFile.of(Path.of("f.yaml"), """
                - route:
                    id: a
                    from:
                      uri: kamelet:kafka-records-source
                      parameters:
                        flow: a
                        topic: a&b
                        brokers: RAW(h:1)&x)
                """))).extracting(Finding::line, Finding::rule).contains(org.assertj.core.groups.Tuple.tuple(7, "cut-value"),
                org.assertj.core.groups.Tuple.tuple(8, "cut-value"));
    }
}
