package dev.gtmroutes.console;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.Tally;
import dev.gtmroutes.flow.FlowStatus;

/** How flows are, as JSON. What there is nothing to say about is null. */
final class FlowJson {

    private FlowJson() {
    }

    static ArrayNode of(List<FlowStatus> flows) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        flows.forEach(each -> all.add(of(each)));
        return all;
    }

    static ObjectNode of(FlowStatus flow) {
        ObjectNode json = JsonNodeFactory.instance.objectNode()
                .put("id", flow.id())
                .put("description", textOrNull(flow.description()))
                .put("state", flow.state().toString())
                .put("reason", textOrNull(flow.reason()))
                .put("problem", textOrNull(flow.problem()))
                .put("since", time(Optional.of(flow.since())))
                .put("oldestUndelivered", time(flow.oldestUndelivered()));
        ArrayNode destinations = json.putArray("destinations");
        flow.destinations().forEach(each -> destinations.add(destination(flow, each)));
        return json;
    }

    private static ObjectNode destination(FlowStatus flow, Destination destination) {
        Tally tally = destination.tally();
        return JsonNodeFactory.instance.objectNode()
                .put("template", destination.template())
                .put("read", tally.recordsRead())
                .put("delivered", tally.recordsDelivered())
                .put("rejected", tally.recordsRejected().values().stream().mapToLong(Long::longValue).sum())
                .put("held", tally.recordsHeld())
                .put("inFlight", tally.inFlight())
                .put("oldestUndelivered", time(flow.oldestUndelivered(destination)));
    }

    private static String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String time(Optional<Instant> time) {
        return time.map(each -> each.truncatedTo(ChronoUnit.MILLIS).toString()).orElse(null);
    }
}
