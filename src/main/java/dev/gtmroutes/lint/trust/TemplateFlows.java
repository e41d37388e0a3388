// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * Files of flows that hold nothing but routes from a source to templates, as the form of the console writes them. What is
 * not known is refused: a file on the disk can be all that Camel can be told to do.
 */
public final class TemplateFlows {

    private static final String RULE = "console-flow";
    private static final Set<String> OF_ROUTE = Set.of("id", "description", "autoStartup", "from");
    private static final Set<String> OF_FROM = Set.of("uri", "parameters", "steps");
    private static final Set<String> OF_TO = Set.of("id", "uri", "parameters");
    private static final Pattern URI = Pattern.compile("kamelet:([A-Za-z0-9._-]+)");
    private static final String ADVICE = ". To use it, edit the file on the disk, or set " + ConsoleLimits.MODE + "=any";

    private final Kamelets known;
    private final ConsoleLimits limits;
    private final CallLimits calls;

    /** @param known the Kamelets that flows can call */
    public TemplateFlows(Kamelets known, ConsoleLimits limits) {
        this.known = known;
        this.limits = limits;
        this.calls = new CallLimits(known, limits);
    }

    /** @return what the console may not save of this file; nothing where it may save any flow */
    public List<Finding> check(YamlFile file) {
        Report report = new Report(file.path());
        if (limits.isRestricted() && file.root().exists()) {
            for (YamlNode each : file.root().items()) {
                only(each, Set.of("route"), "a list of routes", report);
                route(each.get("route"), report);
            }
            if (!file.root().isList()) {
                report.tell(file.root().line(), RULE, "the file is not a list of routes");
            }
        }
        return report.findings();
    }

    private void route(YamlNode route, Report report) {
        only(route, OF_ROUTE, "a route", report);
        for (String each : List.of("id", "description", "autoStartup")) {
            text(route.get(each), each, report);
        }
        String flow = route.get("id").text();
        YamlNode from = route.get("from");
        only(from, OF_FROM, "from", report);
        call(from, "source", flow, report);
        YamlNode steps = from.get("steps");
        if (!steps.isList()) {
            report.tell(steps.line(), RULE, "the steps are not a list");
        }
        for (YamlNode each : steps.items()) {
            only(each, Set.of("to"), "the steps", report);
            only(each.get("to"), OF_TO, "to", report);
            text(each.get("to").get("id"), "id", report);
            call(each.get("to"), "sink", flow, report);
        }
    }

    /** A map with these keys and no others. */
    private static void only(YamlNode node, Set<String> keys, String where, Report report) {
        if (!node.isMap()) {
            report.tell(node.line(), RULE, "flows of the console have a map here, with " + String.join(", ", keys) + ADVICE);
        }
        for (YamlNode.Entry each : node.entries()) {
            if (!keys.contains(each.key())) {
                report.tell(each.line(), RULE, "flows of the console cannot have " + shown(each.key()) + " in " + where
                        + ADVICE);
            }
        }
    }

    private static String shown(String key) {
        return key.matches("[\\w.-]{1,50}") ? key : "this";
    }

    private static void text(YamlNode node, String key, Report report) {
        if (node.exists() && !node.isText()) {
            report.tell(node.line(), RULE, key + " is not a text");
        }
        FlowPlaceholders.refusesBare(node.text()).ifPresent(why -> report.tell(node.line(), RULE, key + ": " + why));
    }

    private void call(YamlNode call, String type, String flow, Report report) {
        YamlNode uri = call.get("uri");
        Matcher name = URI.matcher(uri.text());
        KameletDefinition kamelet = name.matches() ? known.find(name.group(1)).orElse(null) : null;
        if (kamelet == null || !kamelet.type().equals(type) || CallLimits.isBuildingBlock(kamelet)) {
            report.tell(uri.line(), RULE, type.equals("source") ? "flows of the console read from a source, such as uri: "
                    + "kamelet:inbox-source, and have its parameters below it" + ADVICE
                    : "flows of the console send to a template, such as uri: kamelet:people-ai-request-sink, and have its "
                            + "parameters below it" + ADVICE);
            return;
        }
        parameters(call.get("parameters"), kamelet, flow, report);
    }

    private void parameters(YamlNode parameters, KameletDefinition kamelet, String flow, Report report) {
        if (parameters.isList() || !parameters.text().isEmpty()) {
            report.tell(parameters.line(), RULE, "the parameters are not a map");
        }
        Map<String, String> written = new LinkedHashMap<>();
        Map<String, Integer> lines = new LinkedHashMap<>();
        for (YamlNode.Entry each : parameters.entries()) {
            if (!each.value().isText()) {
                report.tell(each.line(), RULE, shown(each.key()) + " is not a text");
            }
            written.put(each.key(), each.value().text());
            lines.put(each.key(), each.line());
        }
        calls.check(kamelet, written, flow).forEach(each -> report.tell(lines.get(each.parameter()), RULE, each.message()));
    }
}
