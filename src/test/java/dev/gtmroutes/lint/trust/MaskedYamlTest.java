// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;

class MaskedYamlTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    private static String masked(String parameters) {
        return MaskedYaml.of("""
                - route:
                    id: calls
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: calls
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                """ + parameters.indent(14), KNOWN);
    }

    @Test
    void aBlockOfLinesStaysLines() {
        String map = "map: |-\n  # Calls of the dialer\n  subject = {topic}\n\n  duration = {seconds:number}\n"
                + "maxInFlight: 2\n";
        assertThat(masked(map)).endsWith(map.indent(14));
    }

    @Test
    void whatIsNoLineOfTheBlockIsNotShown() {
        assertThat(masked("map: | # s3cr3t\n  subject = {topic}\n# s3cr3t\nmaxInFlight: 2\n"))
                .contains("subject = {topic}").contains("maxInFlight: 2").doesNotContain("s3cr3t");
        assertThat(masked("map: |\n  subject = {topic}\n# s3cr3t\n  # s3cr3t\nmaxInFlight: 2\n"))
                .contains("subject = {topic}").contains("maxInFlight: 2").doesNotContain("s3cr3t");
    }

    @Test
    void queriesAndUsersAreMasked() {
        assertThat(MaskedYaml.masked("see ?x (https://a.example/b?c=s3cr3t and more)"))
                .isEqualTo("see ?x (https://a.example/b?***");
        assertThat(MaskedYaml.masked("?direct:a?b=s3cr3t")).isEqualTo("?direct:a?***");
        assertThat(MaskedYaml.masked("/a?b=c:d x")).isEqualTo("/a?b=c:d x");
        assertThat(MaskedYaml.masked("a".repeat(40) + "://me:s3cr3t@b.example"))
                .isEqualTo("a".repeat(40) + "://***@b.example");
    }

    /** Looked at again from each letter, these would take hours. */
    @Test
    void longTextsAreLookedAtOnce() {
        for (String each : new String[] {"a", "a:", "a:?", "a://", "? "}) {
            String text = each.repeat(1_000_000);
            assertThat(MaskedYaml.masked(text).length()).isLessThanOrEqualTo(text.length() + 3);
        }
    }

    @Test
    void aBlockWithASecretIsMasked() {
        assertThat(masked("map: |\n  subject = {topic}\n  link = https://user:s3cr3t@host.example/\n"))
                .contains("https://***@host.example").doesNotContain("s3cr3t");
        assertThat(masked("responseWebhook: |\n  https://hooks.example.com/s3cr3t\n")).doesNotContain("s3cr3t");
    }
}
