// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.sample;

import java.time.Instant;
import java.util.Map;

/**
 * What came of a {@link TestSend}.
 *
 * @param at      when it was begun
 * @param status  of the answer, 0 for none
 * @param headers of the answer
 * @param body    of the answer, cut after 64 KB, with the credential masked
 * @param millis  until the answer
 * @param result  what a flow would make of it: delivered, rejected, held or retried
 * @param detail  what a person should know beside that, one line without secrets; empty for nothing
 */
public record TestedRequest(Instant at, int status, Map<String, String> headers, String body, long millis,
        String result, String detail) {

    /** Whether the vendor took it. */
    public boolean isTaken() {
        return status / 100 == 2;
    }
}
