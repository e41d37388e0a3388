// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.gtmroutes.inbox.arrival.Intake;

/** Names outboxes after their destinations, so that a flow that is loaded again finds its own. */
final class OutboxName {

    private static final String DELIVERY = "-delivery";
    private static final int HASH_CHARS = 8;
    private static final int MOST_CALLS = 100;

    private OutboxName() {
    }

    /** Whether an outbox is that of one of a flow's calls. */
    static boolean isOf(String flow, String outbox) {
        return IntStream.rangeClosed(1, MOST_CALLS).anyMatch(each -> of(flow, flow + ":" + each + DELIVERY).equals(outbox));
    }

    /**
     * @param  flow    id of the flow
     * @param  routeId id of the delivery's route, such as {@code calls:1-delivery}
     * @return         such as {@code calls.1}, different for each route and fit to name a folder
     */
    static String of(String flow, String routeId) {
        String call = routeId.endsWith(DELIVERY) ? routeId.substring(0, routeId.length() - DELIVERY.length()) : routeId;
        String full = call.startsWith(flow + ":") ? call : flow + ":" + call;
        String name = full.replace(':', '.');
        // Dots in a flow's id do no harm as long as what follows it has none: a.b and 1 must not meet a and b.1.
        if (Intake.isFlowId(name) && full.indexOf('.', flow.length()) < 0) {
            return name;
        }
        String hash = UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString().substring(0, HASH_CHARS);
        return "flow-" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + hash;
    }
}
