// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.List;
import java.util.Optional;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * Where a flow takes its records from and where it sends them, in words.
 *
 * @param mark      of the first vendor that it sends to
 * @param source    such as Inbox
 * @param endpoints what it sends with, such as Push Batch Call Activities
 */
public record FlowSummary(VendorMark mark, String source, List<String> endpoints) {

    /** Of a flow whose file says nothing about it. */
    static final FlowSummary UNKNOWN = new FlowSummary(VendorMark.NONE, "Unknown source", List.of());

    private static final String MANUAL = "-request-sink";

    /** Of a route in a file of flows. */
    static FlowSummary of(YamlNode route, Kamelets known) {
        List<EndpointCall> calls = EndpointCall.in(route);
        List<KameletDefinition> sinks = calls.stream().skip(1).map(EndpointCall::kamelet).flatMap(Optional::stream)
                .map(known::find).flatMap(Optional::stream).filter(each -> each.type().equals("sink")).toList();
        return new FlowSummary(mark(sinks, known), calls.isEmpty() ? UNKNOWN.source : source(calls.get(0), known),
                sinks.stream().map(FlowSummary::endpoint).distinct().toList());
    }

    /** Of a destination that the program has made itself, such as a response webhook. */
    static FlowSummary ofTemplates(String source, List<String> templates, Kamelets known) {
        List<KameletDefinition> sinks = templates.stream().map(known::find).flatMap(Optional::stream).toList();
        return new FlowSummary(mark(sinks, known), source, sinks.stream().map(FlowSummary::endpoint).distinct().toList());
    }

    private static VendorMark mark(List<KameletDefinition> sinks, Kamelets known) {
        return sinks.stream().findFirst().map(each -> VendorMark.of(each, known)).orElse(VendorMark.NONE);
    }

    private static String source(EndpointCall call, Kamelets known) {
        return call.kamelet().map(name -> known.find(name).map(KameletDefinition::plainTitle)
                .orElse(name)).orElse(call.scheme().isEmpty() ? UNKNOWN.source : call.scheme());
    }

    /** Without the word that says what kind of Kamelet it is. */
    static String endpoint(KameletDefinition sink) {
        return sink.fileName().endsWith(MANUAL) ? "Manual request" : sink.plainTitle();
    }

    public String vendor() {
        return mark.title();
    }

    /** The endpoint, or the first of several. */
    public String endpoint() {
        return endpoints.isEmpty() ? "no endpoint"
                : endpoints.size() == 1 ? endpoints.get(0) : endpoints.get(0) + " and " + (endpoints.size() - 1) + " more";
    }

    /** In one line, such as {@code Inbox → Create Lead}. */
    public String words() {
        return source + " → " + endpoint();
    }
}
