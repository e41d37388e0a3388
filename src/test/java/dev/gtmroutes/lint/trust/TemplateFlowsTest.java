// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console saves is made of sources and templates, and leads nowhere that the settings do not allow. */
class TemplateFlowsTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));
    private static final String FLOW = """
            - route:
                id: calls
                description: Calls to People.ai
                autoStartup: false
                from:
                  uri: kamelet:inbox-source
                  parameters:
                    flow: calls
                  steps:
                    - to:
                        uri: kamelet:people-ai-request-sink
                        parameters:
                          url: /activities/{id}
            """;

    private final Map<String, String> settings = new HashMap<>();

    private List<Finding> check(String text) {
        ConsoleLimits limits = ConsoleLimits.of(name -> Optional.ofNullable(settings.get(name)));
        YamlFile file = YamlFile.of(Path.of("calls.yaml"), text);
        assertThat(file.problems()).isEmpty();
        return new TemplateFlows(KNOWN, limits).check(file);
    }

    private List<Finding> with(String parameter, String value) {
        boolean source = List.of("flow", "data", "folder").contains(parameter);
        String line = parameter + ": '" + value.replace("'", "''") + "'\n";
        return check(source ? FLOW.replace("flow: calls\n", line)
                : FLOW.replace("url: /activities/{id}\n", line));
    }

    @Test
    void whatTheFormMakesIsFine() {
        assertThat(check(FLOW)).isEmpty();
        settings.put("flow.team", "gtm");
        assertThat(check(FLOW.replace("/activities/{id}", "/activities?team={{flow.team}}&x={{?flow.x}}&y={{flow.y:1}}")))
                .isEmpty();
        assertThat(check(FLOW + """
                        - to:
                            uri: kamelet:kafka-records-sink
                            parameters: {topic: "{{flow.topic:calls}}"}
                """)).isEmpty();
        assertThat(check(FLOW.replace("uri: kamelet:people-ai-request",
                "id: crm\n            uri: kamelet:people-ai-request")))
                .isEmpty();
        assertThat(with("body", "{\"a\":{\"b\":{\"c\":\"{id}\"}},\"d\":\"#class:x & RAW(x) ${body} %7B\"}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"salesloft-people", "salesloft-tasks", "customerly-tags", "people-ai-teams"})
    void aFlowCanBeginWithAList(String list) {
        String parameters = "period: 1h\n        credential: europe\n        query: 'a[]=1&b=ü {x}'\n";
        String flow = FLOW.replace("inbox-source", list + "-source").replace("flow: calls\n", parameters);

        assertThat(check(flow)).isEmpty();
        assertThat(check(flow.replace("b=ü {x}", "b={{salesloft.access-token}}"))).singleElement().asString()
                .contains("This placeholder is not allowed");
        assertThat(check(flow.replace("period", "data"))).isNotEmpty();
        assertThat(check(flow.replace("uri: kamelet:" + list, "uri: kamelet:rest-records"))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A:{{people-ai.api-key}}", "X-A:{{env:HOME}}", "X-A:{{sys:user.home}}", "X-A:{{gtm.data}}",
            "RAW(X-A:{{gtm.data}})", "X-A:{{flow.a:{{gtm.data}}}}", "X-A:{{flow.{{env:HOME}}}}",
            "X-A:{{?gtm.data}}", "X-A:{{flow.a}}{{ gtm.data }}", "X-A:{{FLOW.a}}", "X-A:{{flow}}", "X-A:{{flowgtm.data}}",
            "X-A:{{bean:x}}", "{{flow.a:#class:java.io.FileOutputStream(/tmp/x)}}", "X-A:{{flow.a:env}}{{env:HOME}}"})
    void onlySettingsBelowFlowCanBeNamed(String headers) {
        assertThat(with("requestHeaders", headers)).singleElement().asString()
                .contains("calls.yaml:13: ", "This placeholder is not allowed", "[console-flow]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from:                           | beans: [{name: b, type: "#class:java.io.File"}], from:
            autoStartup: false              | autoStartup: "{{env:HOME}}"
            description: Calls to People.ai | description: "{{people-ai.api-key}}"
            description: Calls to People.ai | description: "${env:HOME}"
            description: Calls to People.ai | description: [a]
            description: Calls to People.ai | onException: []
            description: Calls to People.ai | errorHandler: {deadLetterChannel: {deadLetterUri: "log:x"}}
            kamelet:inbox-source            | file:/etc
            kamelet:inbox-source            | "{{flow.source}}"
            kamelet:inbox-source            | kamelet:people-ai-request-sink
            kamelet:inbox-source            | kamelet:inbox-source?location=http://evil.example/x.yaml
            kamelet:inbox-source            | kamelet:inbox-source/id
            kamelet:people-ai-request-sink  | kamelet:http-delivery-sink
            kamelet:people-ai-request-sink  | kamelet:people-ai-api-action
            kamelet:people-ai-request-sink  | kamelet:response-webhook-action
            kamelet:people-ai-request-sink  | "exec:touch"
            kamelet:people-ai-request-sink  | "kamelet://people-ai-request-sink"
            - to:                           | - toD:
            - to:                           | - script:
            - to:                           | - log:
            - to:                           | - setBody: {expression: {groovy: {expression: "1"}}}, to:
            url: /activities/{id}           | location: "http://evil.example/x.yaml"
            url: /activities/{id}           | exceptionHandler: "#class:java.io.File"
            url: /activities/{id}           | "{{flow.name}}": x
            url: /activities/{id}           | url: {a: b}
            url: /activities/{id}           | <<: {url: /x}
            flow: calls                     | location: x
            """)
    void nothingElseIsSaved(String before, String after) {
        String text = FLOW.replace(before, after.replaceFirst("^- (setBody.*), to:$", "- $1\n        - to:")
                .replaceFirst("^(beans.*), from:$", "$1\n    from:"));
        assertThat(text).isNotEqualTo(FLOW);
        assertThat(check(text)).isNotEmpty().allMatch(each -> !each.isWarning() && each.rule().equals("console-flow"));
        settings.put("gtm.console.flows", "any");
        assertThat(check(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"- beans: [{name: b, type: '#class:java.io.File'}]\n", "- onException: {}\n", "- rest: {}\n",
            "- routeConfiguration: {}\n", "- from: {uri: 'timer:x'}\n", "- routeTemplate: {}\n", "- text\n"})
    void onlyRoutesAreSaved(String item) {
        assertThat(check(FLOW + item)).isNotEmpty();
        assertThat(check(item + FLOW)).isNotEmpty();
        assertThat(check(item)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example/x", "HTTPS://evil.example", "//evil.example/x", "{url}", "{+url}",
            "https://{host}/x", "https://good.example{x}/", "https://good.example@evil.example/",
            "https://good.example\\@evil.example/",
            "https://evil.example/?https://good.example", "ftp://good.example/", "https://good.example.evil.example/x",
            "https://good.example%2eevil.example/", "https://{{flow.a}}.evil.example/", "https://{{flow.none}}/",
            "{{flow.u:https://evil.example/}}", "{{flow.base}}.evil.example/x", "RAW(https://evil.example/)",
            "https://xgood.example/", "https://[::1]/"})
    void aHostIsOneThatASettingAllows(String url) {
        settings.putAll(Map.of("gtm.console.allowed-hosts", "good.example, *.hooks.example, 127.0.0.1:81", "flow.a", "a",
                "flow.base", "https://good.example"));
        assertThat(with("url", url)).as(url).isNotEmpty();
        assertThat(with("responseWebhook", url)).as(url).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://good.example/x?y={{flow.a}}", "https://GOOD.example:8443", "https://a.hooks.example/",
            "http://127.0.0.1:81/x", "{{flow.webhook}}", "{{flow.base}}/x"})
    void aHostThatASettingAllowsIsFine(String url) {
        settings.putAll(Map.of("gtm.console.allowed-hosts", "good.example, *.hooks.example, 127.0.0.1:81", "flow.a", "a",
                "flow.base", "https://good.example"));
        assertThat(with("url", url)).isEmpty();
        assertThat(with("responseWebhook", url)).isEmpty();
        settings.put("gtm.console.allowed-hosts", "127.0.0.1:82");
        assertThat(with("url", url).isEmpty()).isEqualTo(url.equals("{{flow.webhook}}"));
    }

    @Test
    void theErrorNamesTheSettingToChange() {
        assertThat(with("responseWebhook", "https://hooks.example.com/in?secret=1")).singleElement().asString()
                .contains("The host hooks.example.com is not allowed", "gtm.console.allowed-hosts", "{{flow.url}}")
                .doesNotContain("secret=1");
        settings.put("gtm.console.allowed-hosts", "*");
        assertThat(with("responseWebhook", "https://hooks.example.com/in?secret=1")).isEmpty();
        assertThat(with("sendCredentialTo", "hooks.example.com")).singleElement().asString()
                .contains("gtm.console.allowed-credential-hosts");
        settings.put("gtm.console.allowed-credential-hosts", "hooks.example.com");
        assertThat(with("sendCredentialTo", "hooks.example.com")).isEmpty();
        assertThat(with("sendCredentialTo", "hooks.example.com,evil.example")).isNotEmpty();
    }

    @Test
    void directoriesAreThoseThatASettingAllows() {
        String files = FLOW.replace("people-ai-request-sink", "record-file-sink").replace("url: /activities/{id}",
                "directory: %s");
        settings.put("gtm.data", "/var/lib/gtm");
        assertThat(check(files.formatted("/etc"))).singleElement().asString().contains("gtm.console.allowed-directories");
        assertThat(check(files.formatted("/var/lib/gtm/state"))).isNotEmpty();
        settings.put("gtm.console.allowed-directories", "/srv/out, exports");
        assertThat(check(files.formatted("/srv/out/calls"))).isEmpty();
        assertThat(check(files.formatted("exports/calls"))).isEmpty();
        assertThat(check(files.formatted("/srv/out/../../etc"))).isNotEmpty();
        assertThat(check(files.formatted("/srv/outside"))).isNotEmpty();

        String more = "flow: calls\n        ";
        assertThat(check(FLOW.replace("flow: calls\n", more + "data: /home\n"))).isNotEmpty();
        assertThat(check(FLOW.replace("flow: calls\n", more + "data: /var/lib/gtm\n"))).isEmpty();
        for (String folder : List.of("state", "inbox/../state", "../../etc", "/etc", "./inbox/../dead-letters",
                "{{flow.f:/etc}}")) {
            assertThat(check(FLOW.replace("flow: calls\n", more + "folder: '" + folder + "'\n"))).as(folder).isNotEmpty();
        }
        assertThat(check(FLOW.replace("flow: calls\n", more + "folder: inbox\n"))).isEmpty();
    }

    @Test
    void aFlowReadsItsOwnInbox() {
        for (String other : List.of("leads", "../x", "{{flow.other}}", "{{flow.other:../../etc}}", "calls?x=y")) {
            assertThat(with("flow", other)).as(other).isNotEmpty();
        }
    }

    @Test
    void brokersAreThoseOfTheSettings() {
        String topics = FLOW.replace("inbox-source", "kafka-records-source").replace("flow: calls\n",
                "flow: calls\n        topic: '%s'\n        brokers: '%s'\n");
        settings.putAll(Map.of("gtm.kafka.brokers", "kafka:9092", "gtm.console.allowed-brokers", "other:9092"));
        assertThat(check(topics.formatted("calls", "kafka:9092"))).isEmpty();
        assertThat(check(topics.formatted("calls", "kafka:9092,other:9092"))).isEmpty();
        assertThat(check(topics.formatted("calls", "kafka:9092,evil:9092"))).singleElement().asString()
                .contains("The broker evil:9092", "gtm.console.allowed-brokers");
        for (String topic : List.of("a?brokers=evil:9092", "RAW(a?brokers=evil:9092)", "a&brokers=evil:9092",
                "RAW(a&brokers=evil:9092)", "{{flow.t:a?brokers=evil}}", "#class:x", "%7B%7Bgtm.data%7D%7D", "gtm~YQ~",
                "{{{flow.a}}gtm.data}}")) {
            assertThat(check(topics.formatted(topic, "kafka:9092"))).as(topic).isNotEmpty();
        }
    }

    @Test
    void aCredentialIsAName() {
        assertThat(with("credential", "acme")).isEmpty();
        assertThat(with("credential", "{{flow.credential}}")).isEmpty();
        assertThat(with("credential", "default?baseUrl=http://evil.example")).isNotEmpty();
        assertThat(with("credential", "a.b")).isNotEmpty();
    }

    @Test
    void aModeThatThereIsNotIsRefused() {
        settings.put("gtm.console.flows", "all");
        assertThatThrownBy(() -> check(FLOW))
                .hasMessage("gtm.console.flows: 'all' is not allowed. Enter templates, any or none");
    }
}
