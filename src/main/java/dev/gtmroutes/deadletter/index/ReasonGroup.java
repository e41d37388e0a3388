// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * Dead letters that share a reason.
 *
 * @param key      names the group, also after a restart
 * @param text     the reason; where they differ in numbers, ids or quoted values, {@code …} stands for these
 * @param state    whether the API may have processed the records
 * @param status   HTTP status of the responses; 0 if there were none
 * @param template name of the template whose vendor responded; empty if the records were not sent
 * @param flows    the flows of the dead letters
 * @param count    number of dead letters
 * @param days     number of dead letters by the day (UTC) on which they were written, the last one today
 * @param newest   when the newest was written
 */
public record ReasonGroup(String key, String text, DeadLetterState state, int status, String template, Set<String> flows,
        long count, List<Long> days, Instant newest) {

    /** Number of {@link #days}. */
    public static final int DAYS = 14;

    /** The text of the groups for reasons that are not told apart. */
    public static final String OTHER = "Other reasons";

    static final String OTHER_REJECTED = "other-rejected";
    static final String OTHER_HELD = "other-held";

    /** Whether this is the rest: reasons beyond the bound. A bulk action cannot choose its dead letters. */
    public static boolean isOther(String key) {
        return key.equals(OTHER_REJECTED) || key.equals(OTHER_HELD);
    }
}
