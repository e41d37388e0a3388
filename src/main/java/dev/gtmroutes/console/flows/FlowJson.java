// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gtmroutes.console.flows.FlowFilesResource.FlowDocument;
import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.flow.FlowStatus;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How a flow is, as JSON. What there is nothing to say about is null.
 *
 * @param id                its id
 * @param description       what its file says about it
 * @param state             such as {@code active} or {@code waiting-for-credential}
 * @param reason            why it does not deliver
 * @param problem           why it runs by an older version than its file
 * @param since             since when it has been in this state
 * @param oldestUndelivered when the oldest record came that is not delivered
 * @param recordsPerMinute  records delivered in the last minute
 * @param requestsPerMinute requests in the last minute
 * @param lastFailure       the last request that failed, or record that was rejected; it may be long over
 * @param destinations      where it delivers to, with what was counted since the program's start
 * @param responses         its response webhooks, as a flow is; their records are response events. Left out without any
 * @param form              what a form shows of its file; left out of lists, and where no form can show it
 */
@Schema(name = "Flow")
public record FlowJson(String id, String description, String state, String reason, String problem, Instant since,
        Instant oldestUndelivered, long recordsPerMinute, long requestsPerMinute, DeliveryCounters.Failure lastFailure,
        List<DestinationJson> destinations,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<FlowJson> responses,
        @JsonInclude(JsonInclude.Include.NON_NULL) FlowDocument form) {

    /** One destination of a flow, and how many records it has read, and so on. */
    @Schema(name = "Destination")
    public record DestinationJson(String template, long read, long delivered, long rejected, long held, long unchanged,
            long inFlight,
            Instant oldestUndelivered) {
    }

    static FlowJson of(FlowStatus flow) {
        List<DestinationJson> destinations = flow.destinations().stream().map(each -> {
            DeliveryCounters tally = each.tally();
            return new DestinationJson(each.template(), tally.recordsRead(), tally.recordsDelivered(),
                    tally.recordsRejectedInAll(), tally.recordsHeld(), tally.recordsUnchanged(),
                    tally.inFlight(), time(flow.oldestUndelivered(each)));
        }).toList();
        FlowHistory history = FlowHistory.of(flow);
        return new FlowJson(flow.id(), textOrNull(flow.description()), flow.state().toString(),
                textOrNull(flow.reason()), textOrNull(flow.problem()), time(Optional.of(flow.since())),
                time(flow.oldestUndelivered()), history.recordsPerMinute(), history.requestsPerMinute(),
                flow.lastFailure().orElse(null), destinations, null, null);
    }

    /**
     * @param flows as {@link dev.gtmroutes.flow.FlowStatuses#all} has them
     * @return      the flows, each with its response webhooks
     */
    static List<FlowJson> all(List<FlowStatus> flows) {
        return flows.stream().filter(each -> !each.tellsResponses()).map(each -> of(each, flows)).toList();
    }

    /** A flow with its response webhooks, which are among these. */
    static FlowJson of(FlowStatus flow, List<FlowStatus> flows) {
        List<FlowJson> webhooks = flows.stream().filter(each -> each.webhookOf().equals(flow.id())).map(FlowJson::of)
                .toList();
        FlowJson json = of(flow);
        return webhooks.isEmpty() ? json
                : new FlowJson(json.id, json.description, json.state, json.reason, json.problem, json.since,
                        json.oldestUndelivered, json.recordsPerMinute, json.requestsPerMinute, json.lastFailure,
                        json.destinations, webhooks, null);
    }

    /** The same with its form, which may be null. */
    FlowJson with(FlowDocument shown) {
        return new FlowJson(id, description, state, reason, problem, since, oldestUndelivered, recordsPerMinute,
                requestsPerMinute, lastFailure, destinations, responses, shown);
    }

    private static String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Instant time(Optional<Instant> time) {
        return time.map(each -> each.truncatedTo(ChronoUnit.MILLIS)).orElse(null);
    }
}
