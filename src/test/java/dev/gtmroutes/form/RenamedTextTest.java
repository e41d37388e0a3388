// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;

/** A flow gets another name in its text, and goes on with all that its old name made. */
class RenamedTextTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    private static String renamed(String text) {
        return RenamedText.of(FlowText.stopped(text), "calls", "people", KNOWN);
    }

    @Test
    void theIdAndTheParametersOfTheFlowChangeAndNothingElse() {
        String text = """
                # calls, to two destinations
                - route:
                    id: calls   # as in the inbox
                    description: flow calls
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls, keepDone: "false"}   # its own inbox
                      steps:
                        - to:
                            id: calls
                            uri: kamelet:people-ai-request-sink
                            parameters:
                              # like calls
                              url: /calls/{id}
                              flow: calls
                        - to: kamelet:own-sink?flow=calls&other=calls
                """;
        assertThat(renamed(text)).isEqualTo(text.replace("id: calls   #", "id: people   #")
                .replace("autoStartup: true", "autoStartup: false").replace("{flow: calls, ", "{flow: people, ")
                .replace("              flow: calls\n", "              flow: people\n")
                .replace("?flow=calls&other=calls", "?flow=people&other=calls"));
    }

    @Test
    void aFlowThatSaysNothingAboutItsStartIsNotActive() {
        assertThat(renamed("- route:\n    id: calls\n    from:\n      uri: kamelet:inbox-source?flow=calls\n"))
                .isEqualTo("- route:\n    id: people\n    autoStartup: false\n    from:\n"
                        + "      uri: kamelet:inbox-source?flow=people\n");
    }

    @Test
    void theConsumerGroupOfKafkaStays() {
        String text = """
                - route:
                    id: calls
                    autoStartup: false
                    from:
                      uri: kamelet:kafka-records-source
                      parameters:
                        flow: calls
                        topic: calls
                """;
        assertThat(renamed(text)).contains("flow: people\n", "topic: calls\n", "group: gtm-calls\n");
        assertThat(renamed(renamed(text.replace("topic: calls", "topic: calls\n        group: mine"))))
                .contains("group: mine\n").doesNotContain("gtm-");
        assertThat(renamed("- route:\n    id: calls\n    from: kamelet:kafka-records-source?flow=calls&topic=calls\n"))
                .contains("from: kamelet:kafka-records-source?flow=people&topic=calls&group=gtm-calls");
    }
}
