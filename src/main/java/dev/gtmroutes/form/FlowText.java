// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The text of a file that a form can show. */
final class FlowText {

    private final String text;
    private final Kamelets known;
    private final FlowShape shape;

    /** @throws NotAFormException if a form cannot show it */
    FlowText(String text, Kamelets known) throws NotAFormException {
        this.text = text;
        this.known = known;
        this.shape = FlowShape.of(text, known);
    }

    FlowForm form() {
        return shape.form();
    }

    /** The text of a new file. The form names Kamelets that there are. */
    static String of(FlowForm form, Kamelets known) {
        String frame = """
                - route:
                    id: flow
                    autoStartup: false
                    from:
                      uri: kamelet:%s
                      steps:
                        - to:
                            uri: kamelet:%s
                """.formatted(form.source(), form.template());
        try {
            return new FlowText(frame, known).with(form);
        } catch (NotAFormException e) {
            throw new IllegalArgumentException("A new flow was refused: " + e.getMessage(), e);
        }
    }

    /** The same flows, none of which is activated. A text that is no list of routes stays as it is. */
    static String stopped(String text) {
        YamlEdit edit = new YamlEdit(text);
        if (BoundedYaml.compose(text, "flow").orElse(null) instanceof SequenceNode list) {
            for (Node each : list.getValue()) {
                if (each instanceof MappingNode entry && YamlEdit.entry(entry, "route") != null
                        && YamlEdit.entry(entry, "route").getValueNode() instanceof MappingNode route) {
                    stop(edit, route);
                }
            }
        }
        return edit.result();
    }

    private static void stop(YamlEdit edit, MappingNode route) {
        NodeTuple now = YamlEdit.entry(route, "autoStartup");
        if (now != null) {
            edit.replace(now, "false");
        } else if (YamlEdit.entry(route, "id") != null) {
            edit.addAfter(YamlEdit.entry(route, "id"), "autoStartup", "false");
        }
    }

    /** The text that says what this form says. Only what differs is written anew. */
    String with(FlowForm form) {
        YamlEdit edit = new YamlEdit(text);
        FlowForm now = form();
        NodeTuple id = YamlEdit.entry(shape.route(), "id");
        String description = form.description().equals(now.description()) ? null : form.description();
        String autoStartup = form.autoStartup().equals(now.autoStartup()) ? null : form.autoStartup();
        if (!form.id().equals(now.id())) {
            edit.replace(id, form.id());
        }
        set(edit, id, "description", description);
        set(edit, id, "autoStartup", autoStartup);
        call(edit, shape.from(), now.source(), form.source(), form.sourceParameters());
        call(edit, shape.to(), now.template(), form.template(), form.templateParameters());
        return edit.result();
    }

    /** @param value null for no change, empty for none */
    private void set(YamlEdit edit, NodeTuple id, String key, String value) {
        NodeTuple now = YamlEdit.entry(shape.route(), key);
        if (value == null) {
            return;
        }
        if (now == null) {
            edit.addAfter(id, key, value);
        } else if (value.isEmpty()) {
            edit.remove(now);
        } else {
            edit.replace(now, value);
        }
    }

    private void call(YamlEdit edit, MappingNode call, String before, String after, Map<String, String> wanted) {
        if (!after.equals(before)) {
            edit.replace(YamlEdit.entry(call, "uri"), "kamelet:" + after);
        }
        Map<String, String> written = FlowShape.written(call);
        Map<String, String> changes = new LinkedHashMap<>();
        for (String each : names(before, after, wanted)) {
            String old = written.getOrDefault(each, "");
            String value = wanted.getOrDefault(each, "");
            if (value.equals(FlowForm.KEPT) || value.equals(RawValue.plain(old))
                    || value.contains("\n") && value.stripTrailing().equals(RawValue.plain(old).stripTrailing())) {
                continue;
            }
            changes.put(each, value.isEmpty() ? null : RawValue.written(value, old));
        }
        edit.parameters(call, changes);
    }

    /** Of all parameters that the form decides about, in the order of the Kamelet. Others stay as they are. */
    private Set<String> names(String before, String after, Map<String, String> wanted) {
        Set<String> names = new LinkedHashSet<>();
        for (String each : new String[] {after, before}) {
            known.find(each).ifPresent(kamelet -> kamelet.parameters().forEach(one -> names.add(one.name())));
        }
        names.addAll(new TreeSet<>(wanted.keySet()));
        return names;
    }
}
