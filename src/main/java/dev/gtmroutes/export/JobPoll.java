// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.inbox.FailureDelays;

/**
 * One look at the jobs: what has to be asked about them, one call after the other. The list of all jobs comes first, so
 * that none is started that is there already, and the limits count the jobs of others.
 */
final class JobPoll {

    /** People.ai queues so many jobs of an organisation, those that are exporting included. */
    private static final int MOST_ACTIVE = 10;
    /** Two export at a time. As many wait, so that no place is empty until the next tick; the others' is left to others. */
    private static final int MOST_OWN = 4;
    /** Data waits at People.ai for ten days only: none is exported that nobody fetches. */
    private static final int MOST_UNDELIVERED = 4;

    private final Ledger ledger;
    private final FailureDelays<String> waits;
    private final Deque<ExportWindow> unlisted = new ArrayDeque<>();
    private ExportJobs jobs;
    private int started;
    private boolean over;

    /** @param waits when to try again what was refused, by the names of windows */
    JobPoll(Ledger ledger, FailureDelays<String> waits) {
        this.ledger = ledger;
        this.waits = waits;
    }

    /** The next call; empty if nothing has to be asked now. */
    Optional<JobCall> next() {
        if (over || !ledger.needsJobs()) {
            return Optional.empty();
        }
        if (jobs == null) {
            return Optional.of(JobCall.list());
        }
        if (!unlisted.isEmpty()) {
            return Optional.of(JobCall.state(unlisted.poll()));
        }
        Optional<ExportWindow> window = ledger.nextToStart();
        while (window.isPresent()) {
            Optional<ExportJob> existing = ledger.existing(window.get(), jobs);
            if (existing.isEmpty()) {
                return window.filter(each -> hasRoom()).map(each -> JobCall.start(each, ledger.activityType()));
            }
            ledger.took(window.get(), existing.get(), "found");
            window = ledger.nextToStart();
        }
        return Optional.empty();
    }

    private boolean hasRoom() {
        return jobs.active() + started < MOST_ACTIVE
                && ledger.windows(ExportWindow::isJobPending).size() < MOST_OWN
                && ledger.windows(each -> each.state() == ExportWindow.State.DOWNLOADING).size() < MOST_UNDELIVERED;
    }

    /**
     * A call was answered.
     *
     * @throws IllegalArgumentException if the answer is not what the API says
     */
    void answered(JobCall call, JsonNode answer) {
        switch (call.kind()) {
            case LIST -> {
                jobs = ExportJobs.of(answer);
                for (ExportWindow each : ledger.windows(ExportWindow::isJobPending)) {
                    jobs.find(each.job()).ifPresentOrElse(job -> ledger.follow(each, job), () -> unlisted.add(each));
                }
            }
            case STATE -> ledger.follow(call.window(), ExportJob.of(answer));
            case START -> {
                ExportJob job = ExportJob.of(answer);
                if (!job.hasUsableId()) {
                    throw new IllegalArgumentException("it contains no usable job_id");
                }
                started++;
                waits.worked(call.window().name());
                ledger.took(call.window(), job, "started");
            }
        }
    }

    /** People.ai answered that there is no such job. */
    void vanished(JobCall call) {
        ledger.lost(call.window(), "job " + call.window().job() + " no longer exists");
    }

    /** People.ai refused to start a job. The others wait for the next tick, they may be refused for the same reason. */
    void refused(JobCall call, String why) {
        ledger.notStarted(call.window(), why, waits.failed(call.window().name(), why).length());
        over = true;
    }

    /** Nothing more is asked: it would fail like the last call. */
    void end() {
        over = true;
    }
}
