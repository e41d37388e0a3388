// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an attribute's name means at one level; ordinals of paths that end here, or -1. */
final class PathNode {

    final Map<String, PathNode> children = new HashMap<>();
    /** Of the path whose whole text is this name. */
    int literal = -1;
    /** Of the path whose last name this is. */
    int nested = -1;

    /** @param literalOnly ordinals of paths that are not to be looked for in nested objects */
    static PathNode tree(List<AttributePath> paths, BitSet literalOnly) {
        PathNode top = new PathNode();
        for (int i = 0; i < paths.size(); i++) {
            AttributePath path = paths.get(i);
            top.child(path.text()).literal = i;
            if (path.names().size() > 1 && !literalOnly.get(i)) {
                PathNode node = top;
                for (String name : path.names()) {
                    node = node.child(name);
                }
                node.nested = i;
            }
        }
        return top;
    }

    private PathNode child(String name) {
        return children.computeIfAbsent(name, key -> new PathNode());
    }
}
