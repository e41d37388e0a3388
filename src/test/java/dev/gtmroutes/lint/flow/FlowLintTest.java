// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.gtmroutes.lint.Spoiled;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule for flows, with a good file and one that breaks just this rule. */
class FlowLintTest {

    private static final String GOOD = """
            # Things to Acme.
            - route:
                id: things
                from:
                  uri: kamelet:inbox-source
                  parameters:
                    flow: things
                  steps:
                    - log: {message: "${body}"}
                    - to:
                        uri: kamelet:acme-push-batch-things-sink
                        parameters:
                          batchSize: 4000
                          ratio: 0.5
                          excludeAttributes: a,b.c
                          bodyFormat: vendor
                          requestHeaders: X-Kind:thing,X-Time:10:30
                          responseWebhook: RAW(https://hooks.example.com/in?team=gtm&kind=things)
                    - wireTap:
                        uri: kamelet:acme-push-thing-sink?retryFor=1h&excludeAttributes=a
                    - to:
                        uri: kamelet:acme-delete-thing-sink
                        parameters:
                          thingId: "{thing_id}"
                          accessToken: "{{acme.access-token}}"
                          confirmIrreversible: true
                    - to:
                        uri: kamelet:acme-request-sink
                        parameters: {url: "/things/{thing_id}", method: PUT, batch: true, batchSize: 5}
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void kamelets() throws IOException {
        kamelet("inbox-source", "source", "", "[flow]", "flow: {type: string}\n      folder: {type: string}");
        kamelet("acme-push-batch-things-sink", "sink", "", "[]", """
                batchSize: {type: integer, minimum: 1, maximum: 5000}
                      ratio: {type: number}
                      bodyFormat: {type: string, enum: [record, vendor]}
                      requestHeaders: {type: string}
                      excludeAttributes: {type: string}
                      responseWebhook: {type: string, format: password}""");
        kamelet("acme-push-thing-sink", "sink", "", "[]", """
                excludeAttributes: {type: string}
                      retryFor: {type: string, default: 24h}""");
        kamelet("acme-delete-thing-sink", "sink", "gtm.routes/irreversible: \"true\"", "[confirmIrreversible]", """
                thingId: {type: string, format: uri-template, default: "{thing_id}"}
                      accessToken: {type: string, format: password}
                      confirmIrreversible: {type: boolean, default: false}""");
        kamelet("acme-request-sink", "sink", "", "[url]", """
                url: {title: Endpoint URL, type: string, format: uri-template}
                      method: {type: string, enum: [PUT, POST], default: PUT}
                      batch: {type: boolean}
                      batchSize: {type: integer}""");
    }

    private void kamelet(String name, String type, String annotation, String required, String properties)
            throws IOException {
        Files.createDirectories(directory.resolve("kamelets"));
        Files.writeString(directory.resolve("kamelets/" + name + ".kamelet.yaml"), """
                metadata:
                  name: %s
                  annotations: {%s}
                  labels: {camel.apache.org/kamelet.type: %s}
                spec:
                  definition:
                    required: %s
                    properties:
                      %s
                """.formatted(name, annotation, type, required, properties));
    }

    static List<Spoiled> mistakes() {
        return Stream.of(calls(), values(), secrets(), variables(), routes(), form()).flatMap(s -> s).toList();
    }

    private static Stream<Spoiled> calls() {
        return Stream.of(
                bad("acme-push-batch-things-sink", "acme-push-batch-thing-sink", "unknown-kamelet",
                        "did you mean acme-push-batch-things-sink?"),
                bad("acme-push-thing-sink", "nothing-like-it-anywhere", "unknown-kamelet",
                        "The folder kamelets/ contains the names"),
                bad("excludeAttributes: a,b.c", "excludAttributes: a,b.c", "unknown-parameter",
                        "did you mean excludeAttributes?"),
                bad("?retryFor=1h", "?retyFor=1h", "unknown-parameter", "did you mean retryFor?"),
                bad("?retryFor=1h", "?excludeAttributes=h?x=1&kind=2", "unknown-parameter",
                        "write RAW(...) around that value"),
                bad("ratio: 0.5", "somethingElse: 1", "unknown-parameter", "its parameters are batchSize, bodyFormat"),
                bad("ratio: 0.5", "batch: true", "unknown-parameter", "always sends batches"),
                bad("batchSize: 4000\n", "batchSize: RAW(4000)\n              batchTimeout: 1s\n",
                        "unknown-parameter", "batchTimeout", "has no parameter batchTimeout"),
                bad("retryFor=1h&", "batch=true&", "one-record", "sends one record per request"),
                bad("retryFor=1h&", "batchSize=10&", "one-record", "sends one record per request"),
                bad("retryFor=1h&", "groupBy=team&", "one-record", "so groupBy has no effect here"),
                bad("        flow: things\n", "", "missing-parameter", "uri: kamelet:inbox", "requires the parameter flow"),
                bad("url: \"/things/{thing_id}\", ", "", "missing-parameter", "uri: kamelet:acme-request",
                        "requires the parameter url. Add it under parameters (Endpoint URL)"),
                bad("              confirmIrreversible: true\n", "", "irreversible", "uri: kamelet:acme-delete",
                        "cannot be undone"),
                bad("confirmIrreversible: true", "confirmIrreversible: false", "irreversible", "cannot be undone"));
    }

    private static Stream<Spoiled> values() {
        return Stream.of(
                bad("batchSize: 4000", "batchSize: many", "value", "'many' is not a whole number"),
                bad("batchSize: 4000", "batchSize: 10.5", "value", "'10.5' is not a whole number"),
                bad("batchSize: 4000", "batchSize: 6000", "value",
                        "The API takes at most 5000 records in one request; 6000 is more."),
                bad("batchSize: 4000", "batchSize: 0", "value", "at least 1"),
                bad("batchSize: 4000", "batchSize:", "value", "not a whole number"),
                bad("ratio: 0.5", "ratio: half", "value", "is not a number"),
                bad("bodyFormat: vendor", "bodyFormat: vendr", "value", "Enter record or vendor"),
                bad("method: PUT", "method: PATCH", "value", "Enter PUT or POST"),
                bad("excludeAttributes: a,b.c", "excludeAttributes: [a, b.c]", "value", "separated by commas"),
                bad("batch: true, ", "", "batch-off", "url: \"/things", "Add batch: true, or remove it"),
                bad("batch: true", "batch: yes", "value", "Enter true or false"));
    }

    private static Stream<Spoiled> secrets() {
        return Stream.of(
                bad("\"{{acme.access-token}}\"", "abc", "secret", "Write {{my.setting}}"),
                bad("\"{{acme.access-token}}\"", "\"{{acme.access-token:abc}}\"", "secret", "accessToken contains a secret"),
                bad("X-Kind:thing", "Authorization:abc", "secret", "the header Authorization"),
                bad("X-Kind:thing", "X-API-Key:abc", "secret", "the header X-API-Key"),
                bad("X-Kind:thing", "X-Kind:Bearer abc", "secret", "the header X-Kind"),
                bad("X-Kind:thing,X-Time:10:30", "\"Authentication:AccessToken: abc\"", "secret",
                        "the header Authentication"),
                bad("X-Kind:thing", "X-Acme-Token:f00ba4f00ba4f00ba4", "secret", "the header X-Acme-Token"),
                bad("in?team=gtm&", "in?token=gtm&", "secret", "token in the URL of responseWebhook"),
                bad("https://hooks", "https://me:word@hooks", "secret", "the password in the URL of responseWebhook"),
                bad("    - log: {", "    - to: {uri: \"kafka:x\", parameters: {saslJaasConfig: abc}}\n        - log: {",
                        "secret", "saslJaasConfig contains"),
                bad("    - log: {", "    - to: {uri: \"ftp://me:word@host/x\"}\n        - log: {", "secret", "in the URI"));
    }

    private static Stream<Spoiled> variables() {
        return Stream.of(
                bad("thingId: \"{thing_id}\"", "thingId: \"{{thing_id}}\"", "double-braces",
                        "Write {thing_id} for the attribute of the record"),
                bad("/things/{thing_id}", "/things/{{thing_id}}", "double-braces", "url: \"/things",
                        "Write {thing_id} for the attribute"),
                bad("excludeAttributes: a,b.c", "excludeAttributes: \"{{attributes}}\"", "double-braces",
                        "Set it in application.properties"));
    }

    private static Stream<Spoiled> routes() {
        return Stream.of(
                bad("- route:\n    id: things", "- errorHandler: {noErrorHandler: {}}\n- route:\n    id: things",
                        "error-handler", "- errorHandler", "Camel applies errorHandler to the flows of all files"),
                bad("    id: things\n", "", "route-id", "- route:", "the route has no id"),
                bad("- route:\n    id: things\n    from", "- from", "route-id", "- from", "Write - route: with id:"),
                bad("id: things", "id: ../things", "route-id", "'../things' cannot be an id"),
                bad("- route:\n    id: things",
                        "- route:\n    id: things\n    from: {uri: kamelet:acme-push-thing-sink, "
                                + "steps: [{log: {message: x}}]}\n"
                                + "- route:\n    id: things",
                        "route-id", "id: things\n    from:\n", "another route has the id"),
                bad("flow: things", "flow: thing", "flow-name", "Write flow: things"),
                bad("id: things", "id: things.1-responses", "route-id", "reserved for the"),
                bad("flow: things", "flow: things\n        folder: ./responses", "inbox-folder", "folder: ./responses",
                        "its own files"),
                bad("- route:", "- beans:", "route", "- beans", "the file contains no route"));
    }

    private static Stream<Spoiled> form() {
        return Stream.of(
                bad("- log: {message: \"${body}\"}", "- log: \"${body}\"", "compact-yaml", "as message: ..."),
                bad("- log: {message: \"${body}\"}", "- to: kamelet:acme-push-thing-sink", "compact-yaml", "as uri: ..."),
                bad("- log: {message: \"${body}\"}", "- setBody: {simple: x}", "compact-yaml", "Write expression: {simple"),
                bad("- log: {message: \"${body}\"}", "- setBody: {header: x}", "compact-yaml", "Write expression: {header"),
                bad("- log: {message: \"${body}\"}", "- stop", "compact-yaml", "Write stop: {}"),
                bad("- log: {message: \"${body}\"}", "- set-body: {expression: {simple: {expression: x}}}", "kebab-case",
                        "Write setBody"),
                bad("ratio: 0.5", "batchSize: 10", "duplicate-key", "batchSize is here twice"),
                bad("uri: kamelet:inbox-source", "uri: \"kamelet:inbox-source", "yaml", "- log:",
                        "look from line 5 on"),
                bad("method: PUT,", "method: 'PUT,", "yaml", "not valid YAML: a quote has no end"),
                bad("  steps:", "\tsteps:", "yaml", "\tsteps", "not valid YAML"));
    }

    private static Spoiled bad(String part, String bad, String rule, String message) {
        return bad(part, bad, rule, bad.strip().lines().findFirst().orElseThrow(), message);
    }

    private static Spoiled bad(String part, String bad, String rule, String at, String message) {
        return new Spoiled(GOOD, part, bad, rule, at, message);
    }

    @Test
    void aGoodFlowHasNoFindings() throws IOException {
        assertThat(check(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void tellsOfEachMistake(Spoiled file) throws IOException {
        file.isToldBy(check(file.text()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batchSize: \"{{my.size}}\"", "batchSize: \"{{env:SIZE}}\"", "batchSize: \"{{SIZE}}\"",
            "batchSize: \"{{size:10}}\"", "requestHeaders: \"Authorization:Bearer {{acme.token}}\"",
            "requestHeaders: \"X-Idempotency-Key:abc\"", "responseWebhook: \"{{acme.webhook}}\"",
            "responseWebhook: \"https://hooks.example.com/in?token={{acme.token}}\"",
            "responseWebhook: \"https://hooks.example.com/a@b:c@d\"", "noErrorHandler: true"})
    void takesForGood(String parameter) throws IOException {
        String rest = GOOD.replaceAll("(?m)^ +(batchSize: 4000|requestHeaders: .*|responseWebhook: .*)\n", "");
        assertThat(check(rest.replace("ratio: 0.5", parameter))).isEmpty();
    }

    @Test
    void nothingButCommentsIsToldAsEmpty() throws IOException {
        assertThat(check("# nothing yet\n")).singleElement()
                .satisfies(each -> assertThat(each.rule()).isEqualTo("empty"));
        assertThat(check("")).extracting(Finding::rule).containsExactly("empty");
    }

    @Test
    void aMapIsNoListOfRoutes() throws IOException {
        assertThat(check("route:\n  id: things\n")).extracting(Finding::rule).containsExactly("route");
    }

    @Test
    void aKameletThatCannotBeReadIsToldAsSuch() throws IOException {
        Files.writeString(directory.resolve("kamelets/acme-push-thing-sink.kamelet.yaml"), "metadata: {");
        assertThat(check(GOOD)).singleElement()
                .satisfies(each -> assertThat(each.message()).contains("acme-push-thing-sink cannot be read. Correct"));
    }

    @Test
    void settingsThatAreKnownDecide() throws IOException {
        Settings settings = Settings.of(Set.of("size", "thing", "camel.kamelet.inbox-source.flow")::contains);
        String flow = GOOD.replace("batchSize: 4000", "batchSize: \"{{size}}\"").replace("        flow: things\n", "")
                .replace("/things/{thing_id}", "/things/{{thing}}");
        List<Finding> findings = new FlowLint(Kamelets.in(directory), settings, SampleFiles.NONE)
                .check(YamlFile.of(Path.of("things.yaml"), flow));
        assertThat(findings).extracting(each -> each.rule() + " " + each.message().split("}}")[0])
                .containsExactly("double-braces accessToken: {{acme.access-token", "double-braces url: {{thing");
    }

    @Test
    void variablesAreLookedUpInSamples() throws IOException {
        Path flow = Files.writeString(directory.resolve("things.yaml"),
                GOOD.replace("              thingId: \"{thing_id}\"\n", ""));
        Kamelets known = Kamelets.in(directory);
        assertThat(new FlowLint(known, Settings.UNKNOWN, SampleFiles.of(Set.of("thing_id"))).check(YamlFile.read(flow)))
                .isEmpty();
        assertThat(
                new FlowLint(known, Settings.UNKNOWN, SampleFiles.of(Set.of("thing", "thingid"))).check(YamlFile.read(flow)))
                .extracting(each -> each.line() + " " + each.rule() + " " + each.message()).containsExactly(
                        "22 no-such-attribute thingId: no sample record has the attribute thing_id, and records without it "
                                + "are rejected: did you mean thingid?",
                        "28 no-such-attribute url: no sample record has the attribute thing_id, and records without it "
                                + "are rejected: did you mean thingid?");
    }

    @Test
    void noSecretIsInAMessage() throws IOException {
        String flow = GOOD.replace("\"{{acme.access-token}}\"", "s3cret").replace("X-Kind:thing", "Authorization:s3cret")
                .replace("team=gtm", "token=s3cret");
        assertThat(check(flow)).hasSize(3).allSatisfy(each -> assertThat(each.toString()).doesNotContain("s3cret"));
    }

    private List<Finding> check(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("things.yaml"), text);
        return new FlowLint(Kamelets.in(directory), Settings.UNKNOWN, SampleFiles.NONE).check(YamlFile.read(file));
    }
}
