// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import static io.prometheus.client.Collector.Type.COUNTER;
import static io.prometheus.client.Collector.Type.GAUGE;
import static io.prometheus.client.Collector.Type.HISTOGRAM;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.changed.OnlyChanged;
import dev.gtmroutes.delivery.status.DeliveryCounters;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.inbox.Backlog;
import io.prometheus.client.Collector;

/**
 * Something that is measured of each flow. What tells the responses of a flow is none: see {@link ResponseMetric}.
 *
 * @param name   its name at Prometheus
 * @param type   whether it only grows, goes up and down, or counts by size
 * @param tags   what tells its numbers apart, for a person
 * @param help   what it is, for a person
 * @param reader adds the numbers of a flow
 */
public record FlowMetric(String name, Collector.Type type, String tags, String help,
        BiConsumer<FlowStatus, PrometheusSamples> reader) {

    private static final String FLOW = "flow";
    private static final String TEMPLATE = "template";
    private static final String DESTINATION = "destination";
    private static final String TAGS = "flow, template, destination";
    private static final String REQUEST_SECONDS = "gtm_request_seconds";
    private static final String OLDEST = "gtm_oldest_undelivered_seconds";
    private static final String STATE = "gtm_flow_state";

    /** All of them, in the order in which a person would ask. */
    public static final List<FlowMetric> ALL = List.of(
            number("gtm_records_read_total", COUNTER, "records read, including records that could not be sent",
                    DeliveryCounters::recordsRead),
            number("gtm_records_delivered_total", COUNTER, "records that the API accepted",
                    DeliveryCounters::recordsDelivered),
            byTag("gtm_records_rejected_total", "reason", "rejected records by status of the response; without a "
                    + "response, `unfit`, `no-answer` or `impossible` (to send)", DeliveryCounters::recordsRejected),
            number("gtm_records_held_total", COUNTER, "records that the API may have processed (held)",
                    DeliveryCounters::recordsHeld),
            number("gtm_records_unchanged_total", COUNTER, "records that Only Changed did not send (unchanged)",
                    DeliveryCounters::recordsUnchanged),
            byTag("gtm_requests_total", "status", "requests, including repeated requests, by status of the response; "
                    + "without a response, `no-answer` or `impossible`", FlowMetric::requests),
            number("gtm_request_retries_total", COUNTER, "requests after the first attempt", DeliveryCounters::retries),
            new FlowMetric(REQUEST_SECONDS, HISTOGRAM, TAGS,
                    "time from a request to its response, including the "
                            + "wait for the rate limit: `_sum`, `_count` and `_bucket`",
                    FlowMetric::requestSeconds),
            number("gtm_requests_in_flight", GAUGE, "requests in flight", DeliveryCounters::inFlight),
            new FlowMetric(OLDEST, GAUGE, TAGS, "age of the oldest record without an outcome, 0 without such "
                    + "a record; a flow that is not loaded has only the tag `flow`", FlowMetric::oldest),
            waiting("gtm_waiting_files", "files in the inbox of the flow, including the file that is being "
                    + "delivered",
                    Backlog.Waiting::files),
            waiting("gtm_waiting_bytes", "size of the files that `gtm_waiting_files` counts", Backlog.Waiting::bytes),
            new FlowMetric(STATE, GAUGE, "flow, state",
                    "1 for the current state of the flow, 0 for the other states: `active`, `paused`, "
                            + "`waiting-for-credential`, `waiting-for-disk`, `paused-after-rejections`, `stalled`, "
                            + "`not-loaded`",
                    FlowMetric::state));

    Collector.MetricFamilySamples of(List<FlowStatus> flows) {
        PrometheusSamples samples = new PrometheusSamples();
        flows.stream().filter(each -> !each.tellsResponses()).forEach(each -> reader.accept(each, samples));
        return new Collector.MetricFamilySamples(name, type, help, samples.all());
    }

    private static FlowMetric number(String name, Collector.Type type, String help,
            ToDoubleFunction<DeliveryCounters> number) {
        return new FlowMetric(name, type, TAGS, help, (flow, samples) -> flow.destinations()
                .forEach(each -> samples.add(name, number.applyAsDouble(each.tally()), tags(flow, each))));
    }

    private static FlowMetric waiting(String name, String help, ToDoubleFunction<Backlog.Waiting> number) {
        return new FlowMetric(name, GAUGE, FLOW, help,
                (flow, samples) -> samples.add(name, number.applyAsDouble(flow.waiting()), FLOW, flow.id()));
    }

    private static FlowMetric byTag(String name, String tag, String help,
            Function<DeliveryCounters, Map<String, Long>> numbers) {
        return new FlowMetric(name, COUNTER, TAGS + ", " + tag, help, (flow, samples) -> {
            for (DestinationStatus each : flow.destinations()) {
                numbers.apply(each.tally())
                        .forEach((value, number) -> samples.add(name, number, tags(flow, each, tag, value)));
            }
        });
    }

    static Map<String, Long> requests(DeliveryCounters tally) {
        Map<String, Long> named = new TreeMap<>();
        tally.requests().forEach((status, count) -> named.put(
                status > 0 ? status.toString() : status == 0 ? "no-answer" : "impossible", count));
        return named;
    }

    private static void requestSeconds(FlowStatus flow, PrometheusSamples samples) {
        for (DestinationStatus each : flow.destinations()) {
            DeliveryCounters tally = each.tally();
            tally.requestsWithin().forEach((seconds, count) -> samples.add(REQUEST_SECONDS + "_bucket", count,
                    tags(flow, each, "le", Collector.doubleToGoString(seconds))));
            samples.add(REQUEST_SECONDS + "_sum", tally.requestTime().toNanos() / 1e9, tags(flow, each));
            samples.add(REQUEST_SECONDS + "_count", tally.requestsWithin().lastEntry().getValue(), tags(flow, each));
        }
    }

    private static void oldest(FlowStatus flow, PrometheusSamples samples) {
        if (flow.destinations().isEmpty()) {
            samples.largest(OLDEST, age(flow.oldestUndelivered()), FLOW, flow.id());
        }
        flow.destinations().forEach(each -> samples.largest(OLDEST, age(flow.oldestUndelivered(each)), tags(flow, each)));
    }

    /** In seconds. The clock of whoever wrote a file may be ahead. */
    static double age(Optional<Instant> time) {
        return time.map(each -> Math.max(0, Duration.between(each, Instant.now()).toMillis() / 1e3)).orElse(0.0);
    }

    private static void state(FlowStatus flow, PrometheusSamples samples) {
        for (FlowState each : FlowState.values()) {
            samples.add(STATE, each == flow.state() ? 1 : 0, FLOW, flow.id(), "state", each.toString());
        }
    }

    /** Two destinations of a flow may have one template. */
    private static String[] tags(FlowStatus flow, DestinationStatus destination, String... more) {
        return Stream.concat(Stream.of(FLOW, flow.id(), TEMPLATE, destination.template(), DESTINATION,
                OnlyChanged.destination(flow.id(), destination.id())), Stream.of(more)).toArray(String[]::new);
    }
}
