// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

/** Flows that are checked where their credentials are stored by the program, and cannot be read. */
class DrySettingsTest {

    @Test
    void aStoredCredentialIsNotMissing() {
        DrySettings settings = new DrySettings(Set.of(), any -> Optional.empty(),
                Set.of("people-ai.acme.client-id", "people-ai.acme.client-secret"));

        assertThat(settings.getProperty("people-ai.acme.client-id")).isNotBlank();
        assertThat(settings.getProperty("people-ai.acme.client-secret")).isNotBlank();
        assertThat(settings.getProperty("people-ai.acme.access-token")).isNull();
        assertThat(settings.missing()).isEmpty();

        assertThat(settings.getProperty("people-ai.other.access-token")).isNotBlank();
        assertThat(settings.missing()).containsExactly("people-ai.other.access-token");
    }
}
