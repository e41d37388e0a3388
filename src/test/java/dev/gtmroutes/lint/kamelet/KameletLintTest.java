// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.lint.Spoiled;
import dev.gtmroutes.lint.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule for Kamelets, with a good file and one that breaks just this rule. */
class KameletLintTest {

    private static final String GOOD = """
            # A template as they all are.
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: acme-push-thing-sink
              annotations:
                camel.apache.org/kamelet.icon: "data:image/svg+xml;base64,PHN2Zy8+"
                camel.apache.org/kamelet.support.level: Stable
                camel.apache.org/catalog.version: 0.1.0
                camel.apache.org/provider: GTM Routes
                camel.apache.org/kamelet.group: Acme
                camel.apache.org/kamelet.namespace: GTM
              labels:
                camel.apache.org/kamelet.type: sink
            spec:
              definition:
                title: Push Thing Sink
                description: Pushes a thing.
                type: object
                required:
                  - path
                properties:
                  credential: {title: Credential, description: Name of it., type: string, default: default}
                  path: {title: Path, description: The path., type: string, format: uri-template}
                  method: {title: Method, description: The method., type: string, enum: [PUT, POST], default: PUT}
                  batchSize: {title: Batch Size, description: The most., type: integer, default: 100, maximum: 5000}
                  retryFor: {title: Retry for, description: How long., type: string, default: 24h}
                  quiet: {title: Quiet, description: How long., type: string, default: "{{acme.quiet:2s}}"}
                  apiKey:
                    title: API Key
                    description: The key.
                    type: string
                    format: password
                    x-descriptors:
                      - urn:camel:group:credentials
                    default: "{{acme.api-key}}"
                  responseWebhook:
                    title: Webhook
                    description: Its URL.
                    type: string
                    format: password
                    x-descriptors: ["urn:camel:group:credentials"]
                    default: ""
                  base: {title: Base, description: The base URL., type: string, default: "https://api.acme.com"}
              dependencies:
                - camel:bean
                - camel:http
                - camel:kamelet
                - mvn:dev.gtmroutes:gtm-routes-kamelets:0.1.0
              template:
                beans:
                  - name: thing
                    type: "#class:dev.gtmroutes.Thing"
                    properties:
                      key: "{{apiKey}}"
                from:
                  uri: kamelet:source
                  steps:
                    - bean: {ref: "{{thing}}", method: open}
                    - filter:
                        expression: {simple: {expression: "${body} != null"}}
                        steps:
                          - setBody: {expression: {constant: {expression: "x"}}}
                    - to: {uri: "{{base}}"}
                    - to:
                        uri: "kamelet:other-delivery-sink/{{routeId}}-delivery"
                        parameters:
                          api: "kamelet:acme-api-action/acme-{{credential}}"
                          path: "RAW({{path}})"
                          method: "{{method}}"
                          batchSize: "{{batchSize}}"
                          retryFor: "{{retryFor}}"
                          quiet: "{{?quiet}}"
                          responseWebhook: "RAW({{responseWebhook}})"
            """;

    private static final String FILE = "acme-push-thing-sink.kamelet.yaml";

    @TempDir
    Path directory;

    static List<Spoiled> mistakes() {
        return Stream.of(identity(), sections(), catalogue(), parameters(), passwords(), template()).flatMap(s -> s)
                .toList();
    }

    private static Stream<Spoiled> identity() {
        return Stream.of(
                bad("name: acme-push-thing-sink", "name: acme-thing-sink", "file-name", "Make the names equal"),
                bad("org/v1\n", "org/v1alpha1\n", "api-version", "apiVersion must be camel.apache.org/v1"),
                bad("kind: Kamelet", "kind: Pipe", "api-version", "kind must be Kamelet"),
                bad("kamelet.type: sink", "kamelet.type: drain", "kamelet-type", "is 'drain'. Write source, sink, action"),
                bad("kamelet.type: sink", "kamelet.type: action", "kamelet-type", "name: acme", "End its name with -action"),
                bad("    camel.apache.org/provider: GTM Routes\n", "", "annotation", "annotations:",
                        "camel.apache.org/provider"),
                bad("support.level: Stable", "support.level: ''", "annotation", "annotations:", "support.level is missing"),
                bad("kamelet.group: Acme", "kamelet.group:", "annotation", "annotations:", "kamelet.group is missing"),
                bad("    camel.apache.org/catalog.version: 0.1.0\n", "", "annotation", "annotations:", "catalog.version"),
                bad("kamelet.icon: \"data:image/svg+xml;base64,PHN2Zy8+\"", "kamelet.icon:", "annotation", "annotations:",
                        "kamelet.icon is missing"),
                bad("    camel.apache.org/kamelet.namespace: GTM\n", "", "annotation", "annotations:", "namespace"));
    }

