// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job as People.ai tells of it.
 *
 * @param id           what it is asked for by
 * @param state        Queued, Running, Completed, Canceled, Failed, or a word nobody knows
 * @param exportType   snapshot or delta
 * @param activityType email, meeting, call or all
 * @param format       how its records are written
 * @param days         what it exports, null if it does not say
 * @param created      when it was started, null if it does not say
 * @param size         bytes of all its data; less than 0 if it does not say
 * @param fragments    into how many parts the data is cut; 0 if it does not say
 */
public record ExportJob(String id, String state, String exportType, String activityType, String format, Days days,
        Instant created, long size, int fragments) {

    static final String FORMAT = "JSONLines";

    static ExportJob of(JsonNode job) {
        LocalDate first = day(job.path("start_date").asText(""));
        LocalDate last = day(job.path("end_date").asText(""));
        // Elsewhere than in the documents, the count is called fragments.
        JsonNode count = job.hasNonNull("fragments") ? job.path("fragments") : job.path("fragment");
        return new ExportJob(job.path("job_id").asText(""), job.path("state").asText(""), job.path("export_type").asText(""),
                job.path("activity_type").asText(""), job.path("output_format").asText(FORMAT),
                first == null || last == null ? null : new Days(first, last),
                instant(job.path("job_created_time").asText("")), job.path("results_size").asLong(-1),
                Math.max(0, count.asInt(0)));
    }

    /** Whether its id can be part of a URL and of the name of a folder. */
    boolean hasUsableId() {
        return isUsableId(id);
    }

    /** Whether this can be part of a URL and the name of a folder. */
    public static boolean isUsableId(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    }

    boolean isQueued() {
        return state.equalsIgnoreCase("Queued");
    }

    boolean isRunning() {
        return state.equalsIgnoreCase("Running");
    }

    boolean isCompleted() {
        return state.equalsIgnoreCase("Completed");
    }

    /** Whether it ended and has no data. */
    boolean isLost() {
        return state.equalsIgnoreCase("Failed") || state.equalsIgnoreCase("Canceled") || state.equalsIgnoreCase("Cancelled");
    }

    private static LocalDate day(String text) {
        try {
            return text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
