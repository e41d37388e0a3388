// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;

import java.util.List;
import java.util.function.ToDoubleFunction;

import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import io.prometheus.client.Collector;

/**
 * Something that is measured of each response webhook. Its events are no records of a flow: added to these, they would count
 * each delivery twice.
 *
 * @param name   its name at Prometheus
 * @param type   whether it only grows, or goes up and down
 * @param tags   what tells its numbers apart, for a person
 * @param help   what it is, for a person
 * @param reader adds the numbers of a webhook
 */
public record ResponseMetric(String name, Collector.Type type, String tags, String help, Reader reader) {

    private static final String TAGS = "flow, outbox";
    private static final String REQUESTS = "gtm_response_events_requests_total";
    private static final String STATE = "gtm_response_events_state";

    /** All of them. */
    public static final List<ResponseMetric> ALL = List.of(
            number("gtm_response_events_delivered_total", COUNTER, "response events that the response webhook of the flow "
                    + "accepted; `outbox` names the destination, such as `calls.people-ai-push-call-activity`",
                    each -> sum(each, one -> one.tally().recordsDelivered())),
            number("gtm_response_events_rejected_total", COUNTER, "response events that are in the dead letters of "
                    + "`<outbox>-responses`", each -> sum(each, one -> one.tally().recordsRejectedInAll())),
            new ResponseMetric(REQUESTS, COUNTER, TAGS + ", status", "requests to the response webhook, by status of its "
                    + "response; without a response, `no-answer`", ResponseMetric::requests),
            number("gtm_response_events_oldest_seconds", GAUGE, "age of the oldest response event that waits for the "
                    + "webhook, 0 without such an event", each -> FlowMetric.age(each.oldestUndelivered())),
            number("gtm_response_events_waiting_files", GAUGE, "files of response events that wait for the webhook",
                    each -> each.waiting().files()),
            number("gtm_response_events_waiting_bytes", GAUGE, "size of these files", each -> each.waiting().bytes()),
            new ResponseMetric(STATE, GAUGE, TAGS + ", state", "1 for the current state of the outbox, 0 for the other "
                    + "states; the states are those of `gtm_flow_state`", ResponseMetric::state));

    /** Adds numbers to samples. */
    interface Reader {
        void read(FlowStatus webhook, PrometheusSamples samples, String[] tags);
    }

    Collector.MetricFamilySamples of(List<FlowStatus> flows) {
        PrometheusSamples samples = new PrometheusSamples();
        flows.stream().filter(FlowStatus::tellsResponses).forEach(each -> reader.read(each, samples, tags(each)));
        return new Collector.MetricFamilySamples(name, type, help, samples.all());
    }

    private static ResponseMetric number(String name, Collector.Type type, String help,
            ToDoubleFunction<FlowStatus> number) {
        return new ResponseMetric(name, type, TAGS, help,
                (webhook, samples, tags) -> samples.add(name, number.applyAsDouble(webhook), tags));
    }

    private static double sum(FlowStatus webhook, ToDoubleFunction<DestinationStatus> number) {
        return webhook.destinations().stream().mapToDouble(number).sum();
    }

    private static void requests(FlowStatus webhook, PrometheusSamples samples, String[] tags) {
        webhook.destinations().forEach(each -> FlowMetric.requests(each.tally())
                .forEach((status, count) -> samples.add(REQUESTS, count, with(tags, "status", status))));
    }

    private static void state(FlowStatus webhook, PrometheusSamples samples, String[] tags) {
        for (FlowState each : FlowState.values()) {
            samples.add(STATE, each == webhook.state() ? 1 : 0, with(tags, "state", each.toString()));
        }
    }

    private static String[] tags(FlowStatus webhook) {
        return new String[] {"flow", webhook.webhookOf(), "outbox", webhook.outbox()};
    }

    private static String[] with(String[] tags, String name, String value) {
        return new String[] {tags[0], tags[1], tags[2], tags[3], name, value};
    }
}
