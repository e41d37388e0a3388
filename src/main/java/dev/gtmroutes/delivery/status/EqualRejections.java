// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import dev.gtmroutes.delivery.outcome.Rejection;

/**
 * Counts equal rejections in a row. Many of them say that something is wrong with the flow, not with its records.
 * Numbers and ids in an answer do not make it a different one.
 */
final class EqualRejections {

    /** So much of an answer is compared. */
    private static final int MOST_CHARS = 500;

    private String last;
    private volatile int length;

    /** @return how many equal rejections there are in a row, these included */
    synchronized int add(Rejection rejection, int records) {
        String text = rejection.answer() == null ? rejection.reason() : rejection.answer();
        String same = rejection.status() + " " + text.substring(0, Math.min(MOST_CHARS, text.length()))
                .replaceAll("[\\w-]*\\d[\\w-]*", "#");
        length = same.equals(last) ? length + records : records;
        last = same;
        return length;
    }

    /** Something else came in between. Costs next to nothing where there is no row. */
    void end() {
        if (length > 0) {
            clear();
        }
    }

    private synchronized void clear() {
        last = null;
        length = 0;
    }
}
