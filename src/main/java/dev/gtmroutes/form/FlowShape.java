// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The parts of a file that a form can show: one route, from a source to a template.
 *
 * @param route what is under {@code route}
 * @param from  what is under {@code from}
 * @param to    what is under {@code to}, the only step
 */
record FlowShape(MappingNode route, MappingNode from, MappingNode to) {

    private static final Pattern KAMELET = Pattern.compile("kamelet:([\\w.-]+)");

    /** @throws NotAFormException if there is more in it, or less */
    static FlowShape of(String text, Kamelets known) throws NotAFormException {
        Node root = compose(text);
        noAnchors(root);
        if (!(root instanceof SequenceNode list) || list.getFlowStyle() == FlowStyle.FLOW) {
            throw new NotAFormException("it is not a list of routes");
        }
        if (list.getValue().size() != 1) {
            throw new NotAFormException("it has " + list.getValue().size() + " routes, and a form shows one route");
        }
        MappingNode route = map(onlyEntry(list.getValue().get(0), "route"), "route");
        MappingNode from = map(entry(route, "from"), "from");
        if (!(entry(from, "steps").getValueNode() instanceof SequenceNode steps) || steps.getValue().size() != 1) {
            throw new NotAFormException("it has more than one step");
        }
        MappingNode to = map(onlyEntry(steps.getValue().get(0), "to"), "to");
        FlowShape shape = new FlowShape(route, from, to);
        shape.check(from, "source", known);
        shape.check(to, "sink", known);
        return shape;
    }

    private static Node compose(String text) throws NotAFormException {
        try {
            return BoundedYaml.compose(text, "flow")
                    .orElseThrow(() -> new NotAFormException("it is empty"));
        } catch (YamlEngineException e) {
            throw new NotAFormException("it is not valid YAML");
        }
    }

    /** What two places share cannot be changed in one of them. */
    private static void noAnchors(Node node) throws NotAFormException {
        if (node.getAnchor().isPresent()) {
            throw new NotAFormException("it has an anchor (&" + node.getAnchor().get() + ")");
        }
        if (node instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                noAnchors(each);
            }
        } else if (node instanceof MappingNode map) {
            for (NodeTuple each : map.getValue()) {
                noAnchors(each.getKeyNode());
                noAnchors(each.getValueNode());
            }
        }
    }

    private static NodeTuple onlyEntry(Node node, String key) throws NotAFormException {
        if (node instanceof MappingNode map && map.getValue().size() == 1 && map.getFlowStyle() == FlowStyle.BLOCK) {
            NodeTuple only = map.getValue().get(0);
            if (key.equals(YamlEdit.key(only))) {
                return only;
            }
            throw new NotAFormException("it has a " + YamlEdit.key(only) + " instead of a " + key);
        }
        throw new NotAFormException("its " + key + " is not written as forms write it");
    }

    private static NodeTuple entry(MappingNode map, String key) throws NotAFormException {
        NodeTuple found = YamlEdit.entry(map, key);
        if (found == null) {
            throw new NotAFormException("it has no " + key);
        }
        return found;
    }

    private static MappingNode map(NodeTuple entry, String key) throws NotAFormException {
        if (entry.getValueNode() instanceof MappingNode map && map.getFlowStyle() == FlowStyle.BLOCK) {
            return map;
        }
        throw new NotAFormException("its " + key + " is on one line or in braces");
    }

    private void check(MappingNode call, String type, Kamelets known) throws NotAFormException {
        Optional<String> name = kamelet(call);
        if (name.isEmpty() || known.find(name.get()).map(KameletDefinition::type).filter(type::equals).isEmpty()) {
            boolean source = type.equals("source");
            throw new NotAFormException("it " + (source ? "reads from " : "sends to ") + text(call, "uri")
                    + ", which is not a " + (source ? "source" : "template") + " of this program");
        }
        NodeTuple parameters = YamlEdit.entry(call, "parameters");
        if (parameters == null || parameters.getValueNode() instanceof ScalarNode empty && empty.getValue().isEmpty()) {
            return;
        }
        if (!(parameters.getValueNode() instanceof MappingNode map)) {
            throw new NotAFormException("its parameters are not a map");
        }
        boolean onOneLine = map.getStartMark().get().getLine() == map.getEndMark().get().getLine();
        if (map.getFlowStyle() == FlowStyle.FLOW && !onOneLine) {
            throw new NotAFormException("its parameters are in braces on several lines");
        }
        for (NodeTuple each : map.getValue()) {
            if (!(each.getValueNode() instanceof ScalarNode)) {
                throw new NotAFormException("its parameter " + YamlEdit.key(each) + " is a list or a map");
            }
        }
    }

    private static Optional<String> kamelet(MappingNode call) {
        Matcher uri = KAMELET.matcher(text(call, "uri"));
        return uri.matches() ? Optional.of(uri.group(1)) : Optional.empty();
    }

    /** The text under a key; empty where there is none. */
    private static String text(MappingNode map, String key) {
        NodeTuple entry = YamlEdit.entry(map, key);
        return entry != null && entry.getValueNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    String source() {
        return kamelet(from).orElseThrow();
    }

    String template() {
        return kamelet(to).orElseThrow();
    }

    /** The parameters of a call as they are written. */
    static Map<String, String> written(MappingNode call) {
        Map<String, String> written = new LinkedHashMap<>();
        NodeTuple parameters = YamlEdit.entry(call, "parameters");
        if (parameters != null && parameters.getValueNode() instanceof MappingNode map) {
            map.getValue().forEach(
                    each -> written.put(YamlEdit.key(each), ((ScalarNode) each.getValueNode()).getValue()));
        }
        return written;
    }

    FlowForm form() {
        String autoStartup = text(route, "autoStartup");
        return new FlowForm(text(route, "id"), text(route, "description"), autoStartup.isEmpty() ? "true" : autoStartup,
                source(), plain(from), template(), plain(to));
    }

    private static Map<String, String> plain(MappingNode call) {
        Map<String, String> plain = written(call);
        plain.replaceAll((name, value) -> RawValue.plain(value));
        return plain;
    }
}
