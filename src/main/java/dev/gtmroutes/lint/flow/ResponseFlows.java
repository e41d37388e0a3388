// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * Which flow gets the responses of which, by the files of all flows: it has an inbox, and no response comes back to the flow
 * that it is of. What comes from a setting is judged when the flow starts.
 */
public final class ResponseFlows {

    /** The rule about a flow that there is not: its events wait until there is one. */
    public static final String MISSING = "response-flow-missing";

    private static final String RULE = "response-flow";
    /** The parameter. */
    public static final String PARAMETER = "responseFlow";
    private static final String INBOX = "inbox-source";
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    private final Kamelets known;
    private final Map<String, YamlNode> routes = new HashMap<>();

    /**
     * @param known the Kamelets that flows can call
     * @param files all files of flows
     */
    public ResponseFlows(Kamelets known, Collection<YamlFile> files) {
        this.known = known;
        for (YamlFile each : files) {
            routes(each).forEach(route -> routes.putIfAbsent(route.get("id").text(), route));
        }
    }

    /** @return the ids of the flows in a file */
    public static List<String> ids(YamlFile file) {
        return routes(file).map(each -> each.get("id").text()).toList();
    }

    private static Stream<YamlNode> routes(YamlFile file) {
        return file.root().exists() ? file.root().items().stream().map(each -> each.get("route")).filter(YamlNode::exists)
                : Stream.empty();
    }

    /** @return what is wrong in one of the files */
    public List<Finding> check(YamlFile file) {
        Report report = new Report(file.path());
        routes(file).forEach(route -> targets(route)
                .forEach((call, target) -> check(route.get("id").text(), call, target, report)));
        return report.findings();
    }

    private static Map<EndpointCall, Argument> targets(YamlNode route) {
        Map<EndpointCall, Argument> targets = new LinkedHashMap<>();
        for (EndpointCall each : EndpointCall.in(route)) {
            each.argument(PARAMETER).filter(value -> value.text() && value.isLiteral() && !value.plain().isBlank())
                    .ifPresent(value -> targets.put(each, value));
        }
        return targets;
    }

    private void check(String flow, EndpointCall call, Argument argument, Report report) {
        String target = argument.plain().strip();
        String label = call.kamelet().flatMap(known::find).flatMap(kamelet -> kamelet.parameter(PARAMETER))
                .map(Parameter::label).orElse(PARAMETER) + ": ";
        if (!ID.matcher(target).matches()) {
            report.tell(argument.line(), RULE,
                    label + "'" + target + "' is not the id of a flow. Enter the id of a flow that "
                            + "begins with " + INBOX + ".");
            return;
        }
        List<String> way = target.equals(flow) ? List.of(flow) : way(target, flow);
        if (!way.isEmpty()) {
            report.tell(argument.line(), RULE, label + "The responses come back to this flow (" + flow + " → "
                    + String.join(" → ", way) + "), so each response would become another one, without end. Choose another "
                    + "flow.");
        } else if (!routes.containsKey(target)) {
            report.tell(argument.line(), MISSING, label + "There is no flow " + target + ". Response events wait in "
                    + "data/inbox/" + target + " until there is one. Enter the id of another flow, or add this flow.");
        } else {
            source(routes.get(target)).ifPresent(why -> report.tell(argument.line(), RULE, label + "The flow " + target + " "
                    + why + ", so it would never read the responses. Choose a flow that begins with " + INBOX + "."));
        }
    }

    /** @return the flows from one to another, both with them; empty if there is no such way */
    private List<String> way(String from, String to) {
        Map<String, String> before = new HashMap<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        before.put(from, "");
        while (!open.isEmpty()) {
            String flow = open.remove();
            for (String next : next(flow)) {
                if (before.putIfAbsent(next, flow) == null) {
                    open.add(next);
                }
            }
        }
        List<String> way = new ArrayList<>();
        for (String each = before.containsKey(to) ? to : ""; !each.isEmpty(); each = before.get(each)) {
            way.add(0, each);
        }
        return way;
    }

    private List<String> next(String flow) {
        YamlNode route = routes.get(flow);
        return route == null ? List.of() : targets(route).values().stream().map(each -> each.plain().strip()).toList();
    }

    /** Why a flow would not read its inbox; empty if it does. */
    private static Optional<String> source(YamlNode route) {
        Optional<EndpointCall> from = EndpointCall.in(route).stream().filter(each -> each.step().equals("from")).findFirst();
        if (from.flatMap(EndpointCall::kamelet).filter(INBOX::equals).isEmpty()) {
            return Optional.of("has no inbox: it begins with " + from.flatMap(EndpointCall::kamelet)
                    .or(() -> from.map(EndpointCall::scheme)).filter(each -> !each.isEmpty()).orElse("another source"));
        }
        return from.get().argument("folder").or(() -> from.get().argument("data"))
                .map(each -> "reads another folder than its inbox (" + each.name() + ")");
    }
}
