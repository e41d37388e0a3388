// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import dev.gtmroutes.lint.yaml.NodePlaces;
import dev.gtmroutes.parameter.ParameterText;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The text of a file of flows as Camel gets it: with the values that it calls Kamelets with encoded, see
 * {@link ParameterText}, where these end in beans. All lines stay where they are, so that Camel names the right ones.
 */
final class EncodedFlow {

    /** Steps whose endpoint Camel takes as it is written; that of others is an expression, with a language of its own. */
    private static final Set<String> STEPS = Set.of("from", "to", "kamelet");
    private static final Pattern URI = Pattern.compile("kamelet:(?://)?([\\w.-]+)([^?]*)(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern PAIR = Pattern
            .compile("([^=&]+)=(RAW\\(.*?\\)(?=&|$)|RAW\\{.*?}(?=&|$)|[^&]*)", Pattern.DOTALL);

    /** The linter refuses what is deeper. */
    private static final int MAX_DEPTH = 100;

    private record Change(int from, int to, String text) {
    }

    private final String text;
    private final NodePlaces places;
    private final BeanParameters parameters;
    /** By where they begin: what an alias names is seen more than once. */
    private final Map<Integer, Change> changes = new TreeMap<>();

    private EncodedFlow(String text, BeanParameters parameters) {
        this.text = text;
        this.places = new NodePlaces(text);
        this.parameters = parameters;
    }

    /** @return the same text where it is no YAML: Camel says what is wrong with it */
    static String of(String text, BeanParameters parameters) {
        EncodedFlow flow = new EncodedFlow(text, parameters);
        try {
            BoundedYaml.compose(text, "flow").ifPresent(root -> flow.collect(root, 0));
        } catch (YamlEngineException e) {
            return text;
        }
        return flow.result();
    }

    private String result() {
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (Change each : changes.values()) {
            result.append(text, done, each.from).append(each.text);
            done = each.to;
        }
        return result.append(text.substring(done)).toString();
    }

    private void collect(Node node, int depth) {
        if (depth > MAX_DEPTH) {
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(each -> collect(each, depth + 1));
        } else if (node instanceof MappingNode map) {
            for (NodeTuple each : map.getValue()) {
                String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                if (STEPS.contains(key)) {
                    call(each.getValueNode(), key.equals("kamelet"));
                }
                if (!key.equals("parameters")) {
                    collect(each.getValueNode(), depth + 1);
                }
            }
        }
    }

    private void call(Node step, boolean byName) {
        Node given = step instanceof MappingNode map ? value(map, byName ? "name" : "uri") : step;
        if (!(given instanceof ScalarNode written)) {
            return;
        }
        Matcher uri = URI.matcher(byName ? "kamelet:" + written.getValue() : written.getValue());
        if (!uri.matches()) {
            return;
        }
        if (uri.group(3) != null) {
            String query = query(uri.group(1), uri.group(3));
            if (!query.equals(uri.group(3))) {
                change(written, (byName ? "" : "kamelet:") + uri.group(1) + uri.group(2) + "?" + query);
            }
        }
        if (step instanceof MappingNode map && value(map, "parameters") instanceof MappingNode values) {
            for (NodeTuple each : values.getValue()) {
                if (each.getKeyNode() instanceof ScalarNode key && each.getValueNode() instanceof ScalarNode value
                        && !value.getTag().equals(Tag.NULL) && parameters.has(uri.group(1), key.getValue())) {
                    value(value, ParameterText.plain(value.getValue()));
                }
            }
        }
    }

    private static Node value(MappingNode map, String key) {
        return map.getValue().stream().filter(each -> each.getKeyNode() instanceof ScalarNode scalar
                && scalar.getValue().equals(key)).map(NodeTuple::getValueNode).findFirst().orElse(null);
    }

    private void value(ScalarNode written, String meant) {
        String encoded = ParameterText.inUri(meant);
        // What was harmless stays as it is written, also in RAW(...).
        if (!encoded.equals(meant) && !encoded.equals(written.getValue())) {
            change(written, encoded);
        }
    }

    private String query(String kamelet, String query) {
        return PAIR.matcher(query).replaceAll(pair -> Matcher.quoteReplacement(pair.group(1) + "="
                + (parameters.has(kamelet, pair.group(1)) ? ParameterText.inUri(meant(pair.group(2))) : pair.group(2))));
    }

    private static String meant(String inQuery) {
        if (ParameterText.isRaw(inQuery)) {
            return ParameterText.plain(inQuery);
        }
        try {
            return URLDecoder.decode(inQuery, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A lone percent sign stands for itself.
            return inQuery;
        }
    }

    private void change(ScalarNode scalar, String value) {
        int from = places.start(scalar);
        int to = places.end(scalar);
        int lines = (int) text.substring(from, to).chars().filter(each -> each == '\n').count();
        changes.put(from, new Change(from, to, NodePlaces.quoted(value) + "\n".repeat(lines)));
    }
}
