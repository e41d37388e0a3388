// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesInTextTest {

    private static final NamesInText NAMES = new NamesInText(Kamelets.in(Path.of("routes/kamelets")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Set batchSize to 1, or remove mapOthers. | Set “Batch Size” to 1, or remove “Keep Other Attributes”.",
            "Write kamelet:inbox-source there.        | Write “Inbox” there.",
            "people-ai-push-call-activity-sink        | “Push Single Call Activity”",
            "Salesloft refused the credential salesloft-emea-2 (401) | Salesloft refused the credential “emea-2” (401)",
            "there is no token for the credential people-ai-pull-default | there is no token for the credential “default”"})
    void pagesHaveTheNamesOfTheForm(String text, String shown) {
        assertThat(NAMES.shown(text)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"userId is missing",
            "routes/kamelets/sources/inbox-source.kamelet.yaml:3: no steps", "write {batchSize}", "the batch is too large",
            "the flow inbox-source-2", "my-inbox-source"})
    void whatIsNoIdStays(String text) {
        assertThat(NAMES.shown(text)).isEqualTo(text);
    }
}
