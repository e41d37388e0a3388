// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * What a file declares and calls, as far as that can be told without running it.
 *
 * @param routes ids of the routes in it
 * @param own    names of the Kamelets that it calls for itself alone: each use has a route that comes and goes with it
 * @param shared names of the Kamelets whose routes it may share with others: they have an id that others may name, too
 */
public record Outline(Set<String> routes, Set<String> own, Set<String> shared) {

    /** A name that is not whole until a parameter is known says nothing. */
    private static final Pattern CALL = Pattern.compile("kamelet:(?://)?([\\w.-]+)(?![\\w.-]*\\{)(/[^?\\s]*)?");
    /** Steps that call what an expression or a bean decides. */
    private static final Set<String> OPEN = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip",
            "dynamicRouter", "bean", "process");
    private static final Set<String> ENDS = Set.of("source", "sink");

    /** Of a file of flows. Each of them gets the Kamelets to itself that it calls without an id. */
    public static Outline ofFlows(YamlFile file) {
        Set<String> routes = new LinkedHashSet<>();
        for (YamlNode each : file.root().items()) {
            String id = each.get("route").get("id").text();
            if (!id.isEmpty()) {
                routes.add(id);
            }
        }
        return of(file.root(), routes, true);
    }

    /** Whether none of the flows in a file is to run before somebody starts it. */
    public static boolean isOnlySaved(YamlFile flows) {
        return flows.root().items().stream()
                .allMatch(each -> each.get("route").get("autoStartup").text().equals("false"));
    }

    /** Of the template in a Kamelet. Camel gives the same route to all calls without an id that look the same. */
    public static Outline of(KameletDefinition kamelet) {
        return of(kamelet.template(), Set.of(), false);
    }

    private static Outline of(YamlNode tree, Set<String> routes, boolean flows) {
        Set<String> own = new TreeSet<>();
        Set<String> shared = new TreeSet<>();
        tree.texts((text, line) -> {
            Matcher call = CALL.matcher(text);
            while (call.find()) {
                boolean isOwn = call.group(2) == null ? flows : call.group(2).startsWith("/{{routeId}}");
                if (!ENDS.contains(call.group(1))) {
                    (isOwn ? own : shared).add(call.group(1));
                }
            }
        });
        // The EIP names a Kamelet without its scheme.
        for (EndpointCall each : EndpointCall.in(tree)) {
            if (each.step().equals("kamelet")) {
                each.kamelet().ifPresent(own::add);
            }
        }
        return new Outline(routes, own, shared);
    }

    /** Whether a template calls Kamelets and nothing else, so that what it does is known from {@link #calls()}. */
    public static boolean callsOnlyKamelets(KameletDefinition kamelet) {
        return EndpointCall.in(kamelet.template()).stream().allMatch(each -> each.kamelet().isPresent()
                || each.uri().equals("kamelet:source") || each.uri().equals("kamelet:sink"))
                && !hasOpenStep(kamelet.template());
    }

    /** The Kamelets that the steps of a template call themselves; those that it names to them as parameters left out. */
    public static List<String> steps(KameletDefinition kamelet) {
        return EndpointCall.in(kamelet.template()).stream().map(EndpointCall::kamelet).flatMap(Optional::stream)
                .filter(each -> !ENDS.contains(each)).toList();
    }

    private static boolean hasOpenStep(YamlNode tree) {
        return tree.entries().stream().anyMatch(each -> OPEN.contains(each.key()) || hasOpenStep(each.value()))
                || tree.items().stream().anyMatch(Outline::hasOpenStep);
    }

    /** All Kamelets that it calls. */
    public List<String> calls() {
        Set<String> all = new TreeSet<>(own);
        all.addAll(shared);
        return List.copyOf(all);
    }
}
