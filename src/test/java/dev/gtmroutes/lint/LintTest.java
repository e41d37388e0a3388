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

    @Test
    void onlyWhatStillWorksIsAWarning() {
        assertThat(new Finding(routes, 1, "flow-name", "").isWarning()).isFalse();
        assertThat(new Finding(routes, 1, "value", "").isWarning()).isFalse();
    }
}
