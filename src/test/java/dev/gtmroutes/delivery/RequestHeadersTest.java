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
            "CamelHttpUri:http://evil.example", "Transfer-Encoding:chunked", "X-A:\u00e9", "X-Key:s3cr3t,and-m0re-of-it",
            "X-Key:s3cr3t,and m0re:of it",
            "X-Key:s3cr3t,m0re:\u00e9"})
    void whatCannotBeSentIsRefused(String setting) {
        assertThatThrownBy(() -> RequestHeaders.parse(setting)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("requestHeaders: ").hasMessageNotContainingAny("\r", "\n", "s3cr3t", "m0re", "X-");
    }

    @Test
    void anErrorSaysWhichHeaderAndWhatToDo() {
        assertThatThrownBy(() -> RequestHeaders.parse("X-A:1,2")).hasMessage(
                "requestHeaders: header 2 must be name:value; write \\, for a comma inside a value");
        assertThatThrownBy(() -> RequestHeaders.parse("X-A:1,X B:2"))
                .hasMessage("requestHeaders: the name of header 2 is not valid");
        assertThatThrownBy(() -> RequestHeaders.parse("X-A:1,Host:a.example"))
                .hasMessage("requestHeaders: Host cannot be set, because the program sets it");
        assertThat(RequestHeaders.problem("X B", "2")).isEqualTo("'X B' is not a valid name of a header");
    }
}
