// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.time.Instant;

/**
 * An input whose records do not all have an outcome.
 *
 * @param source  name of the file, or how the source calls the input
 * @param opened  since when it is in work
 * @param settled how many of its records have an outcome, those of an earlier run included
 */
public record InputInWork(String source, Instant opened, long settled) {
}
