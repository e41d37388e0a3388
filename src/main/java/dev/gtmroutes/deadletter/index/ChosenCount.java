// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * How many dead letters are chosen.
 *
 * @param isComplete whether all were counted; otherwise there may be more
 */
public record ChosenCount(long rejected, long held, boolean isComplete) {

    /** So many in one state. */
    public static ChosenCount of(DeadLetterState state, long count) {
        boolean isHeld = state == DeadLetterState.HELD;
        return new ChosenCount(isHeld ? 0 : count, isHeld ? count : 0, true);
    }

    /** Rejected and held ones. */
    public long all() {
        return rejected + held;
    }
}
