// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gtmroutes.deadletter.index.ReasonGroup;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Dead letters that share a reason, as JSON.
 *
 * @param group    send it as group to list its dead letters
 * @param reason   the reason; … stands for numbers, ids and quoted values in which the reasons differ
 * @param kind     {@code rejected} or {@code held}
 * @param status   HTTP status of the responses, 0 if there were none
 * @param template template whose vendor responded; empty if the records were not sent
 * @param flows    flows of the dead letters, 100 at most
 * @param days     number of dead letters by the day (UTC) on which they were written, for 14 days up to today
 * @param newest   when the newest was written
 */
@Schema(name = "DeadLetterGroup")
public record GroupJson(String group, String reason, String kind, int status, String template, List<String> flows,
        long count,
        List<Long> days, Instant newest) {

    /** All groups that match. */
    @Schema(name = "DeadLetterGroups")
    public record AllJson(@JsonProperty("groups") List<GroupJson> groups) {
    }

    static AllJson of(List<ReasonGroup> groups) {
        return new AllJson(groups.stream().map(each -> new GroupJson(each.key(), each.text(), each.state().toString(),
                each.status(), each.template(), List.copyOf(each.flows()), each.count(), each.days(), each.newest()))
                .toList());
    }
}
