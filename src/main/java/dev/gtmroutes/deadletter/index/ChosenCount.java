// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

/**
 * How many dead letters are chosen.
 *
 * @param isComplete whether all were counted; otherwise there may be more
 */
public record ChosenCount(long rejected, long held, boolean isComplete) {

    /** Rejected and held ones. */
    public long all() {
        return rejected + held;
    }
}
