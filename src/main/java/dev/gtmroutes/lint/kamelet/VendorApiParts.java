// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.gtmroutes.lint.flow.Argument;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * A Kamelet that sends a credential is the boundary of what is secret: without one of its parts, the credential goes to a
 * host that a record names, or into a dead letter. Those that are made from a catalogue file have all parts.
 */
final class VendorApiParts implements KameletRule {

    private static final String RULE = "vendor-api";
    private static final String ENDING = "-api-action";
    private static final String PACKAGE = "dev.gtmroutes.";
    private static final String CREDENTIAL = PACKAGE + "credential.Credential";
    private static final String ADDRESS = PACKAGE + "credential.ApiAddress";
    private static final String CALL = PACKAGE + "credential.ApiCall";
    private static final String GATE = PACKAGE + "credential.RateGate";
    private static final String MASK = PACKAGE + "credential.CredentialMask";
    private static final Set<String> LISTENERS = Set.of(PACKAGE + "api.FirstByteListener", PACKAGE + "credential.Departure");
    private static final Set<String> CLIENTS = Set.of(PACKAGE + "api.ApiHttpClient",
            PACKAGE + "delivery.DeliveryHttpClient");
    /** Parameters of Camel's HTTP client that {@code ApiHttpClient} replaces by its own, and what has their effect. */
    private static final Map<String, String> WITHOUT_EFFECT = withoutEffect();
    /** How the first edition's filter asks whether the credential may go where the request goes. */
    private static final String MAY_GO = "GtmSendCredential";

