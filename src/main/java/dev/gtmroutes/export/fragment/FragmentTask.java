// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.export.Days;
import dev.gtmroutes.export.ExportJob;
import dev.gtmroutes.export.ExportType;

/**
 * A fragment as a record, for another program to fetch it. Without {@code fragment} it is all data of its job; with
 * {@code ask}, something is missing of that job. It says nothing of where People.ai is, nor of any credential.
 */
final class FragmentTask {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ACTIVITIES = Set.of("all", "email", "meeting", "call");
    /** Beyond it nobody means it: ten terabytes. */
    private static final long MOST_BYTES = 10_000_000_000_000L;
    private static final int MOST_FRAGMENTS = 1_000_000;

    private FragmentTask() {
    }

    /** One line. */
    static byte[] write(Fragment fragment) throws IOException {
        ObjectNode task = JSON.createObjectNode().put("type", fragment.type().toString())
                .put("startDate", fragment.days().first().toString()).put("endDate", fragment.days().last().toString())
                .put("activityType", fragment.activityType()).put("job", fragment.job());
        if (fragment.cut()) {
            task.put("fragment", fragment.index());
        }
        if (fragment.size() >= 0) {
            task.put("size", fragment.size());
        }
        if (fragment.isExtra()) {
            task.put("ask", fragment.ask().name().toLowerCase(Locale.ROOT)).put("round", fragment.round())
                    .put("known", String.valueOf(fragment.known()));
        }
        return JSON.writeValueAsBytes(task);
    }

    /**
     * The fragment that a record asks for.
     *
     * @throws IllegalArgumentException if it is no task; the message says why
     */
    static Fragment read(byte[] record) {
        try {
            JsonNode task = JSON.readTree(record);
            ExportType type = ExportType.of(text(task, "type"));
            Days days = new Days(LocalDate.parse(text(task, "startDate")), LocalDate.parse(text(task, "endDate")));
            String activities = text(task, "activityType");
            String job = text(task, "job");
            if (!ACTIVITIES.contains(activities) || !ExportJob.isUsableId(job)) {
                throw new IllegalArgumentException("'" + activities + "' or '" + job + "' is not valid");
            }
            boolean cut = task.has("fragment");
            int index = cut ? (int) number(task, "fragment", MOST_FRAGMENTS) : 0;
            long size = task.has("size") ? number(task, "size", MOST_BYTES) : -1;
            Fragment first = new Fragment(type + " " + days, type, days, activities, job, index, cut, size);
            return task.has("ask") ? extra(first, task) : first;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the record is not a task of an export source: "
                    + Exceptions.text(e), e);
        }
    }

    private static Fragment extra(Fragment first, JsonNode task) {
        return new Fragment(first.window(), first.type(), first.days(), first.activityType(), first.job(), first.index(),
                first.cut(), first.size(), Fragment.Ask.valueOf(text(task, "ask").toUpperCase(Locale.ROOT)),
                (int) number(task, "round", MOST_FRAGMENTS), FragmentData.of(text(task, "known")));
    }

    private static String text(JsonNode task, String name) {
        if (!task.path(name).isTextual()) {
            throw new IllegalArgumentException(name + " is missing or not a text");
        }
        return task.path(name).textValue();
    }

    private static long number(JsonNode task, String name, long most) {
        JsonNode number = task.path(name);
        if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0
                || number.longValue() > most) {
            throw new IllegalArgumentException(name + " is not a number from 0 to " + most);
        }
        return number.longValue();
    }
}
