// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Builds the tree of one YAML file and tells of keys that stand there twice: Camel would take one of them silently. */
final class YamlTree {

    // Aliases could make a small file endlessly deep, or larger than memory.
    private static final int MAX_DEPTH = 100;
    private static final int MAX_NODES = 100_000;

    private final Report report;
    private int nodes;

    YamlTree(Report report) {
        this.report = report;
    }

    YamlNode build(Node root) {
        return build(root, line(root), 0);
    }

    private YamlNode build(Node node, int line, int depth) {
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw new YamlEngineException("the file is nested too deeply, or its aliases make it too large");
        }
        if (node instanceof MappingNode map) {
            return YamlNode.map(line, entries(map, depth));
        }
        if (node instanceof SequenceNode list) {
            List<YamlNode> items = new ArrayList<>();
            for (Node each : list.getValue()) {
                items.add(build(each, line(each), depth + 1));
            }
            return YamlNode.list(line, items);
        }
        return node instanceof ScalarNode scalar ? YamlNode.text(line, scalar.getValue(), textLine(scalar))
                : YamlNode.text(line, "", 0);
    }

    private List<YamlNode.Entry> entries(MappingNode map, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (NodeTuple each : map.getValue()) {
            String key = each.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            int line = line(each.getKeyNode());
            if (!keys.add(key)) {
                report.tell(line, "duplicate-key", key + " is here twice, and only one of them counts. Remove one");
            }
            entries.add(new YamlNode.Entry(key, build(each.getValueNode(), line, depth + 1)));
        }
        return entries;
    }

    /** Behind {@code |}, each line of the file is one of the text; elsewhere, all of the text is one line if it has one. */
    private static int textLine(ScalarNode scalar) {
        int line = line(scalar);
        return scalar.getScalarStyle() == ScalarStyle.LITERAL ? line + 1
                : scalar.getEndMark().map(Mark::getLine).orElse(-1) + 1 == line && !scalar.getValue().contains("\n") ? line
                : 0;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
