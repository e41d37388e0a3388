// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.RememberedForms;

/**
 * Keeps what was delivered and cannot be written for now, and writes it before anything else is done: otherwise it might
 * take the place of something newer. These are at most the records that are under way. Guarded by {@link ChangedRecords}.
 */
final class PatientForms {

    private final RememberedForms forms;
    private final List<RecordForm> unwritten = new ArrayList<>();
    private boolean unavailable;

    private interface Use<T> {

        T of() throws IOException;
    }

    PatientForms(RememberedForms forms) {
        this.forms = forms;
    }

    private <T> T use(Use<T> use) throws IOException {
        try {
            if (!unwritten.isEmpty()) {
                forms.write(unwritten);
                unwritten.clear();
            }
            T result = use.of();
            unavailable = false;
            return result;
        } catch (FormsUnavailableException e) {
            unavailable = true;
            throw e;
        }
    }

    /** Fails if the last use has, and another one would. @throws FormsUnavailableException if it cannot be used for now */
    void check() throws IOException {
        if (unavailable || !unwritten.isEmpty()) {
            use(() -> {
                forms.check();
                return null;
            });
        }
    }

    long[] forms(List<KeyHash> keys) throws IOException {
        return use(() -> forms.forms(keys));
    }

    void leaving(List<RecordForm> before) throws IOException {
        use(() -> {
            forms.leaving(before);
            return null;
        });
    }

    /** Remembers forms, now or when they can be written. @throws IOException if they never can be */
    void write(List<RecordForm> learned) throws IOException {
        try {
            use(() -> {
                forms.write(learned);
                return null;
            });
        } catch (FormsUnavailableException e) {
            unwritten.addAll(learned);
        }
    }

    List<RecordForm> applyResets() throws IOException {
        return forms.applyResets();
    }

    long keys() throws IOException {
        return forms.keys();
    }

    boolean isShared() {
        return forms.isShared();
    }

    boolean isGone() {
        return forms.isGone();
    }

    void share(int destinations) {
        forms.share(destinations);
    }

    void close() {
        forms.close();
    }
}
