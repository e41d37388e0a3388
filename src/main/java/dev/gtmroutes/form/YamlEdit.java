// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.lint.yaml.NodePlaces;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Changes of a YAML text, each made where its part stands: comments, order, line ends and all other parts stay as they
 * are, byte by byte.
 */
final class YamlEdit {

    private record Change(int from, int to, String text) {
    }

    private final String text;
    private final NodePlaces places;
    private final String lineEnd;
    private final List<Change> changes = new ArrayList<>();

    YamlEdit(String text) {
        this.text = text;
        this.places = new NodePlaces(text);
        this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    }

    /** The text with all changes. */
    String result() {
        changes.sort(Comparator.comparingInt(Change::from).thenComparingInt(Change::to));
        StringBuilder result = new StringBuilder();
        int done = 0;
        for (Change each : changes) {
            result.append(text, done, each.from).append(each.text);
            done = each.to;
        }
        return result.append(text.substring(done)).toString();
    }

    /** Gives an entry of a map another value. */
    void replace(NodeTuple entry, String value) {
        replace(entry, value, false);
    }

    private void replace(NodeTuple entry, String value, boolean inBraces) {
        int from = places.start(entry.getValueNode());
        int to = places.end(entry.getValueNode());
        // Where nothing stood, the place is just behind the colon.
        String block = inBraces ? null : YamlScalar.block(value, column(entry) + 2, lineEnd);
        changes.add(new Change(from, to, (from == to ? " " : "")
                + (block != null ? block : YamlScalar.write(value, inBraces, isQuoted(entry)))));
    }

    private static boolean isQuoted(NodeTuple entry) {
        return entry.getValueNode() instanceof ScalarNode scalar
                && List.of(ScalarStyle.DOUBLE_QUOTED, ScalarStyle.SINGLE_QUOTED).contains(scalar.getScalarStyle());
    }

    /** Takes the lines of an entry away. */
    void remove(NodeTuple entry) {
        removeLines(places.start(entry.getKeyNode()), places.end(entry.getValueNode()));
    }

    private void removeLines(int from, int to) {
        int next = text.indexOf('\n', to);
        changes.add(new Change(lineStart(from), next < 0 ? text.length() : next + 1, ""));
    }

    /** Adds an entry on a line of its own under another one of the same map. */
    void addAfter(NodeTuple entry, String key, String value) {
        addAfter(entry, List.of(line(column(entry), key, value)));
    }

    private void addAfter(NodeTuple entry, List<String> lines) {
        int at = lineStop(places.end(entry.getValueNode()));
        lines.forEach(each -> changes.add(new Change(at, at, lineEnd + each)));
    }

    /**
     * Changes the parameters of a call.
     *
     * @param call   the map with its {@code uri}
     * @param values new ones by name; null for one to be taken away
     */
    void parameters(MappingNode call, Map<String, String> values) {
        if (values.isEmpty()) {
            return;
        }
        NodeTuple given = entry(call, "parameters");
        if (given != null && given.getValueNode() instanceof MappingNode map) {
            if (map.getFlowStyle() == FlowStyle.FLOW) {
                inBraces(map, values);
            } else {
                inLines(given, map, values);
            }
            return;
        }
        NodeTuple above = given == null ? entry(call, "uri") : given;
        List<String> lines = new ArrayList<>();
        if (given == null) {
            lines.add(" ".repeat(column(above)) + "parameters:");
        }
        values.forEach((key, value) -> lines.add(line(column(above) + 2, key, value)));
        addAfter(above, lines);
    }

    private void inLines(NodeTuple parameters, MappingNode map, Map<String, String> values) {
        Map<String, String> added = new LinkedHashMap<>(values);
        NodeTuple last = null;
        for (NodeTuple each : map.getValue()) {
            String key = key(each);
            boolean changes = added.containsKey(key);
            String value = added.remove(key);
            if (changes && value == null) {
                remove(each);
                continue;
            }
            last = each;
            if (changes) {
                replace(each, value);
            }
        }
        added.values().removeIf(each -> each == null);
        List<String> lines = new ArrayList<>();
        added.forEach((key, value) -> lines.add(line(column(map.getValue().get(0)), key, value)));
        if (last != null) {
            addAfter(last, lines);
        } else if (lines.isEmpty()) {
            removeLines(places.start(parameters.getKeyNode()), places.end(parameters.getKeyNode()));
        } else {
            int at = lineStop(places.end(parameters.getKeyNode()));
            lines.forEach(each -> changes.add(new Change(at, at, lineEnd + each)));
        }
    }

    private void inBraces(MappingNode map, Map<String, String> values) {
        Map<String, String> added = new LinkedHashMap<>(values);
        List<String> parts = new ArrayList<>();
        for (NodeTuple each : map.getValue()) {
            boolean changes = added.containsKey(key(each));
            String value = added.remove(key(each));
            String name = text.substring(places.start(each.getKeyNode()), places.end(each.getKeyNode()));
            if (!changes) {
                parts.add(text.substring(places.start(each.getKeyNode()), places.end(each.getValueNode())));
            } else if (value != null) {
                parts.add(name + ": " + YamlScalar.write(value, true, isQuoted(each)));
            }
        }
        added.forEach((key, value) -> {
            if (value != null) {
                parts.add(key + ": " + YamlScalar.write(value, true, false));
            }
        });
        changes.add(new Change(places.start(map), places.end(map), "{" + String.join(", ", parts) + "}"));
    }

    private String line(int indent, String key, String value) {
        String block = YamlScalar.block(value, indent + 2, lineEnd);
        return " ".repeat(indent) + YamlScalar.write(key, false, false) + ": "
                + (block != null ? block : YamlScalar.write(value, false, false));
    }

    /** The entry of a map under a key; null if there is none. */
    static NodeTuple entry(MappingNode map, String key) {
        return map.getValue().stream().filter(each -> key.equals(key(each))).findFirst().orElse(null);
    }

    static String key(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static int column(NodeTuple entry) {
        return entry.getKeyNode().getStartMark().map(Mark::getColumn).orElseThrow();
    }

    private int lineStart(int offset) {
        return text.lastIndexOf('\n', offset - 1) + 1;
    }

    /** Where the line ends, before its line end. */
    private int lineStop(int offset) {
        int next = text.indexOf('\n', offset);
        if (next < 0) {
            return text.length();
        }
        return next > 0 && text.charAt(next - 1) == '\r' ? next - 1 : next;
    }
}
