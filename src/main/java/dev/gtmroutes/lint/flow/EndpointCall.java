// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * A place in a route that reads from or writes to an endpoint.
 *
 * @param step      from, to, toD, wireTap, poll or kamelet
 * @param uri       of the endpoint, with its query
 * @param line      where the URI stands
 * @param arguments from the query and from {@code parameters}
 * @param id        of the step, a text; nothing where it has none
 */
public record EndpointCall(String step, String uri, int line, List<Argument> arguments, YamlNode id) {

    private static final Set<String> STEPS = Set.of("from", "to", "toD", "wireTap", "poll", "kamelet");
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][\\w+.-]*):.*", Pattern.DOTALL);
    private static final Pattern KAMELET = Pattern.compile("kamelet:(?://)?([^/?]+).*", Pattern.DOTALL);
    private static final Pattern PAIR = Pattern
            .compile("([^=&]+)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)", Pattern.DOTALL);

    /** All calls at or below a node, in their order. */
    public static List<EndpointCall> in(YamlNode tree) {
        List<EndpointCall> found = new ArrayList<>();
        collect(tree, found);
        return found;
    }

    private static void collect(YamlNode node, List<EndpointCall> found) {
        for (YamlNode.Entry each : node.entries()) {
            if (STEPS.contains(each.key())) {
                of(each).ifPresent(found::add);
            }
            if (!each.key().equals("parameters")) {
                collect(each.value(), found);
            }
        }
        node.items().forEach(each -> collect(each, found));
    }

    private static Optional<EndpointCall> of(YamlNode.Entry step) {
        boolean kamelet = step.key().equals("kamelet");
        YamlNode given = step.value().isText() ? step.value() : step.value().get(kamelet ? "name" : "uri");
        if (given.text().isEmpty()) {
            return Optional.empty();
        }
        String uri = kamelet ? "kamelet:" + given.text() : given.text();
        List<Argument> arguments = new ArrayList<>();
        int query = uri.indexOf('?');
        if (query >= 0) {
            Matcher pair = PAIR.matcher(uri.substring(query + 1));
            while (pair.find()) {
                arguments.add(new Argument(pair.group(1), decoded(pair.group(2)), true, given.line(), 0, true));
            }
        }
        for (YamlNode.Entry each : step.value().get("parameters").entries()) {
            arguments.add(new Argument(each.key(), each.value().text(), each.value().isText(), each.line(),
                    each.value().textLine(), false));
        }
        return Optional.of(new EndpointCall(step.key(), uri, given.line(), arguments, step.value().get("id")));
    }

    private static String decoded(String value) {
        try {
            return value.startsWith("RAW") ? value : URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A lone percent sign stands for itself.
            return value;
        }
    }

    /** What is before the first colon; empty where a placeholder stands there. */
    public String scheme() {
        Matcher matcher = SCHEME.matcher(uri);
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** The name of the Kamelet it calls; empty where it calls none, or one that only a setting or a message names. */
    public Optional<String> kamelet() {
        Matcher matcher = KAMELET.matcher(uri);
        return matcher.matches() ? Optional.of(matcher.group(1)).filter(each -> !each.matches("source|sink|.*[{$].*"))
                : Optional.empty();
    }

    public Optional<Argument> argument(String name) {
        return arguments.stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
