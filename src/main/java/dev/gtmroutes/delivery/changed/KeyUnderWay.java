// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import dev.gtmroutes.record.RecordForm;

/** A key of which records are under way. Guarded by {@link ChangedRecords}. */
final class KeyUnderWay {

    private final long first;
    private long before;
    private long onDisk;
    private int records;
    private boolean mixed;
    private boolean left;
    /** Whether an attempt may have been carried out whose request was not answered with yes. */
    private boolean attempted;
    private boolean doubtful;
    private long last = RecordForm.NONE;
    private int landing;
    private boolean manyLandings;

    /**
     * @param before the form that is remembered
     * @param first  the form of the record that is under way first
     */
    KeyUnderWay(long before, long first) {
        this.before = before;
        this.onDisk = before;
        this.first = first;
    }

    void enter(long form) {
        records++;
        mixed |= form != first;
    }

    void left() {
        onDisk = RecordForm.NONE;
        left = true;
    }

    void attempted() {
        attempted = true;
    }

    void doubt() {
        doubtful = true;
    }

    /** What was remembered before is lost, or may not be so any more. */
    void forgetBefore() {
        before = RecordForm.NONE;
        onDisk = RecordForm.NONE;
    }

    void delivered(long form, int inLanding) {
        manyLandings |= last != RecordForm.NONE && landing != inLanding;
        landing = inLanding;
        last = form;
    }

    void rejected() {
        doubtful |= attempted;
    }

    void returned() {
        doubtful |= left;
    }

    /** @return whether none is under way any more */
    boolean leave() {
        records--;
        return records == 0;
    }

    /** What is remembered on the disk now. */
    long onDisk() {
        return onDisk;
    }

    /**
     * What is to be remembered when none is under way any more.
     *
     * @param ordered whether those of a key are delivered one after the other
     */
    long form(boolean ordered) {
        if (doubtful) {
            return RecordForm.NONE;
        }
        if (last == RecordForm.NONE) {
            return before;
        }
        return !mixed || ordered || !manyLandings && !attempted ? last : RecordForm.NONE;
    }
}
