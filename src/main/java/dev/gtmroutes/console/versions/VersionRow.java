// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.form.versions.StoredVersion.Kind;

/**
 * A version of a flow.
 *
 * @param version what is kept of it
 * @param isInUse whether it is what the file has in it
 * @param changes what it changed, in words
 */
public record VersionRow(StoredVersion version, boolean isInUse, List<String> changes) {

    private static final int MOST_CHANGES = 5;

    /**
     * All versions of a flow.
     *
     * @param versions  the newest first
     * @param now       what is in the file; null if the flow is deleted
     * @param forViewer whether a person looks at them who may change nothing
     */
    static List<VersionRow> of(List<StoredVersion> versions, String now, FlowFiles files, boolean forViewer) {
        List<VersionRow> rows = new ArrayList<>();
        for (int i = 0; i < versions.size(); i++) {
            StoredVersion older = i + 1 < versions.size() ? versions.get(i + 1) : null;
            boolean isInUse = now != null && i == 0 && versions.get(i).is(now);
            rows.add(new VersionRow(versions.get(i), isInUse, changes(older, versions.get(i), files, forViewer)));
        }
        return rows;
    }

    private static List<String> changes(StoredVersion older, StoredVersion version, FlowFiles files, boolean forViewer) {
        List<String> changes = new ArrayList<>();
        if (version.kind() == Kind.RESTORED) {
            changes.add("Earlier version restored");
        }
        if (version.kind() == Kind.CREATED) {
            changes.add("Flow created");
        } else if (version.kind() == Kind.FOUND) {
            changes.add("First known version");
        } else if (older == null) {
            changes.add("Earlier versions are not kept");
        } else {
            changes.addAll(difference(older, version, files, forViewer));
        }
        return changes;
    }

    private static List<String> difference(StoredVersion older, StoredVersion version, FlowFiles files,
            boolean forViewer) {
        if (!older.isKept() || !version.isKept()) {
            return List.of("The text is too large to be kept");
        }
        Optional<FlowForm> before = files.form(older.text());
        Optional<FlowForm> after = files.form(version.text());
        List<String> words = before.isEmpty() || after.isEmpty() ? List.of()
                : FieldChanges.of(before.get(), after.get(), files.kamelets(), forViewer).stream().map(FieldChange::words)
                        .toList();
        if (words.size() > MOST_CHANGES) {
            List<String> first = new ArrayList<>(words.subList(0, MOST_CHANGES));
            first.add("and " + (words.size() - MOST_CHANGES) + " more");
            return first;
        }
        return words.isEmpty() ? List.of(lines(older.text(), version.text())) : words;
    }

    private static String lines(String before, String after) {
        long count = LineDiff.of(before, after).stream().filter(each -> each.isAdded() || each.isRemoved()).count();
        return count == 0 ? "Line ends" : count == 1 ? "1 line changed" : count + " lines changed";
    }

    /** Who saved it. */
    public String by() {
        return !version.account().isEmpty() ? version.account() : version.kind() == Kind.FOUND ? "–" : "A file change";
    }
}
