// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One job of the export API: what was asked for, how long it takes, how it ends, and what it then holds. */
final class SimulatedExportJob {

    static final String QUEUED = "Queued";
    static final String RUNNING = "Running";
    static final String COMPLETED = "Completed";

    /**
     * How a job goes.
     *
     * @param queued  the least time it waits
     * @param running how long it runs
     * @param state   what it ends in
     * @param lost    whether nobody knows it any more once it has ended
     */
    record Course(Duration queued, Duration running, String state, boolean lost) {
    }

    /**
     * What a job holds.
     *
     * @param lastDay      there is nothing after it
     * @param perDay       activities of any type in a day
     * @param recordBytes  of each record with its line end
     * @param fragments    in how many parts it comes
     */
    record Content(LocalDate lastDay, int perDay, int recordBytes, int fragments) {
    }

    private final String id;
    private final ExportRequest request;
    private final Course course;
    private final Content content;
    private final Instant created;
    private Instant started;
    private Instant ended;
    private String endedIn;
    private boolean lost;

    SimulatedExportJob(String id, ExportRequest request, Course course, Content content, Instant created) {
        this.id = id;
        this.request = request;
        this.course = course;
        this.content = content;
        this.created = created;
    }

    String id() {
        return id;
    }

    Instant created() {
        return created;
    }

    boolean isLost() {
        return lost;
    }

    /** When it may begin to run. */
    Instant due() {
        return created.plus(course.queued());
    }

    /** When it ends, if it goes on running; it has begun. */
    Instant end() {
        return started.plus(course.running());
    }

    void start(Instant at) {
        started = at;
    }

    /** It ends by itself. */
    void end(Instant at) {
        end(at, course.state());
        lost = course.lost();
    }

    /** It is made to end; what it was does not matter. */
    void end(Instant at, String state) {
        ended = at;
        endedIn = state;
    }

    void lose() {
        lost = true;
    }

    String state() {
        if (ended != null) {
            return endedIn;
        }
        return started == null ? QUEUED : RUNNING;
    }

    boolean isOver() {
        return ended != null || lost;
    }

    int fragments() {
        return content.fragments();
    }

    int recordBytes() {
        return content.recordBytes();
    }

    /** The bytes of all its records. */
    long size() {
        return records() * content.recordBytes();
    }

    private long records() {
        long days = request.start().isAfter(content.lastDay()) ? 0
                : ChronoUnit.DAYS.between(request.start(), earlier(request.end(), content.lastDay())) + 1;
        return days * perDay();
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    /** Activities of the type that was asked for, in a day. */
    private int perDay() {
        return request.activityType().equals("all") ? content.perDay()
                : Activity.ofType(request.activityType(), content.perDay());
    }

    /** How long a fragment is, in bytes. */
    long size(int fragment) {
        return (first(fragment + 1) - first(fragment)) * content.recordBytes();
    }

    /** The records of a fragment, a line each, made one by one. */
    Iterator<byte[]> lines(int fragment) {
        return lines(first(fragment), first(fragment + 1));
    }

    /** The records of all fragments. */
    Iterator<byte[]> lines() {
        return lines(0, records());
    }

    private Iterator<byte[]> lines(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::line).iterator();
    }

    private long first(int fragment) {
        return records() * fragment / content.fragments();
    }

    private byte[] line(long index) {
        LocalDate day = request.start().plusDays(index / perDay());
        int number = (int) (index % perDay());
        if (!request.activityType().equals("all")) {
            number = Activity.numberOf(request.activityType(), number);
        }
        Activity activity = request.isDelta() ? Activity.ingestedOn(day, number, content.perDay())
                : new Activity(day, number, content.perDay());
        return (activity.json(content.recordBytes() - 1) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As the API shows it. */
    ObjectNode json(JsonMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("job_id", id);
        json.put("state", state());
        json.put("export_type", request.exportType());
        json.put("output_format", ExportRequest.FORMAT);
        json.put("activity_type", request.activityType());
        json.put("start_date", request.start().toString());
        json.put("end_date", request.end().toString());
        json.put("job_created_time", time(created));
        json.put("job_start_time", time(started));
        json.put("job_end_time", time(ended));
        boolean completed = state().equals(COMPLETED);
        json.put("results_size", completed ? (Long) size() : null);
        json.put("fragments", completed ? (Integer) content.fragments() : null);
        return json;
    }

    private static String time(Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
