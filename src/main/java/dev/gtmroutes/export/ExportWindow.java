// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Days that one job exports, and how far that is. A window is only over when all fragments of one job were accepted by
 * the sink. Not safe for use by many threads.
 */
final class ExportWindow {

    /** How far a window is. */
    enum State {
        /** It has no job. */
        WAITING,
        /** Its job waits for its turn. */
        QUEUED,
        /** Its job is exporting. */
        RUNNING,
        /** Its job is completed, and its fragments are fetched. */
        DOWNLOADING,
        /** All its records were accepted. */
        DELIVERED;

        /** As it is noted and shown, such as {@code waiting}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final ExportType type;
    private final Days days;
    private final List<String> lostJobs = new ArrayList<>();
    private State state = State.WAITING;
    private String job = "";
    private String jobState = "";
    private Instant created;
    private long size;
    private int fragments;
    private boolean cut;
    private final BitSet done = new BitSet();
    private long bytes;
    private long records;
    private int failures;
    private Instant retryAt;
    private String lastError = "";

    ExportWindow(ExportType type, Days days) {
        this.type = type;
        this.days = days;
    }

    ExportType type() {
        return type;
    }

    Days days() {
        return days;
    }

    /** Different for each window of an export, and for a person. */
    String name() {
        return type + " " + days;
    }

    State state() {
        return state;
    }

    /** The id of its job; empty if it has none. */
    String job() {
        return job;
    }

    /** The word of People.ai for the job's state; empty if there is no job. */
    String jobState() {
        return jobState;
    }

    /** When its job was started; null if it has none. */
    Instant created() {
        return created;
    }

    /** Jobs it had before, whose data was lost. */
    List<String> lostJobs() {
        return lostJobs;
    }

    /** Bytes of the job's data, as People.ai says. */
    long size() {
        return size;
    }

    /** How many fragments its job has; 0 until it is completed. */
    int fragments() {
        return fragments;
    }

    /** Whether the data is asked for by fragments; otherwise there is one that is all of it. */
    boolean isCut() {
        return cut;
    }

    /** Numbers, from 0, of the fragments that were accepted. */
    BitSet done() {
        return done;
    }

    /** Bytes of the fragments that were accepted. */
    long bytes() {
        return bytes;
    }

    /** Records of the fragments that were accepted. */
    long records() {
        return records;
    }

    /** How often a job failed, or could not be started, since one did well. */
    int failures() {
        return failures;
    }

    /** When a job may be started again; null for at once. */
    Instant retryAt() {
        return retryAt;
    }

    /** What went wrong last, as one line; empty if nothing has since. */
    String lastError() {
        return lastError;
    }

    boolean hasJob(String id) {
        return !job.isEmpty() && job.equals(id);
    }

    boolean isJobPending() {
        return state == State.QUEUED || state == State.RUNNING;
    }

    /** Whether a job may be started now. */
    boolean mayStart(Instant now) {
        return state == State.WAITING && (retryAt == null || !now.isBefore(retryAt));
    }

    /** From now on this is its job. */
    void take(ExportJob started, Instant now) {
        job = started.id();
        created = started.created() == null ? now : started.created();
        retryAt = null;
        follow(started);
    }

    /** The job is in this state now. */
    void follow(ExportJob now) {
        jobState = now.state();
        if (now.isCompleted()) {
            state = State.DOWNLOADING;
            size = now.size();
            cut = now.fragments() > 0;
            fragments = cut ? now.fragments() : size > 0 ? 1 : 0;
            failures = 0;
            lastError = "";
            endIfAllDone();
        } else {
            state = now.isQueued() ? State.QUEUED : State.RUNNING;
        }
    }

    /** A fragment was accepted by the sink. */
    void accepted(int fragment, long fragmentBytes, long fragmentRecords) {
        done.set(fragment);
        bytes += fragmentBytes;
        records += fragmentRecords;
        lastError = "";
        endIfAllDone();
    }

    private void endIfAllDone() {
        if (done.cardinality() >= fragments) {
            state = State.DELIVERED;
        }
    }

    /** Something about a fragment went wrong; it is tried again. */
    void failed(String why) {
        lastError = why;
    }

    /** The job's data is lost: another job has to export it all again. */
    void lost(String why) {
        lostJobs.add(job);
        state = State.WAITING;
        job = "";
        jobState = "";
        created = null;
        size = 0;
        fragments = 0;
        done.clear();
        bytes = 0;
        records = 0;
        lastError = why;
    }

    /** No job was started, or one failed: not before this time again. */
    void rest(Instant until, String why) {
        failures++;
        retryAt = until;
        lastError = why;
    }

    /** A job may be started at once, and failures count anew. */
    void forgetRest() {
        retryAt = null;
        failures = 0;
    }

    /** What was noted of an earlier run. */
    void restore(WindowNote note) {
        state = note.state();
        job = note.job();
        jobState = note.jobState();
        created = note.created();
        size = note.size();
        fragments = note.fragments();
        cut = note.cut();
        done.or(note.done());
        bytes = note.bytes();
        records = note.records();
        failures = note.failures();
        retryAt = note.retryAt();
        lastError = note.lastError();
        lostJobs.addAll(note.lostJobs());
    }
}
