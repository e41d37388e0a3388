// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The text of a flow under another name: the id of its route and each parameter {@code flow} change. What a Kamelet makes of
 * the name by default, such as a consumer group, is written as it was, so that the flow goes on with it.
 */
final class RenamedText {

    private static final Pattern KAMELET = Pattern.compile("kamelet:([^/?]+).*", Pattern.DOTALL);
    private static final String NAME = "{{" + FlowForm.FLOW + "}}";

    private final String from;
    private final String to;
    private final Kamelets known;
    private final YamlEdit edit;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private RenamedText(String text, String from, String to, Kamelets known) {
        this.from = from;
        this.to = to;
        this.known = known;
        this.edit = new YamlEdit(text);
    }

    static String of(String text, String from, String to, Kamelets known) {
        RenamedText renamed = new RenamedText(text, from, to, known);
        BoundedYaml.compose(text, "flow").ifPresent(renamed::visit);
        return renamed.edit.result();
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            // An alias of a part that was visited.
            return;
        }
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::visit);
        } else if (node instanceof MappingNode map) {
            for (NodeTuple each : map.getValue()) {
                if (YamlEdit.key(each).equals("route") && each.getValueNode() instanceof MappingNode route) {
                    id(route);
                }
                if (each.getValueNode() instanceof ScalarNode uri && KAMELET.matcher(uri.getValue()).matches()) {
                    call(map, each, uri.getValue());
                }
                visit(each.getValueNode());
            }
        }
    }

    private void id(MappingNode route) {
        NodeTuple id = YamlEdit.entry(route, "id");
        if (id != null && id.getValueNode() instanceof ScalarNode name && name.getValue().equals(from)) {
            edit.replace(id, to);
        }
    }

    /** @param map where the URI is, and maybe parameters */
    private void call(MappingNode map, NodeTuple entry, String uri) {
        NodeTuple given = YamlEdit.entry(map, "parameters");
        Map<String, String> changes = new LinkedHashMap<>();
        List<String> added = new ArrayList<>();
        if (given != null && given.getValueNode() instanceof MappingNode parameters) {
            NodeTuple flow = YamlEdit.entry(parameters, FlowForm.FLOW);
            if (flow != null && flow.getValueNode() instanceof ScalarNode name && name.getValue().equals(from)) {
                changes.put(FlowForm.FLOW, to);
            }
            derived(uri, parameters).forEach(changes::put);
        } else {
            derived(uri, null).forEach((name, value) -> added.add(name + "=" + value));
        }
        String renamed = uri.replaceAll("([?&]" + FlowForm.FLOW + "=)" + Pattern.quote(from) + "(?=&|$)", "$1" + to);
        for (String each : added) {
            renamed += (renamed.contains("?") ? "&" : "?") + each;
        }
        if (!renamed.equals(uri)) {
            edit.replace(entry, renamed);
        }
        if (!changes.isEmpty()) {
            edit.parameters(map, changes);
        }
    }

    /** What the Kamelet of a call makes of the name of the flow, where the call says nothing else. */
    private Map<String, String> derived(String uri, MappingNode parameters) {
        Map<String, String> derived = new LinkedHashMap<>();
        Matcher name = KAMELET.matcher(uri);
        List<Parameter> declared = name.matches() ? known.find(name.group(1)).map(KameletDefinition::parameters)
                .orElse(List.of()) : List.of();
        for (Parameter each : declared) {
            String value = each.defaultValue();
            boolean isGiven = parameters != null && YamlEdit.entry(parameters, each.name()) != null
                    || uri.matches("(?s).*[?&]" + Pattern.quote(each.name()) + "=.*");
            if (value != null && value.contains(NAME) && !isGiven) {
                derived.put(each.name(), value.replace(NAME, from));
            }
        }
        return derived;
    }
}
