// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.inbox.arrival.Intake;

/** Names outboxes after their destinations, so that a flow that is loaded again finds its own. */
final class OutboxName {

    private static final String PREFIX = "flow-";
    private static final int HASH_CHARS = 8;
    private static final int COLON_OR_DOT = 1;

    private OutboxName() {
    }

    /** Whether an outbox is that of one of a flow's destinations. */
    static boolean isOf(String flow, String outbox) {
        int plain = flow.length() + COLON_OR_DOT;
        int hashed = PREFIX.length() + plain;
        int hash = outbox.length() - HASH_CHARS - COLON_OR_DOT;
        return outbox.length() > plain && of(flow, flow + ":" + outbox.substring(plain) + FlowRoute.DELIVERY).equals(outbox)
                || hash > hashed
                        && of(flow, flow + ":" + outbox.substring(hashed, hash) + FlowRoute.DELIVERY).equals(outbox);
    }

    /**
     * @param  flow    id of the flow
     * @param  routeId id of the delivery's route, such as {@code calls:crm-delivery}
     * @return         such as {@code calls.crm}, different for each route and fit to name a folder
     */
    static String of(String flow, String routeId) {
        String call = FlowRoute.caller(routeId);
        String full = call.startsWith(flow + ":") ? call : flow + ":" + call;
        String name = full.replace(':', '.');
        // Dots in a flow's id do no harm as long as what follows it has none: a.b and 1 must not meet a and b.1.
        if (Intake.isFlowId(name) && full.indexOf('.', flow.length()) < 0) {
            return name;
        }
        String hash = UUID.nameUUIDFromBytes(full.getBytes(StandardCharsets.UTF_8)).toString().substring(0, HASH_CHARS);
        return PREFIX + name.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + hash;
    }
}
