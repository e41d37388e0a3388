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
        assertThat(check("inbox-source", "people-ai-fragment-action", "downloadTime: 60s")).extracting(Finding::message)
                .anyMatch(each -> each.contains("an inbox contains none"));
        // As the last step, it delivers nothing.
        assertThat(check("kafka-records-source", "people-ai-fragment-action", "downloadTime: 60s"))
                .extracting(Finding::rule).containsExactly("no-destination");
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

    private static List<String> ofMapping(String sink, String parameters) {
        return check("inbox-source", sink, parameters).stream().map(each -> each.line() + " " + each.message()).toList();
    }

    @Test
    void aMistakeInAMappingIsToldAtItsLineOfTheFile() {
        assertThat(ofMapping("people-ai-push-call-activity-sink", """
                maxInFlight: 1
                map: |

                  # The calls.
                  duration = {minutes:numbr}
                  subject {s}
                """)).containsExactly(
                "14 Map: line 3, column 21: 'numbr' is not a type: did you mean number?",
                "15 Map: line 4, column 9: write = between the target and its value, such as duration = {minutes:number}");
        assertThat(ofMapping("people-ai-push-call-activity-sink", "map: duration = {minutes:numbr}")).singleElement()
                .asString().startsWith("10 Map: line 1, column 21: ");
        assertThat(ofMapping("people-ai-push-call-activity-sink", "maxInFlight: 1\nmap: \"a = 1\\nb\"")).singleElement()
                .asString().startsWith("11 Map: line 2, column 2: ");
        assertThat(ofMapping("people-ai-push-call-activity-sink", "map: >\n  a = 1\n\n  b")).singleElement()
                .asString().startsWith("10 Map: line 2, column 2: ");
        assertThat(ofMapping("people-ai-push-call-activity-sink", "map: a = {x}\nmapOthers: maybe")).singleElement()
                .asString().startsWith("11 Keep Other Attributes: 'maybe' is not allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            mapOthers: false                                           | 10 | Keep Other Attributes: There is no line in Map
            mapOthers: false; map: "# none"                            | 10 | Keep Other Attributes: There is no line in Map
            mapOthers: false; map: name = {n}                          | 11 | Map: The endpoint requires user_id
            mapOthers: false; map: user_id = {m}; excludeAttributes: x | 12 | Exclude Attributes: Map makes no x
            mapOthers: false; map: user_id = {m}; orderBy: email       | 12 | Order: Map makes no email
            """)
    void aMappingMakesWhatIsAskedFor(String parameters, int line, String told) {
        assertThat(ofMapping("customerly-create-user-sink", parameters.replace("; ", "\n"))).hasSize(1).first().asString()
                .startsWith(line + " " + told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
            t = {now}           ; now
            t = {now:epoch}     ; now
            t = { now }         ; now
            t = {now|x}         ; now
            t = at {uuid}       ; uuid
            t = {uuid:text}     ; uuid
            t = {file}          ; file
            t = {line}          ; line
            """)
    void whatIsAnotherOneEachTimeMakesEveryRecordAChangedOne(String line, String value) {
        String map = "map: '" + line + "'\n";
        assertThat(ofMapping("people-ai-push-call-activity-sink", map + "onlyChanged: id")).singleElement().asString()
                .startsWith("11 Only Changed: Map puts {" + value + "} into each record");
        assertThat(ofMapping("people-ai-push-call-activity-sink", map)).isEmpty();
        assertThat(ofMapping("people-ai-push-call-activity-sink", map + "onlyChanged: id\nexcludeAttributes: t")).isEmpty();
    }

    @Test
    void commentsAndAttributesCalledLikeValuesOfTheRunAreFineWithOnlyChanged() {
        assertThat(ofMapping("people-ai-push-call-activity-sink", """
                onlyChanged: id
                map: |
                  # not {now}
                  a = {"now"}
                  b = {uuid.x}
                """)).isEmpty();
    }

    @Test
    void keysThatNoLineMakesAreTold() {
        assertThat(ofMapping("customerly-create-user-sink", "mapOthers: false\nmap: user_id = {m}\nonlyChanged: email"))
                .singleElement().asString().startsWith("12 Only Changed: Map makes no email");
        assertThat(ofMapping("kafka-records-sink", "topic: t\nmapOthers: false\nmap: a = {m}\nkeyBy: email"))
                .singleElement().asString().contains("Map makes no email");
    }

    @Test
    void aMappingThatMakesAllIsFine() {
        assertThat(ofMapping("customerly-create-user-sink", "mapOthers: false\nmap: |\n  user_id = {m}\n  name = {n}"))
                .isEmpty();
        assertThat(ofMapping("customerly-create-user-sink", "map: name = {n}")).isEmpty();
        assertThat(ofMapping("people-ai-request-sink", "url: /u/{user_id}\nmapOthers: false\nmap: name = {n}"))
                .singleElement()
                .asString()
                .contains("12 Map: The URL contains user_id, and only what this mapping makes is sent. Add a line "
                        + "user_id = …");
    }
}
