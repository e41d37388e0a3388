// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

/**
 * What became of the records of an input up to now.
 *
 * @param read      records read
 * @param delivered records that the destination accepted, or that it saved if outcomes come later
 * @param unchanged records that were not sent, because the destination has them in the same form already
 * @param rejected  records that were rejected, or that could not be sent
 * @param held      records that the API may have processed
 */
public record InputCounts(long read, long delivered, long unchanged, long rejected, long held) {

    /** Nothing yet. */
    public static final InputCounts NONE = new InputCounts(0, 0, 0, 0, 0);

    /** Records that have an outcome. */
    public long outcomes() {
        return delivered + unchanged + rejected + held;
    }

    /** What both count. */
    public InputCounts plus(InputCounts other) {
        return new InputCounts(read + other.read, delivered + other.delivered, unchanged + other.unchanged,
                rejected + other.rejected, held + other.held);
    }

    /** What was counted since. */
    public InputCounts minus(InputCounts before) {
        return new InputCounts(read - before.read, delivered - before.delivered, unchanged - before.unchanged,
                rejected - before.rejected, held - before.held);
    }
}
