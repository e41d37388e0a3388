// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.parameter.ParameterText;

/**
 * Which parameters of Kamelets end in properties of beans, at whatever depth, and nowhere else. Their values may be any
 * text, see {@link ParameterText}. What ends in the URI of a Camel component, or in an expression, is Camel's own.
 */
public final class BeanParameters {

    private static final Pattern EMBEDDED = Pattern.compile("kamelet:(?://)?([\\w.-]+)[^?]*\\?(.*)", Pattern.DOTALL);

    private record Use(String kamelet, String parameter) {
    }

    private final Kamelets known;
    private final Map<Use, Boolean> found = new HashMap<>();

    /** @param known the Kamelets that flows can call */
    public BeanParameters(Kamelets known) {
        this.known = known;
    }

    /** Whether the parameter exists and all that is done with its value is to hand it to beans. */
    public synchronized boolean has(String kamelet, String parameter) {
        return has(new Use(kamelet, parameter), new HashSet<>());
    }

    private boolean has(Use use, Set<Use> seen) {
        Boolean before = found.get(use);
        if (before != null) {
            return before;
        }
        if (!seen.add(use)) {
            // It is handed on in a circle: other uses decide.
            return true;
        }
        boolean ends = known.find(use.kamelet).filter(each -> each.parameter(use.parameter).isPresent())
                .map(each -> endsInBeans(each, use.parameter, seen)).orElse(false);
        found.put(use, ends);
        return ends;
    }

    private boolean endsInBeans(KameletDefinition kamelet, String parameter, Set<Use> seen) {
        boolean defaults = kamelet.parameters().stream().filter(each -> names(each.defaultValue(), parameter))
                .allMatch(each -> has(new Use(kamelet.fileName(), each.name()), seen));
        return defaults && inside(kamelet.template(), parameter, seen);
    }

    private boolean inside(YamlNode node, String parameter, Set<Use> seen) {
        if (node.isText()) {
            return !names(node.text(), parameter);
        }
        String called = node.isMap() ? called(node) : null;
        for (YamlNode.Entry each : node.entries()) {
            boolean well = switch (each.key()) {
                case "beans" -> each.value().items().stream().allMatch(bean -> bean.entries().stream()
                        .filter(property -> !property.key().equals("properties"))
                        .allMatch(property -> inside(property.value(), parameter, seen)));
                case "parameters" -> called == null ? inside(each.value(), parameter, seen)
                        : each.value().entries().stream().allMatch(one -> handedOn(called, one, parameter, seen));
                default -> inside(each.value(), parameter, seen);
            };
            if (!well) {
                return false;
            }
        }
        return node.items().stream().allMatch(each -> inside(each, parameter, seen));
    }

    private static String called(YamlNode step) {
        Matcher uri = Pattern.compile("kamelet:(?://)?([\\w.-]+)(?:/.*)?").matcher(step.get("uri").text());
        return uri.matches() ? uri.group(1) : null;
    }

    private boolean handedOn(String called, YamlNode.Entry argument, String parameter, Set<Use> seen) {
        String text = argument.value().text();
        if (!names(text, parameter) || has(new Use(called, argument.key()), seen)) {
            return true;
        }
        // The endpoint of another Kamelet, as that of the vendor API, with parameters of its own.
        Matcher embedded = EMBEDDED.matcher(ParameterText.plain(text));
        if (!embedded.matches() || names(text.substring(0, text.indexOf('?')), parameter)) {
            return false;
        }
        for (String each : embedded.group(2).split("&")) {
            int equals = each.indexOf('=');
            if (names(each, parameter) && (equals < 0
                    || !has(new Use(embedded.group(1), each.substring(0, equals)), seen))) {
                return false;
            }
        }
        return true;
    }

    private static boolean names(String text, String parameter) {
        return text != null && Placeholder.in(text).stream().anyMatch(each -> each.name().equals(parameter));
    }
}
