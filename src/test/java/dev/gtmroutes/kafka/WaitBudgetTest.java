// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

/** When a stream of messages waits for more of them, and when it ends. */
class WaitBudgetTest {

    private final WaitBudget waits = new WaitBudget();

    private long messagesBeforeTheEnd(long eachMicros) {
        long messages = 0;
        while (messages < 1_000_000 && waits.nextMillis() > 0) {
            waits.came(TimeUnit.MICROSECONDS.toNanos(eachMicros));
            messages++;
        }
        return messages;
    }

    @Test
    void waitsForOneMessageNoLongerThanAResponseOfTheBrokerTakes() {
        assertThat(waits.nextMillis()).isEqualTo(100);
    }

    @Test
    void aTrickleEndsTheStreamSoon() {
        assertThat(messagesBeforeTheEnd(50_000)).isEqualTo(4);
    }

    @Test
    void aThousandMessagesInASecondEndItAfterAQuarterOfASecond() {
        assertThat(messagesBeforeTheEnd(1000)).isBetween(200L, 250L);
    }

    @Test
    void tenThousandMessagesInASecondDoNotEndIt() {
        assertThat(messagesBeforeTheEnd(100)).isEqualTo(1_000_000);
    }

    @Test
    void whatIsGivenBackIsNotSavedForAnIdleTopic() {
        for (int i = 0; i < 100_000; i++) {
            waits.came(0);
        }
        assertThat(messagesBeforeTheEnd(100_000)).isEqualTo(2);
    }
}
