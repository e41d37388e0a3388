// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * What the destinations of a flow are called: by the {@code id} of their step, otherwise after their template. Progress,
 * dead letters, outboxes and pauses belong to a name, so that steps can be added and moved.
 */
public final class DestinationNames {

    /** Numbers were the names of an earlier version, and dots and colons separate a name from its flow. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    /** Routes inside Kamelets are called like their step, with this behind it. */
    private static final Pattern INNER = Pattern.compile(".*-(delivery|topic|jobs)");
    private static final String SINK = "-sink";
    private static final String STEP = "-step";
    private static final String TO = "to";

    private DestinationNames() {
    }

    /**
     * @param ids      of the steps that call Kamelets, in their order; null where a step has none
     * @param kamelets that the steps call
     * @return the name of each
     * @throws IllegalArgumentException if an id cannot be a name, or two are equal; the message says why
     */
    public static List<String> of(List<String> ids, List<String> kamelets) {
        Set<String> taken = new HashSet<>();
        for (String id : ids) {
            String problem = id == null ? null : taken.add(id) ? problem(id) : twice(id);
            if (problem != null) {
                throw new IllegalArgumentException(problem);
            }
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            names.add(ids.get(i) != null ? ids.get(i) : derived(kamelets.get(i), taken));
        }
        return names;
    }

    private static String derived(String kamelet, Set<String> taken) {
        String plain = kamelet.endsWith(SINK) ? kamelet.substring(0, kamelet.length() - SINK.length()) : kamelet;
        // What ends like a route inside a Kamelet would be taken for one.
        String template = INNER.matcher(plain).matches() ? plain + STEP : plain;
        String name = template;
        for (int i = 2; !taken.add(name); i++) {
            name = template + "-" + i;
        }
        return name;
    }

    /** @return why this cannot be the id of a destination, in one line; null if it can */
    private static String problem(String id) {
        if (!NAME.matcher(id).matches()) {
            return "'" + id.replaceAll("\\s+", " ")
                    + "' cannot be the id of a destination, because directories contain it. Use "
                    + "at most 64 letters, digits, dashes and underscores, beginning with a letter";
        }
        return INNER.matcher(id).matches()
                ? "'" + id + "' cannot be the id of a destination, because ids that end like this "
                        + "are reserved. Choose an id that does not end in -delivery, -topic or -jobs"
                : null;
    }

    private static String twice(String id) {
        return "another destination of the flow has the id " + id + ". Choose another";
    }

    /** Tells of ids that cannot be, and once of destinations that only their order tells apart. */
    static void check(YamlNode route, Report report) {
        Set<String> ids = new HashSet<>();
        Map<String, Integer> unnamed = new HashMap<>();
        boolean told = false;
        for (EndpointCall call : EndpointCall.in(route)) {
            // A route of its own, which a URI names, is called like that.
            if (!call.step().equals(TO) || call.kamelet().isEmpty() || call.uri().split("\\?")[0].contains("/")) {
                continue;
            }
            String id = call.id().text();
            if (!id.isEmpty()) {
                String problem = ids.add(id) ? problem(id) : twice(id);
                if (problem != null) {
                    report.tell(call.id().line(), "destination-id", problem);
                }
            } else if (unnamed.merge(call.kamelet().get(), 1, Integer::sum) > 1 && !told) {
                told = true;
                report.tell(call.line(), "unnamed-twins", "only their order tells the destinations with "
                        + call.kamelet().get()
                        + " apart: if you insert or remove one, progress and dead letters may count for "
                        + "another. Add an id to each of these steps, such as id: crm");
            }
        }
    }
}
