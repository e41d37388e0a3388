// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping.value;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.RecordSize;

/** One record while it is mapped: what stands in it, and what comes from the run. For one thread. */
public final class Reading {

    private final SourceRecord record;
    private final RunValues run;
    private final RecordSize longest;
    private final Span[] found;
    private Span now;
    private Span uuid;

    public Reading(SourceRecord record, RunValues run, RecordSize longest, Span[] found) {
        this.record = record;
        this.run = run;
        this.longest = longest;
        this.found = found;
    }

    /** How long the mapped record may be. */
    public RecordSize longest() {
        return longest;
    }

    /** The value of an attribute by its position in {@link SourceAttributes}; null where the record has none. */
    public Span attribute(int position) {
        return found[position];
    }

    /** The time at which it was read, the same in all of the record. */
    public Span now() {
        if (now == null) {
            now = Span.of('"' + run.now().toString() + '"');
        }
        return now;
    }

    /** The same in all of the record, another one each time it is read. */
    public Span uuid() {
        if (uuid == null) {
            uuid = Span.of('"' + run.uuid(record).toString() + '"');
        }
        return uuid;
    }

    public Span file() {
        return Span.of(JsonText.quoted(run.file()));
    }

    /** The line on which it stands in its input; null where there are no lines. */
    public Span line() {
        return record.line() == 0 ? null : Span.of(String.valueOf(record.line()));
    }
}
