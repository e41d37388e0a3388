// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;

/**
 * The export jobs of the sandbox's People.ai, and how they are to go. Two run at a time, ten wait or run, and after ten
 * days nobody knows them any more. All methods may be called from any thread.
 */
public final class SimulatedExports {

    static final Duration RETENTION = Duration.ofDays(10);
    private static final int MOST_RUNNING = 2;
    private static final int MOST_WAITING = 10;
    private static final JsonMapper MAPPER = new JsonMapper();

    private final SandboxClock clock;
    private final Activities activities;
    private final List<SimulatedExportJob> jobs = new ArrayList<>();
    private final Deque<SimulatedExportJob.Course> special = new ArrayDeque<>();
    private Duration queued = Duration.ofSeconds(1);
    private Duration running = Duration.ofSeconds(2);
    private int fragments = 4;
    private Instant freed = Instant.MIN;

    public SimulatedExports(SandboxClock clock, Activities activities) {
        this.clock = clock;
        this.activities = activities;
    }

    /** How long jobs started from now on wait, if there is a place, and then run; 1 and 2 seconds by default. */
    public synchronized SimulatedExports take(Duration queued, Duration running) {
        queue(queued);
        run(running);
        return this;
    }

    synchronized void queue(Duration time) {
        queued = notNegative(time);
    }

    synchronized void run(Duration time) {
        running = notNegative(time);
    }

    private static Duration notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the duration of a job must not be negative");
        }
        return time;
    }

    /** In how many fragments the jobs started from now on come, 4 by default. */
    public synchronized SimulatedExports fragments(int count) {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException("a job has 1 to 10000 fragments, not " + count);
        }
        fragments = count;
        return this;
    }

    /** Makes the next jobs that clients start end in this state, known or not. */
    public synchronized SimulatedExports endNext(int jobs, String state) {
        for (int i = 0; i < jobs; i++) {
            special.add(new SimulatedExportJob.Course(null, null, state, false));
        }
        return this;
    }

    /** Makes the next jobs that clients start vanish when they end. */
    public synchronized SimulatedExports loseNext(int jobs) {
        for (int i = 0; i < jobs; i++) {
            special.add(new SimulatedExportJob.Course(null, null, SimulatedExportJob.COMPLETED, true));
        }
        return this;
    }

    /**
     * A job that another client of the organisation starts now, within the same limits.
     *
     * @param exportType snapshot or delta
     * @return           its id
     */
    public synchronized String foreignJob(String exportType, LocalDate start, LocalDate end) {
        SimulatedExportJob.Course course = new SimulatedExportJob.Course(queued, running, SimulatedExportJob.COMPLETED,
                false);
        return add(new ExportRequest(start, end, "all", exportType), course).id();
    }

    /** Ends a job at once, in this state: {@code Completed}, {@code Failed}, {@code Canceled} or any other. */
    public SimulatedExports end(String job, String state) {
        return change(job, found -> found.end(clock.now(), state));
    }

    /** Makes a job vanish: nobody knows it any more. */
    public SimulatedExports lose(String job) {
        return change(job, SimulatedExportJob::lose);
    }

    private synchronized SimulatedExports change(String id, Consumer<SimulatedExportJob> change) {
        advance();
        freed = clock.now();
        change.accept(jobs.stream().filter(job -> job.id().equals(id)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown job " + id)));
        return this;
    }

    /** Every job there is by now, as the API shows it, oldest first; vanished ones are left out. */
    public synchronized JsonNode jobs() {
        advance();
        ArrayNode list = MAPPER.createArrayNode();
        known().forEach(job -> list.add(job.json(MAPPER)));
        return list;
    }

    /** Starts a client's job. */
    synchronized ObjectNode start(ExportRequest request) {
        advance();
        SimulatedExportJob.Course next = special.poll();
        SimulatedExportJob.Course course = new SimulatedExportJob.Course(queued, running,
                next == null ? SimulatedExportJob.COMPLETED : next.state(), next != null && next.lost());
        return add(request, course).json(MAPPER);
    }

    private SimulatedExportJob add(ExportRequest request, SimulatedExportJob.Course course) {
        advance();
        if (jobs.stream().filter(job -> !job.isOver()).count() >= MOST_WAITING) {
            throw new RequestRefusedException(429, "jobs", "there are " + MOST_WAITING + " jobs queued or running already");
        }
        SimulatedExportJob.Content content = new SimulatedExportJob.Content(clock.today().minusDays(1), activities.perDay(),
                activities.recordBytes(), fragments);
        SimulatedExportJob job = new SimulatedExportJob("export-%06d".formatted(jobs.size() + 1), request, course, content,
                clock.now());
        jobs.add(job);
        return job;
    }

    /** One job; the exception says 404 if nobody knows it. */
    synchronized SimulatedExportJob job(String id) {
        advance();
        return known().stream().filter(job -> job.id().equals(id)).findFirst()
                .orElseThrow(() -> new RequestRefusedException(404, "job_id", "unknown job " + id));
    }

    /** A job as the API shows it. */
    synchronized ObjectNode shown(String id) {
        return job(id).json(MAPPER);
    }

    private List<SimulatedExportJob> known() {
        Instant oldest = clock.now().minus(RETENTION);
        return jobs.stream().filter(job -> !job.isLost() && job.created().isAfter(oldest)).toList();
    }

    /** Lets happen what has happened meanwhile, in its order: jobs end and make room for those that wait. */
    private void advance() {
        Instant now = clock.now();
        while (true) {
            List<SimulatedExportJob> open = jobs.stream().filter(job -> !job.isOver()).toList();
            List<SimulatedExportJob> runs = open.stream().filter(job -> job.state().equals(SimulatedExportJob.RUNNING))
                    .toList();
            SimulatedExportJob waiting = open.stream().filter(job -> job.state().equals(SimulatedExportJob.QUEUED))
                    .findFirst().orElse(null);
            SimulatedExportJob ending = runs.stream().min((one, other) -> one.end().compareTo(other.end())).orElse(null);
            boolean starts = waiting != null && runs.size() < MOST_RUNNING && !waiting.due().isAfter(now);
            if (starts) {
                waiting.start(freed.isAfter(waiting.due()) ? freed : waiting.due());
            } else if (ending != null && !ending.end().isAfter(now)) {
                freed = ending.end();
                ending.end(freed);
            } else {
                return;
            }
        }
    }
}
