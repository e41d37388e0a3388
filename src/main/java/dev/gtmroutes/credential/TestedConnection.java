// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Instant;

/**
 * What came of a {@link ConnectionTest}.
 *
 * @param at     when it was begun
 * @param works  whether the vendor let the read in
 * @param status of the answer, 0 for none
 * @param millis until the answer
 * @param detail one line for a person, without secrets
 */
public record TestedConnection(Instant at, boolean works, int status, long millis, String detail) {
}
