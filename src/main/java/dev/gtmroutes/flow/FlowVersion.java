// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * All that makes up what a file of flows does: its own text and those of the Kamelets it calls. It is kept, so that it
 * can be loaded again when a later one fails.
 *
 * @param path   where the file lies
 * @param text   what is in it
 * @param routes ids of its flows
 * @param own    Kamelets whose routes are made for it alone, by name; with another text the flow has to be made anew
 * @param shared Kamelets whose routes others may use as well; these are replaced by themselves
 */
record FlowVersion(Path path, String text, Set<String> routes, Map<String, String> own, Map<String, String> shared) {

    /** Whether its routes do the same, wherever the file lies. */
    boolean doesTheSameAs(FlowVersion other) {
        return other != null && text.equals(other.text) && own.equals(other.own);
    }

    /** This text with the Kamelets of another version. */
    FlowVersion withKameletsOf(FlowVersion other) {
        return new FlowVersion(path, text, routes, other.own, other.shared);
    }
}
