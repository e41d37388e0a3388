// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.time.Duration;

import dev.gtmroutes.delivery.status.RunName;
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
 * @param size         bytes of all the job's data; less than 0 if People.ai does not say
 * @param ask          why it is asked for
 * @param round        how often all fragments were asked for again, this time included; 0 for the first time
 * @param known        what was fetched before: of this fragment, or of the one before it where it is the next; null if
 *                     that does not matter
 */
public record Fragment(String window, ExportType type, Days days, String activityType, String job, int index, boolean cut,
        long size, Ask ask, int round, FragmentData known) {

    /** Why a fragment is asked for. */
    public enum Ask {
        /** It is one of those that the job has. */
        FIRST,
        /** Something is missing, and there may be one more than the job says. */
        NEXT,
        /** Something is missing, and more may come of it than the first time. */
        AGAIN
    }

    private static final long PART_BYTES = 20_000_000;
    private static final int PARTS_OF_UNKNOWN_SIZE = 10;

    /** One that the job says it has. */
    public Fragment(String window, ExportType type, Days days, String activityType, String job, int index, boolean cut,
            long size) {
        this(window, type, days, activityType, job, index, cut, size, Ask.FIRST, 0, null);
    }

    /** Whether it need not be there, or bring anything. */
    public boolean isExtra() {
        return ask != Ask.FIRST;
    }

    /** Whether another window may bring some of its records with this one. */
    public boolean overlaps(Fragment other) {
        return !window.equals(other.window) && days.overlap(other.days);
    }

    /** Where it is, under the pull API. */
    public String path() {
        return JobCall.JOBS + "/" + job + "/data" + (cut ? "?fragment=" + index : "");
    }

    /** The other address that is documented for it; null if there is none. */
    String otherPath() {
        return cut ? JobCall.JOBS + "/" + job + "/fragment?fragment=" + index : null;
    }

    /** What its files are called, different for each fragment of a job. */
    String baseName() {
        return "f%03d%s".formatted(index, round > 0 ? "-again" + round : "");
    }

    /** The run that it belongs to: all fragments of a job. */
    RunName run() {
        return RunName.parts(window, window + " " + job);
    }

    /** The name of a file that holds it, different for each fragment of an export. */
    public String fileName() {
        return "people-ai-%sactivities-%s-%s-%s.ndjson".formatted(activityType.equals("all") ? "" : activityType + "-",
                days.first(), days.last(), baseName());
    }

    /** How long its download may take. @param perPart the time for each 20 MB of the job's data, begun ones included */
    public Duration timeLimit(Duration perPart) {
        return perPart.multipliedBy(size < 0 ? PARTS_OF_UNKNOWN_SIZE : Math.max(1, (size + PART_BYTES - 1) / PART_BYTES));
    }

    /** For a person. */
    @Override
    public String toString() {
        return "%s: fragment %d of job %s%s".formatted(window, index, job, ask == Ask.AGAIN ? ", again" : "");
    }
}
