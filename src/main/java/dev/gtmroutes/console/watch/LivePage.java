// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.gtmroutes.console.letters.LetterFilter;
import dev.gtmroutes.delivery.status.RecentRequest;

/**
 * What the page of the last requests shows.
 *
 * @param remembered requests, the oldest first
 * @param flow       whose requests alone are shown; empty for those of all
 * @param flows      ids that one can choose from
 * @param perMinute  requests in the last minute
 * @param failed     those of them that failed
 * @param isPaused   whether new ones do not come by themselves
 */
public record LivePage(List<RecentRequest> remembered, String flow, List<String> flows, long perMinute, long failed,
        boolean isPaused) {

    private static final int MOST_SHOWN = 50;

    /** The number of the newest of these requests; 0 if there is none. */
    static long last(List<RecentRequest> requests) {
        return requests.isEmpty() ? 0 : requests.get(requests.size() - 1).number();
    }

    /** The number of the newest one; 0 if there is none. */
    public long last() {
        return last(remembered);
    }

    /** The newest first. */
    public List<RecentRequest> requests() {
        List<RecentRequest> newest = new ArrayList<>(
                remembered.subList(Math.max(0, remembered.size() - MOST_SHOWN), remembered.size()));
        Collections.reverse(newest);
        return newest;
    }

    /** The flow as it is written in an address. */
    public String flowInUrl() {
        return LetterFilter.encoded(flow);
    }
}
