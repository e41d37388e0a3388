// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrettyJsonTest {

    @Test
    void onlyBlanksBetweenPartsChange() {
        assertThat(PrettyJson.of("{\"a\":[1.50,9007199254740993 ,{}],\"b\":\"x, \\\"{ }\\\" :\",\"c\":[ ]}")).isEqualTo("""
                {
                  "a": [
                    1.50,
                    9007199254740993,
                    {}
                  ],
                  "b": "x, \\"{ }\\" :",
                  "c": []
                }""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a=b&c={d}", "plain text", "\"a text\""})
    void whatIsNoObjectOrArrayStays(String text) {
        assertThat(PrettyJson.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": \"cut of", "[1, 2", "{]}}}}]", "{\"a\\"})
    void whatIsBrokenIsShownAsFarAsItGoes(String text) {
        assertThat(PrettyJson.of(text).replaceAll("\\s", "")).isEqualTo(text.replaceAll("\\s", ""));
    }
}
