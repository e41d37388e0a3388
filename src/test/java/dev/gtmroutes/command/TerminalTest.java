// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void nothingThatATerminalWouldObeyIsPrintedAsItIs() {
        assertThat(Terminal.plain("a\u001b[2Jb\rc\nd\u009b1me\u007f\u202ef\u2028\u0000")).isEqualTo(
                "a\\u001b[2Jb\\u000dc\\u000ad\\u009b1me\\u007f\\u202ef\\u2028\\u0000");
    }

    @Test
    void otherTextIs() {
        assertThat(Terminal.plain("Größe 你好 \uD83D\uDE00 {\"a\": 1}")).isEqualTo("Größe 你好 \uD83D\uDE00 {\"a\": 1}");
    }
}