    private static Stream<Spoiled> sections() {
        return Stream.of(
                bad("apiVersion: camel.apache.org/v1\nkind: Kamelet\n", "kind: Kamelet\napiVersion: camel.apache.org/v1\n",
                        "section-order", "apiVersion", "Put it before kind"),
                bad("    title: Push Thing Sink\n    description: Pushes a thing.\n",
                        "    description: Pushes a thing.\n    title: Push Thing Sink\n", "section-order", "title: Push",
                        "title is in the wrong place. Put it before description"),
                bad("  template:\n    beans", "  flow: {}\n  template:\n    beans", "section-order",
                        "flow is not a section"),
                bad("  template:\n    beans", "  types: {}\n  template:\n    beans", "section-order", "Put it before"),
                bad("title: Push Thing Sink", "title: ''", "text", "definition:", "the definition has no title"),
                bad("description: Pushes a thing.", "description:", "text", "definition:", "no description"),
                bad("description: Pushes a thing.", "description: Pushes a thing", "text", "full stop"),
                bad("title: Base, ", "", "text", "base: {", "parameter base has no title"),
                bad("description: The base URL., ", "", "text", "base: {", "parameter base has no description"),
                bad("description: The base URL.,", "description: The base URL,", "text", "parameter base does not end"));
    }

    private static Stream<Spoiled> catalogue() {
        return Stream.of(
                bad("title: Push Thing Sink", "title: Push Thing", "catalogue", "End it with Sink"),
                bad("    type: object\n", "", "catalogue", "definition:", "no type: object"),
                bad("title: Batch Size", "title: Batch size", "catalogue", "batchSize:", "Write Size"),
                bad("title: Base,", "title: The Base,", "catalogue", "base:", "Remove 'The'"),
                bad("      - path\n", "      - path\n      - path\n", "catalogue", "      - path\n    properties",
                        "required twice"));
    }

    private static Stream<Spoiled> parameters() {
        return Stream.of(
                bad("type: integer, default: 100", "type: int, default: 100", "parameter-type", "the type 'int'"),
                bad("description: The most., type: integer", "description: The most.", "parameter-type", "batchSize: {",
                        "''"),
                bad("default: 100,", "default: many,", "default", "'many' is not a whole number"),
                bad("default: 100,", "default: 6000,", "default", "at most 5000"),
                bad("default: PUT", "default: GET", "default", "Enter PUT or POST"),
                bad("- path", "- pathh", "required", "did you mean path?"),
                bad("      base:", "      more: {title: More, description: More., type: string}\n      base:",
                        "unused-parameter", "more: {", "Write {{more}} in the template, or remove the parameter"),
                bad("\"${body} != null\"", "\"{{bodi}}\"", "undeclared-parameter", "Declare it under properties"),
                bad("method: \"{{method}}\"", "method: \"{{metod}}{{method}}\"", "undeclared-parameter",
                        "did you mean method?"),
                bad("\"${body} != null\"", "\"{{acme.x}}\"", "undeclared-parameter", "default of a parameter"),
                bad("title: Push Thing Sink", "title: Push Thing Sink\n    title: Two Sinks", "duplicate-key",
                        "title: Two Sinks", "title is here twice"));
    }

    private static Stream<Spoiled> passwords() {
        return Stream.of(
                bad("        format: password\n        x-descriptors:\n          - urn:camel:group:credentials\n",
                        "", "password-mark", "apiKey:", "has a name of a secret"),
                bad("          - urn:camel:group:credentials\n", "          - urn:alm:descriptor:io.kubernetes:Secret\n",
                        "password-mark", "apiKey:", "apiKey is a password. Add x-descriptors"),
                bad("        format: password\n        x-descriptors: [", "        x-descriptors: [", "password-mark",
                        "responseWebhook:", "responseWebhook can contain a secret"),
                bad("apiKey", "magicWord", "password-name", "magicWord:", "name that Camel masks"),
                bad("format: uri-template", "x-descriptors: ['urn:camel:group:credentials']", "password-mark",
                        "Add format: password"));
    }

