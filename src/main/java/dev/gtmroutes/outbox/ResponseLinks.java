// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which running flows get the responses of which: without cycles, or each response would become another one for ever. */
final class ResponseLinks {

    private record Link(String from, String to) {
    }

    private final Map<String, Link> byRoute = new HashMap<>();

    /**
     * The responses of a destination go to a flow from now on.
     *
     * @param  routeId id of the destination's route
     * @throws IllegalArgumentException if responses of that flow come back to this one; the message says what to do
     */
    synchronized void add(String routeId, String flow, String target) {
        if (flow.equals(target) || reach(target).contains(flow)) {
            throw new IllegalArgumentException("responseFlow is " + target + (flow.equals(target) ? ", the flow itself"
                    : ", whose responses come back to " + flow)
                    + ", so each response would become another one, without end. "
                    + "Choose another flow");
        }
        byRoute.put(routeId, new Link(flow, target));
    }

    synchronized void remove(String routeId) {
        byRoute.remove(routeId);
    }

    synchronized Set<String> targets(String flow) {
        Set<String> targets = new TreeSet<>();
        byRoute.values().stream().filter(each -> each.from.equals(flow)).forEach(each -> targets.add(each.to));
        return targets;
    }

    private Set<String> reach(String start) {
        Set<String> reached = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(start));
        while (!open.isEmpty()) {
            for (String each : targets(open.remove())) {
                if (reached.add(each)) {
                    open.add(each);
                }
            }
        }
        return reached;
    }
}
