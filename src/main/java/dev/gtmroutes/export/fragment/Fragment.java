// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.time.Duration;

import dev.gtmroutes.export.Days;
import dev.gtmroutes.export.ExportType;
import dev.gtmroutes.export.JobCall;

/**
 * A part of a job's data, which goes to the sink as one chunk.
 *
 * @param window       name of the window it is of
 * @param type         what the days of the window mean
 * @param days         the days of the window
 * @param activityType email, meeting, call or all
 * @param job          id of the job
 * @param index        its number, from 0
 * @param cut          whether it is asked for by its number; otherwise it is all data of the job
 * @param size         bytes of all the job's data
 */
public record Fragment(String window, ExportType type, Days days, String activityType, String job, int index, boolean cut,
        long size) {

    private static final long PART_BYTES = 20_000_000;

    /** Where it is, under the pull API. */
    public String path() {
        return JobCall.JOBS + "/" + job + "/data" + (cut ? "?fragment=" + index : "");
    }

    /** The name of a file that holds it, different for each fragment of an export. */
    public String fileName() {
        return "people-ai-%sactivities-%s-%s-f%03d.ndjson".formatted(activityType.equals("all") ? "" : activityType + "-",
                days.first(), days.last(), index);
    }

    /** How long its download may take. @param perPart the time for each 20 MB of the job's data, begun ones included */
    public Duration timeLimit(Duration perPart) {
        return perPart.multipliedBy(Math.max(1, (size + PART_BYTES - 1) / PART_BYTES));
    }

    /** For a person. */
    @Override
    public String toString() {
        return "%s: fragment %d of job %s".formatted(window, index, job);
    }
}
