// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.versions.FieldChange;
import dev.gtmroutes.console.versions.FieldChanges;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.form.versions.StoredVersion;

/**
 * What another person saved while the form was open.
 *
 * @param version of the file by now
 * @param by      who saved it; empty if nobody knows
 * @param saved   when; null if nobody knows
 * @param fields  what differs: the value in the file, and the value in the form
 */
public record SaveConflict(String version, String by, Instant saved, List<FieldChange> fields) {

    /** @param mine what is in the form. @return null if a form cannot show the file any more */
    static SaveConflict of(StoredFlow theirs, FlowForm mine, FlowFiles files) throws RefusedEdit {
        if (theirs.form().isEmpty()) {
            return null;
        }
        StoredVersion version = files.versions(mine.id()).stream().findFirst().filter(each -> each.is(theirs.text()))
                .orElse(null);
        return new SaveConflict(theirs.version(), version == null ? "" : version.account(),
                version == null ? null : version.saved(),
                FieldChanges.of(theirs.form().get(), mine, files.kamelets(), false));
    }
}
