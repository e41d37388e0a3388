// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterActionsTest {

    @ParameterizedTest
    @CsvSource({"/dead-letters?flow=calls&text=a%20b, /dead-letters?flow=calls&text=a%20b",
            "/dead-letters?text=a b, /dead-letters", "/dead-letters?text=%zz, /dead-letters",
            "https://evil.example/dead-letters, /dead-letters", "'', /dead-letters"})
    void afterwardsAPersonIsOnAPageThatThereIs(String back, String page) {
        assertThat(LetterActions.page(back)).isEqualTo(page);
    }
}
