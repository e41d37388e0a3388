// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;

class OutlineTest {

    private static final Kamelets OWN = Kamelets.in(Path.of("routes/kamelets"));

    private static Outline of(String kamelet) {
        return Outline.of(OWN.find(kamelet).orElseThrow());
    }

    @Test
    void aFlowHasItsKameletsToItself() {
        Outline calls = Outline.ofFlows(YamlFile.read(Path.of("routes/flows/calls.yaml")));

        assertThat(calls.routes()).containsExactly("calls");
        assertThat(calls.own()).containsExactly("inbox-source", "people-ai-push-batch-call-activities-sink");
        assertThat(calls.shared()).isEmpty();
    }

    @Test
    void aVendorApiIsSharedByAllThatUseItsCredential() {
        Outline template = of("people-ai-push-batch-call-activities-sink");

        assertThat(template.own()).containsExactly("http-delivery-sink");
        assertThat(template.shared()).containsExactly("people-ai-api-action");
    }

    @Test
    void anOutboxHasItsPartsToItself() {
        assertThat(of("response-outbox-action").calls())
                .containsExactly("http-delivery-sink", "inbox-source", "response-webhook-action");
        assertThat(of("response-outbox-action").shared()).isEmpty();
    }
}