    private static Map<String, String> withoutEffect() {
        Map<String, String> all = new TreeMap<>();
        for (String each : List.of("sslContextParameters", "x509HostnameVerifier", "useSystemProperties",
                "connectionsPerRoute", "maxTotalConnections")) {
            all.put(each, "set camel.component.https." + each + " in application.properties instead");
        }
        for (String each : List.of("connectTimeout", "responseTimeout")) {
            all.put(each, "set it on the bean that is the httpClientConfigurer instead");
        }
        for (String each : List.of("clientConnectionManager", "connectionTimeToLive", "connectionRequestTimeout",
                "soTimeout",
                "cookieStore", "followRedirects")) {
            all.put(each, "remove it");
        }
        return all;
    }

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        Map<String, String> beans = new HashMap<>();
        for (YamlNode each : kamelet.template().get("beans").items()) {
            beans.put(each.get("name").text(),
                    each.get("type").text().replaceFirst("^#class:", "").replaceFirst("[(#].*$", ""));
        }
        if (beans.containsValue(CREDENTIAL) || kamelet.fileName().endsWith(ENDING)) {
            new Parts(kamelet, beans, report).check();
        }
    }

    private record Parts(KameletDefinition kamelet, Map<String, String> beans, Report report) {

        void check() {
            credential();
            calls();
            http();
            mask();
        }

        /** The header is set for trusted hosts only, and is gone before anything else sees the message. */
        private void credential() {
            List<YamlNode> set = named("setHeader").stream().filter(this::isCredential).toList();
            List<YamlNode> guarded = named("filter").stream().filter(this::asksAddress)
                    .flatMap(each -> named(each, "setHeader").stream()).filter(this::isCredential).toList();
            if (set.isEmpty()) {
                missing("step that sets a header to the expression of its " + CREDENTIAL, "the program cannot mask the "
                        + "credential");
            } else if (guarded.size() < set.size()) {
                missing("filter by its " + ADDRESS + " around the step that sets the credential", "a record with a URL can "
                        + "send the credential to any host");
            }
            Set<String> removed = named("doFinally").stream().flatMap(each -> named(each, "removeHeader").stream())
                    .map(each -> each.get("name").text()).collect(Collectors.toSet());
            if (!set.stream().map(each -> each.get("name").text()).allMatch(removed::contains)) {
                missing("removeHeader in doFinally for the header of the credential", "the credential stays on the message, "
                        + "and appears in dead letters and logs");
            }
        }

        private void calls() {
            for (String each : List.of("begin", "judge")) {
                if (!calls(kamelet.template(), CALL, each)) {
                    missing("step " + each + " of its " + CALL, each.equals("begin") ? "requests are sent "
                            + "unchecked" : "the program does not notice that the vendor refuses the credential");
                }
            }
            if (!calls(kamelet.template(), GATE, "enter")) {
                missing("step enter of its " + GATE, "requests exceed the rate limit of the vendor");
            }
            if (named("doFinally").stream().noneMatch(each -> calls(each, GATE, "leave"))) {
                missing("step leave of its " + GATE + " in doFinally", "requests continue after a 429, and a failed request "
                        + "counts permanently in the rate limit");
            }
        }

        private void http() {
            List<EndpointCall> requests = EndpointCall.in(kamelet.template()).stream()
                    .filter(each -> !each.step().equals("from") && !each.uri().startsWith("kamelet:")).toList();
            if (requests.isEmpty()) {
                missing("step that sends the request over HTTP", "no request is sent");
            }
            for (EndpointCall each : requests) {
                bean(each, "httpActivityListener", LISTENERS, "the program cannot tell whether a failed request was sent, "
                        + "so a once-only request may be processed twice");
                bean(each, "httpClientConfigurer", CLIENTS, "the HTTP client repeats requests, follows redirects and stores "
                        + "cookies");
                value(each, "copyHeaders", "the response headers contain the credential of the request");
                WITHOUT_EFFECT.forEach((parameter, advice) -> each.argument(parameter).ifPresent(there -> report.tell(
                        each.line(), RULE, parameter + " has no effect here, because requests to a vendor use the "
                                + "program's own HTTP client: " + advice)));
                value(each, "throwExceptionOnFailure", "an error status becomes an exception, and the body of the response "
                        + "is lost");
            }
        }

        private void mask() {
            YamlNode route = kamelet.template().get("route").exists() ? kamelet.template().get("route") : kamelet.template();
            List<YamlNode> steps = route.get("from").get("steps").items();
            boolean last = !steps.isEmpty() && is(steps.get(steps.size() - 1).get("process").get("ref"), Set.of(MASK));
            if (!last) {
                missing("last step that is its " + MASK, "a response that contains the credential puts it into a dead "
                        + "letter");
            }
        }

        private void bean(EndpointCall request, String parameter, Set<String> types, String otherwise) {
            String name = request.argument(parameter).map(Argument::value).orElse("");
            String type = name.matches("#\\{\\{\\w+}}") ? beans.getOrDefault(name.substring(3, name.length() - 2), "") : "";
            if (!types.contains(type)) {
                report.tell(request.line(), RULE, text(parameter + " that is a " + types.stream().sorted().findFirst()
                        .orElseThrow(), otherwise));
            }
        }

        private void value(EndpointCall request, String parameter, String otherwise) {
            if (!request.argument(parameter).map(Argument::value).orElse("").equals("false")) {
                report.tell(request.line(), RULE, text(parameter + ": false", otherwise));
            }
        }

        private void missing(String part, String otherwise) {
            report.tell(kamelet.template().line(), RULE, text(part, otherwise));
        }

        private static String text(String part, String otherwise) {
            return "this Kamelet sends a credential and has no " + part + ". Without it, " + otherwise
                    + ". Add it, or generate the Kamelet from a catalogue file, see docs/vendors.md";
        }

        private boolean calls(YamlNode tree, String type, String method) {
            return named(tree, "bean").stream().anyMatch(each -> is(each.get("ref"), Set.of(type))
                    && each.get("method").text().equals(method));
        }

        private boolean isCredential(YamlNode setHeader) {
            return is(setHeader.get("expression").get("ref").get("expression"), Set.of(CREDENTIAL));
        }

        private boolean asksAddress(YamlNode filter) {
            YamlNode expression = filter.get("expression");
            return is(expression.get("ref").get("expression"), Set.of(ADDRESS))
                    || expression.get("simple").get("expression").text().equals("${exchangeProperty." + MAY_GO + "}");
        }

        private boolean is(YamlNode reference, Set<String> types) {
            String name = reference.text();
            return name.matches("\\{\\{\\w+}}")
                    && types.contains(beans.getOrDefault(name.substring(2, name.length() - 2), ""));
        }

        private List<YamlNode> named(String key) {
            return named(kamelet.template(), key);
        }

        private static List<YamlNode> named(YamlNode tree, String key) {
            List<YamlNode> found = new ArrayList<>();
            for (YamlNode.Entry each : tree.entries()) {
                if (each.key().equals(key)) {
                    found.add(each.value());
                }
                found.addAll(named(each.value(), key));
            }
            tree.items().forEach(each -> found.addAll(named(each, key)));
            return found;
        }
    }
}
