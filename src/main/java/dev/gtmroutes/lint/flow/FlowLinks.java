// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** The parts of a flow fit together: it does not feed itself, and tasks come from where tasks are made. */
final class FlowLinks {

    private static final String FRAGMENT = "people-ai-fragment-action";
    /** They prepare an input for the step behind them. */
    private static final Set<String> DELIVER_NOTHING = Set.of(FRAGMENT, LookupFlows.LOOKUP);

    private final Kamelets known;

    FlowLinks(Kamelets known) {
        this.known = known;
    }

    void check(YamlNode root, Report report) {
        for (YamlNode item : root.items()) {
            YamlNode route = item.get("route");
            List<EndpointCall> calls = EndpointCall.in(route);
            end(route, report);
            calls.forEach(each -> webhook(route.get("id").text(), each, report));
            boolean inbox = calls.stream().anyMatch(each -> each.step().equals("from")
                    && each.kamelet().filter("inbox-source"::equals).isPresent());
            calls.stream().filter(each -> inbox && each.kamelet().filter(FRAGMENT::equals).isPresent())
                    .forEach(each -> report.tell(each.line(), "no-effect",
                            FRAGMENT + " requires the tasks of an export flow with fragments: "
                                    + "hand-over, and an inbox contains none. Read the topic of that flow with "
                                    + "kafka-records-source"));
        }
    }

    /** What no step takes would count as delivered. */
    private void end(YamlNode route, Report report) {
        List<YamlNode> steps = route.get("from").get("steps").items();
        if (steps.isEmpty()) {
            if (route.get("from").exists() && !route.get("steps").exists()) {
                report.tell(route.get("from").line(), "no-destination", "the flow has no step behind from, so its records "
                        + "would go nowhere. Add steps: with a destination");
            }
            return;
        }
        YamlNode last = steps.get(steps.size() - 1);
        if (last.get("to").exists()) {
            EndpointCall.in(last).stream().filter(each -> each.kamelet().filter(DELIVER_NOTHING::contains).isPresent())
                    .forEach(each -> report.tell(each.line(), "no-destination", "the flow ends with "
                            + each.kamelet().orElseThrow() + ", which delivers nothing, so its records would count as "
                            + "delivered and be lost. Add a step with a destination behind it"));
        }
    }

    private void webhook(String flow, EndpointCall call, Report report) {
        call.argument("responseWebhook").filter(each -> each.isLiteral() && isOwnIntake(flow, each.plain()))
                .ifPresent(each -> report.tell(each.line(), "loop", call.kamelet().flatMap(known::find)
                        .flatMap(kamelet -> kamelet.parameter(each.name())).map(Parameter::label).orElse(each.name())
                        + ": This is the intake of the flow itself, so every response would become a new record, without "
                        + "end. Enter the intake of another flow, or another URL."));
    }

    private static boolean isOwnIntake(String flow, String url) {
        try {
            URI parts = new URI(url.strip()).normalize();
            return !flow.isEmpty() && parts.getHost() != null && isThisMachine(parts.getHost())
                    && String.valueOf(parts.getPath()).replaceAll("/+", "/").replaceFirst("/$", "")
                            .equals("/intake/" + flow);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** No name is looked up: a flow must not wait for a name server. */
    private static boolean isThisMachine(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceAll("^\\[|]$|\\.$", "");
        return name.equals("localhost") || name.endsWith(".localhost") || name.matches("127(\\.\\d{1,3}){3}")
                || Own.NAMES.contains(name);
    }

    /** Names and addresses of this machine, found out when they are first needed. */
    private static final class Own {

        private static final Set<String> NAMES = names();

        private static Set<String> names() {
            Set<String> names = new TreeSet<>(List.of("0.0.0.0", "::1", "0:0:0:0:0:0:0:1", "::", "0:0:0:0:0:0:0:0"));
            try {
                names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
                for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                    Collections.list(network.getInetAddresses())
                            .forEach(each -> names.add(each.getHostAddress().replaceFirst("%.*", "")));
                }
            } catch (UnknownHostException | SocketException e) {
                // What cannot be found out is not compared; loopback is known all the same.
            }
            return names;
        }
    }
}
