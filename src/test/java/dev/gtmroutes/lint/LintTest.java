// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {

    @TempDir
    Path routes;

    /** The delivery's own parameter waits for its mark: remove the filter with it. */
    @Test
    void theProjectsOwnRoutesHaveNoFindings() {
        assertThat(new Lint(Path.of("routes"), Settings.UNKNOWN).check()).isEmpty();
    }

    @Test
    void aDirectoryWithoutRoutesHasNone() {
        assertThat(new Lint(routes, Settings.UNKNOWN).check()).isEmpty();
    }

    @Test
    void kameletsAndFlowsAreChecked() throws IOException {
        Files.createDirectories(routes.resolve("kamelets/acme"));
        Files.createDirectories(routes.resolve("flows"));
        Files.writeString(routes.resolve("kamelets/acme/bad.kamelet.yaml"), "a: {");
        Files.writeString(routes.resolve("kamelets/acme/acme-put-sink.kamelet.yaml"), """
                metadata: {name: acme-put-sink}
                spec: {definition: {properties: {id: {type: string, format: uri-template, default: "{id}"}}}}
                """);
        Files.writeString(routes.resolve("flows/things.yaml"), """
                - route:
                    id: things
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: things}
                      steps:
                        - to:
                            uri: kamelet:acme-put-sink
                """);
        Files.writeString(routes.resolve("flows/things.sample.json"), "{\"x\": 1}");
        Files.writeString(routes.resolve("flows/.hidden.yaml"), "");
        assertThat(new Lint(routes, Settings.UNKNOWN).check())
                .extracting(each -> routes.relativize(each.file()) + ":" + each.line() + " "
                        + each.rule())
                .contains("kamelets/acme/bad.kamelet.yaml:1 yaml", "flows/things.yaml:8 no-such-attribute")
                .noneMatch(each -> each.contains("hidden"));
    }

    private static String flow(String id, String steps) {
        return """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                """.formatted(id) + steps;
    }

    @Test
    void aStoreThatNoFlowFillsIsAWarning() throws IOException {
        Files.createDirectories(routes.resolve("flows"));
        Files.writeString(routes.resolve("flows/people.yaml"), flow("people", """
                        - to: {uri: kamelet:lookup-store-sink, parameters: {store: people, key: email}}
                """));
        Files.writeString(routes.resolve("flows/calls.yaml"), flow("calls", """
                        - to:
                            uri: kamelet:lookup-store-action
                            parameters: {store: peeple, as: person}
                        - to: {uri: kamelet:record-file-sink, parameters: {directory: out}}
                """));
        assertThat(new Lint(routes, Settings.UNKNOWN).check()).singleElement().satisfies(each -> {
            assertThat(each.isWarning()).isTrue();
            assertThat(each.toString()).endsWith("calls.yaml:9: no flow writes to the store peeple: did you mean people? "
                    + "Records wait until the store exists [lookup-store-missing]");
        });
    }

    @Test
    void aDefaultThatIsTheNameOfATypeIsAWarning() throws IOException {
        Files.createDirectories(routes.resolve("flows"));
        Files.writeString(routes.resolve("flows/calls.yaml"), flow("calls", """
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                              map: |-
                                external_id = {id}
                                duration = {minutes|number}
                """));
        assertThat(new Lint(routes, Settings.UNKNOWN).check()).singleElement().satisfies(each -> {
            assertThat(each.isWarning()).isTrue();
            assertThat(each.toString())
                    .contains("calls.yaml:12: ", "number is a default; to convert, write {minutes:number}")
                    .endsWith("[type-as-default]");
        });
    }

    @Test
    void aFlowEndsWithADestination() throws IOException {
        Files.createDirectories(routes.resolve("flows"));
        Files.writeString(routes.resolve("flows/people.yaml"), flow("people", """
                        - to: {uri: kamelet:lookup-store-sink, parameters: {store: people, key: email}}
                        - to: {uri: kamelet:lookup-store-action, parameters: {store: people, as: person}}
                """));
        Files.writeString(routes.resolve("flows/none.yaml"), flow("none", "").replace("      steps:\n", ""));
        assertThat(new Lint(routes, Settings.UNKNOWN).check()).extracting(Finding::toString).satisfiesExactly(
                none -> assertThat(none).contains("none.yaml:3: the flow has no step behind from")
                        .endsWith("[no-destination]"),
                people -> assertThat(people)
                        .contains("people.yaml:8: the flow ends with lookup-store-action, which delivers "
                                + "nothing")
                        .endsWith("[no-destination]"));
    }

    /** The samples are records as the source has them. */
    @Test
    void attributesThatALookupAddsAreKnown() throws IOException {
        Files.createDirectories(routes.resolve("flows"));
        Files.writeString(routes.resolve("flows/enrolments.yaml"), """
                - route:
                    id: enrolments
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: enrolments}
                      steps:
                        - to:
                            uri: kamelet:lookup-store-action
                            parameters: {store: people, by: email, as: person}
                        - to:
                            uri: kamelet:salesloft-create-cadence-membership-sink
                            parameters: {map: "person_id = {person.id}\ncadence_id = {cadence}\nuser_id = {user}"}
                """);
        Files.writeString(routes.resolve("flows/people.yaml"), flow("people", """
                        - to: {uri: kamelet:lookup-store-sink, parameters: {store: people, key: email}}
                """));
        Files.writeString(routes.resolve("flows/enrolments.sample.json"), "{\"email\": \"a@x.example\", \"cadence\": 1}");
        assertThat(new Lint(routes, Settings.UNKNOWN).check()).singleElement().satisfies(each -> assertThat(each.message())
                .contains("no sample record has the attribute user"));
    }

    @Test
    void onlyWhatStillWorksIsAWarning() {
        assertThat(new Finding(routes, 1, "flow-name", "").isWarning()).isFalse();
        assertThat(new Finding(routes, 1, "value", "").isWarning()).isFalse();
    }
}
