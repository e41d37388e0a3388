// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

/** Parts of a step that are expressions themselves: Camel's schema has no level between them and their language. */
class CanonicalYamlTest {

    private static List<Finding> findings(String correlation) {
        Path file = Path.of("flow.yaml");
        Report report = new Report(file);
        new CanonicalYaml().check(YamlFile.of(file, """
                - route:
                    from:
                      uri: direct:in
                      steps:
                        - aggregate:
                            correlationExpression: %s
                            steps:
                              - to: {uri: "mock:out"}
                """.formatted(correlation)).root(), report);
        return report.findings();
    }

    @Test
    void theLanguageStandsDirectlyBelowAPart() {
        assertThat(findings("{simple: {expression: \"${body}\"}}")).isEmpty();
        assertThat(findings("{ref: {expression: bean}}")).isEmpty();
    }

    @Test
    void aLevelBetweenAndACompactNotationAreTold() {
        assertThat(findings("{expression: {simple: {expression: \"${body}\"}}}")).singleElement()
                .satisfies(each -> assertThat(each.message())
                        .isEqualTo("Camel's schema has no expression below correlationExpression. Write the language "
                                + "directly below it"));
        assertThat(findings("{simple: \"${body}\"}")).singleElement().satisfies(each -> assertThat(each.message())
                .isEqualTo("simple in compact notation. Write simple: {expression: ...}"));
    }
}
