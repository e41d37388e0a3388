package dev.gtmroutes.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import dev.gtmroutes.delivery.RecentRequest;

/**
 * What the page of the last requests shows.
 *
 * @param remembered requests, the oldest first
 * @param flow       whose requests alone are shown; empty for those of all
 * @param flows      ids that one can choose from
 * @param isPaused   whether new ones do not come by themselves
 */
public record LivePage(List<RecentRequest> remembered, String flow, List<String> flows, boolean isPaused) {

    private static final int MOST_SHOWN = 50;

    /** The newest first. */
    public List<RecentRequest> requests() {
        List<RecentRequest> newest = new ArrayList<>(
                remembered.subList(Math.max(0, remembered.size() - MOST_SHOWN), remembered.size()));
        Collections.reverse(newest);
        return newest;
    }

    /** The number of the newest one; 0 if there is none. */
    public long last() {
        return remembered.isEmpty() ? 0 : remembered.get(remembered.size() - 1).number();
    }

    /** One sentence that says how it goes, for who cannot look at a list that changes. */
    public String summary() {
        Instant since = Instant.now().minus(Duration.ofMinutes(1));
        List<RecentRequest> lately = remembered.stream().filter(each -> each.at().isAfter(since)).toList();
        long failed = lately.stream().filter(each -> !each.isWell()).count();
        return lately.isEmpty() ? "No requests in the last minute."
                : "In the last minute: %d %s, %d of them failed.".formatted(lately.size(),
                        lately.size() == 1 ? "request" : "requests", failed);
    }
}
