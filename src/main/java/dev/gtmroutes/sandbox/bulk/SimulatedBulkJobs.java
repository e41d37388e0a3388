// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.exports.SandboxClock;

/** All bulk jobs that clients made, and how the next ones go. All methods may be called from any thread. */
public final class SimulatedBulkJobs {

    private static final int UNPROCESSABLE = 422;
    private static final String OLD = "2024-06-01T04:00:00.654321Z";

    private final SandboxClock clock;
    private final Map<Long, SimulatedBulkJob> jobs = new TreeMap<>();
    private long lastRecord = 1000;
    private int history;
    private Duration running = Duration.ofSeconds(1);
    private boolean stalls;
    private int lost;

    public SimulatedBulkJobs(SandboxClock clock) {
        this.clock = clock;
    }

    /** How long the jobs that become ready from now on are executed; a second by default. */
    public synchronized SimulatedBulkJobs take(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("the duration of a job must not be negative");
        }
        running = time;
        return this;
    }

    /** Whether the jobs that become ready from now on stay at half of their records. False lets all stalled ones go on. */
    public synchronized SimulatedBulkJobs stall(boolean stall) {
        stalls = stall;
        if (!stall) {
            jobs.values().forEach(SimulatedBulkJob::release);
        }
        return this;
    }

    /** The jobs that become ready from now on have no result for this many of their last records. */
    public synchronized SimulatedBulkJobs loseResults(int records) {
        lost = records;
        return this;
    }

    /** A job that another client made, as the API shows it. */
    public synchronized JsonNode foreignJob(String type, String name) {
        return create(type, name);
    }

    /**
     * Begins anew, with so many jobs that were done long ago. The first of them had so many records, every tenth of them
     * without an address; the others had one.
     */
    public synchronized SimulatedBulkJobs history(int done, int records) {
        jobs.clear();
        history = done;
        for (int number = 1; number <= done; number++) {
            Instant time = Instant.parse(OLD).plus(Duration.ofHours(number));
            SimulatedBulkJob job = new SimulatedBulkJob(number, "person/upsert", "Import " + number, time);
            for (int i = 0; i < (number == 1 ? records : 1); i++) {
                job.add(new BulkRecord(++lastRecord, JsonNodeFactory.instance.objectNode()
                        .put("email_address", i % 10 == 9 ? "" : "person" + i + "@import" + number + ".example.com")));
            }
            job.start(time, Duration.ofMinutes(1), false);
            jobs.put(job.id(), job);
        }
        return this;
    }

    /** Every job but those of {@link #history}, as the API shows it, oldest first. */
    public synchronized JsonNode jobs() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        jobs.values().stream().filter(job -> job.id() > history).forEach(job -> list.add(job.json(clock.now())));
        return list;
    }

    /** The records of a job as they came, in their order. */
    public synchronized List<JsonNode> records(long job) {
        return existing(job).data(clock.now(), 0).map(each -> each.get("record")).toList();
    }

    synchronized ObjectNode create(String type, String name) {
        SimulatedBulkJob job = new SimulatedBulkJob(jobs.size() + 1L, type, name, clock.now());
        jobs.put(job.id(), job);
        return job.json(clock.now());
    }

    synchronized boolean knows(long id) {
        return jobs.containsKey(id);
    }

    synchronized void add(long id, JsonNode records) {
        SimulatedBulkJob job = open(id);
        records.forEach(each -> job.add(new BulkRecord(++lastRecord, each)));
    }

    synchronized ObjectNode start(long id) {
        SimulatedBulkJob job = open(id);
        job.lose(lost);
        job.start(clock.now(), running, stalls);
        return job.json(clock.now());
    }

    synchronized void rename(long id, String name) {
        open(id).rename(name);
    }

    synchronized void cancel(long id) {
        existing(id).cancel(clock.now());
    }

    synchronized ObjectNode shown(long id) {
        return existing(id).json(clock.now());
    }

    /** @param states those of the jobs; none for any */
    synchronized List<ObjectNode> list(List<String> states, long after, long most) {
        return jobs.values().stream().filter(job -> job.id() > after)
                .filter(job -> states.isEmpty() || states.contains(job.state(clock.now())))
                .limit(most).map(job -> job.json(clock.now())).toList();
    }

    /** @param statuses those of the records; none for any */
    synchronized List<ObjectNode> data(long id, List<String> statuses, long after, long most) {
        return chosen(existing(id).data(clock.now(), after), statuses, most);
    }

    synchronized List<ObjectNode> results(long id, List<String> statuses, long after, long most) {
        return chosen(existing(id).results(clock.now(), after), statuses, most);
    }

    private static List<ObjectNode> chosen(Stream<ObjectNode> records, List<String> statuses, long most) {
        return records.filter(each -> statuses.isEmpty() || statuses.contains(each.get("status").textValue()))
                .limit(most).toList();
    }

    private SimulatedBulkJob open(long id) {
        SimulatedBulkJob job = existing(id);
        String state = job.state(clock.now());
        if (!state.equals(SimulatedBulkJob.OPEN)) {
            throw new RequestRefusedException(UNPROCESSABLE, "state", "the bulk job is " + state + ", not open");
        }
        return job;
    }

    private SimulatedBulkJob existing(long id) {
        SimulatedBulkJob job = jobs.get(id);
        if (job == null) {
            throw new RequestRefusedException(404, "id", "unknown bulk job " + id);
        }
        return job;
    }
}
