// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Instant;
import java.util.ArrayList;
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
        /** All fragments that its job says it has were fetched, and it is found out whether they are all its data. */
        CHECKING,
        /** Some of its data could not be had, and a person has to know. */
        INCOMPLETE,
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
    /** Null until the job is completed. */
    private JobData data;
    private Instant progress;
    /** When it was found out that the job is completed; null before. */
    private Instant completed;
    /** How many jobs were started because the data of the one before was not there. */
    private int replaced;
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

    /** The data of its job; null until the job is completed. */
    JobData data() {
        return data;
    }

    /** When something went on last: a job was started or changed its state, or a fragment was accepted; null if unknown. */
    Instant progress() {
        return progress;
    }

    /** When it was found out that the job is completed, so that its data could be fetched; null before. */
    Instant completed() {
        return completed;
    }

    /** How many jobs were started because the data of the one before was not there. */
    int replaced() {
        return replaced;
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
            data = new JobData(now.size(), now.fragments());
            state = State.DOWNLOADING;
            failures = 0;
            lastError = "";
        } else {
            state = now.isQueued() ? State.QUEUED : State.RUNNING;
        }
    }

    /** Something went on. */
    void progressed(Instant now) {
        progress = now;
        completed = data == null ? null : completed == null ? now : completed;
    }

    /** Something became known of its data. @param compare whether bytes are to be compared with what People.ai says */
    void settle(boolean compare) {
        if (data == null || state == State.DELIVERED) {
            return;
        }
        data.settle(compare);
        state = !data.isComplete() ? State.DOWNLOADING : !data.check().isOver() ? State.CHECKING
                : data.check() == SumCheck.LESS ? State.INCOMPLETE : State.DELIVERED;
        if (data.check().isOver()) {
            lastError = differs() ? difference() : "";
        }
    }

    private String difference() {
        return data.unknown() > 0
                ? "%d of the %d fragments of job %s were not reported as delivered".formatted(data.unknown(),
                        data.fragments(), job)
                : "the fragments of job %s have %d bytes, but People.ai says that the job has %d".formatted(job, data.sum(),
                        data.size());
    }

    /** Whether it has data of a job, and it is not found out that this is all. */
    boolean hasJobData() {
        return data != null && state != State.DELIVERED && data.isComplete();
    }

    /** When to look for missing data once more; null for never. */
    void lookAt(Instant time) {
        retryAt = time;
    }

    /** Whether it is time to look for missing data once more. */
    boolean isLookedForAgain(Instant now) {
        return state == State.INCOMPLETE && data != null && retryAt != null && !now.isBefore(retryAt);
    }

    /** Looks for missing data once more. */
    void lookAgain() {
        retryAt = null;
        data.lookAgain();
    }

    /** What is missing cannot be had. */
    void giveUp() {
        data.giveUp();
    }

    /** Whether there are fewer or more bytes than People.ai says, and nothing can be done about it. */
    boolean differs() {
        return data != null && (data.check() == SumCheck.LESS || data.check() == SumCheck.MORE);
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
        completed = null;
        data = null;
        lastError = why;
    }

    /** The job's data is not there. @param until when another job may be started; null if there have been enough of them */
    void replace(Instant until, String why) {
        lost(why);
        replaced++;
        retryAt = until;
        state = until == null ? State.INCOMPLETE : State.WAITING;
    }

    /** No job was started, or one failed: not before this time again. */
    void rest(Instant until, String why) {
        failures++;
        retryAt = until;
        lastError = why;
    }

    /** What waits for its time is done at once, and failures count anew. */
    void forgetRest() {
        retryAt = state == State.INCOMPLETE && data != null ? Instant.EPOCH : null;
        failures = 0;
    }

    /** What was noted of an earlier run. */
    void restore(WindowNote note) {
        state = note.state();
        job = note.job();
        jobState = note.jobState();
        created = note.created();
        data = note.data();
        progress = note.progress();
        completed = note.completed();
        replaced = note.replaced();
        failures = note.failures();
        retryAt = note.retryAt();
        lastError = note.lastError();
        lostJobs.addAll(note.lostJobs());
    }
}