    private static Stream<Spoiled> template() {
        return Stream.of(
                bad("    - camel:bean\n", "", "dependency", "dependencies:", "uses camel:bean"),
                bad("    - camel:http\n", "", "dependency", "dependencies:", "uses camel:http"),
                bad("    - camel:kamelet\n", "", "dependency", "dependencies:", "uses camel:kamelet"),
                bad("    - mvn:dev.gtmroutes:gtm-routes-kamelets:0.1.0\n", "", "dependency", "dependencies:",
                        "Add their jar"),
                bad("path: \"RAW({{path}})\"", "path: \"{{path}}\"", "raw", "path: \"{{path", "path: \"RAW({{path}})\""),
                bad("{uri: \"{{base}}\"}", "{uri: \"kamelet:x-sink?a={{base}}\"}\n        - to: {uri: \"{{base}}\"}", "raw",
                        "- to: {uri", "Write a: \"RAW({{base}})\""),
                bad("- bean: {ref: \"{{thing}}\", method: open}", "- bean: \"{{thing}}\"", "compact-yaml", "as ref: ..."),
                bad("- bean: {", "- log: hello\n        - bean: {", "compact-yaml", "- log", "as message: ..."),
                bad("- setBody: {expression: {constant: {expression: \"x\"}}}", "- setBody: {constant: \"x\"}",
                        "compact-yaml", "Write expression: {constant: {expression: ...}}"),
                bad("simple: {expression: \"${body} != null\"}", "simple: \"${body} != null\"", "compact-yaml", "simple in"),
                bad("- setBody", "- set-body", "kebab-case", "Write setBody"),
                bad("- bean: {", "- kamelet: {name: x-action, steps: []}\n        - bean: {", "nested-steps", "- kamelet",
                        "Write to:"));
    }

    private static Spoiled bad(String part, String bad, String rule, String message) {
        return bad(part, bad, rule, bad.strip().lines().findFirst().orElseThrow(), message);
    }

    private static Spoiled bad(String part, String bad, String rule, String at, String message) {
        return new Spoiled(GOOD, part, bad, rule, at, message);
    }

    @Test
    void aGoodKameletHasNoFindings() throws IOException {
        assertThat(check(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void tellsOfEachMistake(Spoiled file) throws IOException {
        file.isToldBy(check(file.text()));
    }

    @Test
    void aTemplateIsShort() throws IOException {
        String template = GOOD.replace("other-delivery-sink", "http-delivery-sink")
                .replaceFirst("metadata:\n", "metadata:\n" + "  a: 1\n".repeat(30));
        assertThat(check(template)).extracting(Finding::rule).contains("length");
    }

    @Test
    void callsOfOtherKameletsAreChecked() throws IOException {
        Path other = Files.writeString(directory.resolve("other-delivery-sink.kamelet.yaml"), """
                metadata:
                  name: other-delivery-sink
                spec:
                  definition:
                    required: [template]
                    properties:
                      template: {type: string}
                      path: {type: string}
                      metho: {type: string}
                """);
        Path file = Files.writeString(directory.resolve(FILE), GOOD);
        assertThat(KameletLint.check(KameletDefinition.read(file), Kamelets.in(other.getParent())))
                .extracting(each -> each.line() + " " + each.rule() + " " + each.message())
                .anySatisfy(each -> assertThat(each).startsWith("66 missing-parameter").contains("template"))
                .anySatisfy(each -> assertThat(each).startsWith("70 unknown-parameter").contains("did you mean metho?"));
    }

    @Test
    void aBrokenFileIsToldAndNothingElse() throws IOException {
        assertThat(check(GOOD.replace("title: Push Thing Sink", "title: \"Push Thing Sink"))).singleElement()
                .satisfies(each -> assertThat(each.rule()).isEqualTo("yaml"));
    }

    private List<Finding> check(String text) throws IOException {
        return KameletLint.check(KameletDefinition.read(Files.writeString(directory.resolve(FILE), text)));
    }
}
