// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Instant;

/**
 * What a flow has done lately.
 *
 * @param lastDay by hour
 * @param last    when it delivered last; null if it has not in the last 30 days
 */
public record FlowTrend(Sparkline lastDay, Instant last) {
}
