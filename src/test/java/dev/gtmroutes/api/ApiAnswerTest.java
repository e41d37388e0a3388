// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What an answer keeps of what arrived. */
class ApiAnswerTest {

    @Test
    void ofManyHeadersWithOneNameTheFirstCount() {
        ApiAnswer.Builder answer = ApiAnswer.status(200);
        for (int i = 0; i < 200_000; i++) {
            answer.header("X-A", "b" + i);
        }
        answer.header("x-b", "last");

        assertThat(answer.build().headers().get("x-a")).hasSize(100).startsWith("b0", "b1").endsWith("b99");
        assertThat(answer.build().headers().get("X-B")).containsExactly("last");
    }
}
