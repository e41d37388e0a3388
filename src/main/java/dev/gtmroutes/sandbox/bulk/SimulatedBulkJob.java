// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One bulk job: open, then executing for a time, then done. A stalled job stays at half of its records. */
final class SimulatedBulkJob {

    static final String OPEN = "open";
    static final String EXECUTING = "executing";
    static final String DONE = "done";

    private final long id;
    private final String type;
    private final Instant created;
    private final List<BulkRecord> records = new ArrayList<>();
    private String name;
    private Instant ready;
    private Duration running;
    private boolean stalled;
    private boolean cancelled;
    private int lost;

    SimulatedBulkJob(long id, String type, String name, Instant created) {
        this.id = id;
        this.type = type;
        this.name = name;
        this.created = created;
    }

    long id() {
        return id;
    }

    String type() {
        return type;
    }

    String state(Instant now) {
        if (cancelled) {
            return DONE;
        }
        return ready == null ? OPEN : stalled || now.isBefore(ready.plus(running)) ? EXECUTING : DONE;
    }

    void add(BulkRecord record) {
        records.add(record);
    }

    void rename(String other) {
        name = other;
    }

    void start(Instant now, Duration time, boolean stalls) {
        ready = now;
        running = time;
        stalled = stalls;
    }

    /** Goes on as if it had never stalled. */
    void release() {
        stalled = false;
    }

    void cancel(Instant now) {
        cancelled = !state(now).equals(DONE);
    }

    /** The last records, this many, will be in no result. */
    void lose(int results) {
        lost = results;
    }

    int processed(Instant now) {
        if (ready == null) {
            return 0;
        }
        if (stalled) {
            return records.size() / 2;
        }
        long all = Math.max(1, running.toMillis());
        long past = Math.min(all, Math.max(0, ChronoUnit.MILLIS.between(ready, now)));
        return state(now).equals(DONE) ? records.size() : (int) (records.size() * past / all);
    }

    /** Its data behind an id, in any state, in the order of their ids. */
    Stream<ObjectNode> data(Instant now, long after) {
        return entries(now, after, records.size());
    }

    /** The same of its results: none before it is done. */
    Stream<ObjectNode> results(Instant now, long after) {
        return state(now).equals(DONE) ? entries(now, after, Math.max(0, records.size() - lost)) : Stream.empty();
    }

    private Stream<ObjectNode> entries(Instant now, long after, int end) {
        int processed = processed(now);
        return IntStream.range(0, end).filter(index -> records.get(index).id() > after)
                .mapToObj(index -> json(index, processed));
    }

    private ObjectNode json(int index, int processed) {
        BulkRecord record = records.get(index);
        return record.json(type, cancelled ? BulkRecord.CANCELLED : index >= processed ? BulkRecord.PENDING
                : record.refusal(type) == null ? BulkRecord.SUCCESS : BulkRecord.ERROR);
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    /** As the API shows it. */
    ObjectNode json(Instant now) {
        int processed = processed(now);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("type", type);
        json.put("name", name);
        json.put("state", state(now));
        json.put("ready_to_execute", ready != null);
        json.putArray("scopes");
        json.put("total", records.size());
        json.put("processed", processed);
        json.put("errors", records.stream().limit(processed).filter(each -> each.refusal(type) != null).count());
        Instant finished = ready == null || !state(now).equals(DONE) ? null : ready.plus(running);
        json.put("created_at", created.toString());
        json.put("updated_at", (finished != null ? finished : ready != null ? ready : created).toString());
        json.put("marked_ready_at", text(ready));
        json.put("started_at", text(ready));
        json.put("finished_at", text(finished));
        return json;
    }
}
