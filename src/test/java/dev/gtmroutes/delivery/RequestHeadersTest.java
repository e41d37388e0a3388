// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

    @Test
    void valuesMayHoldColonsAndEscapedCommas() {
        assertThat(RequestHeaders.parse("X-Time: 10:30:00 , X-List:a\\,b\\,c,X-Empty:"))
                .isEqualTo(Map.of("X-Time", "10:30:00", "X-List", "a,b,c", "X-Empty", ""));
        assertThat(RequestHeaders.parse("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-A:1\r\nX-B:2", "X-A\n:1", "X A:1", "NoColon", ":1", "Content-Type:text/plain", "host:evil",
            "CamelHttpUri:http://evil.example", "Transfer-Encoding:chunked", "X-A:\u00e9"})
    void whatCannotBeSentIsRefused(String setting) {
        assertThatThrownBy(() -> RequestHeaders.parse(setting)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("requestHeaders: ").hasMessageNotContainingAny("\r", "\n");
    }
}
