// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.util.List;

import dev.gtmroutes.console.flows.FlowLine;

/**
 * The versions of a flow, as the page shows them.
 *
 * @param line     the flow
 * @param version  of its file now
 * @param rows     the newest first
 * @param compared the one that is compared with the file; null for none
 * @param lines    what differs between them
 * @param restored whether a version was just restored
 * @param mayEdit  whether this person may restore one
 * @param errors   why nothing was restored
 */
public record VersionsPage(FlowLine line, String version, List<VersionRow> rows, VersionRow compared,
        List<LineDiff.Line> lines, boolean restored, boolean mayEdit, List<String> errors) {

    /** The id of the flow. */
    public String flow() {
        return line.id();
    }

    /** The number of the version before the one that is in use; 0 if there is none. */
    public int undo() {
        return restored && rows.size() > 1 && rows.get(0).isInUse() && rows.get(1).version().isKept()
                ? rows.get(1).version().number() : 0;
    }
}
