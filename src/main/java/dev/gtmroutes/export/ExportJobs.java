// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The jobs that People.ai knows, those of other programs included.
 *
 * @param all in no order
 */
public record ExportJobs(List<ExportJob> all) {

    /** How long People.ai keeps the data of a job. */
    public static final Duration RETENTION = Duration.ofDays(10);
    /** A job that somebody started before needs some time left, to get its data. */
    private static final Duration OLDEST_ADOPTED = RETENTION.minusDays(1);

    /** @param answer an array of jobs, or an object that has one */
    static ExportJobs of(JsonNode answer) {
        JsonNode list = answer;
        if (answer.isObject()) {
            for (JsonNode each : answer) {
                list = each.isArray() ? each : list;
            }
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("it contains no list of jobs");
        }
        List<ExportJob> jobs = new ArrayList<>();
        list.forEach(each -> jobs.add(ExportJob.of(each)));
        return new ExportJobs(List.copyOf(jobs));
    }

    Optional<ExportJob> find(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** How many are exporting or wait for it. One in a state nobody knows may be. */
    int active() {
        return (int) all.stream().filter(each -> !each.isCompleted() && !each.isLost()).count();
    }

    /**
     * A job that exports just what a window needs, so that none has to be started: the one youngest, as its data stays
     * longest.
     *
     * @param used      ids of jobs that must not be taken
     * @param notBefore jobs that were started earlier do not have all the data
     */
    Optional<ExportJob> like(ExportWindow window, String activityType, Collection<String> used, Instant notBefore,
            Instant now) {
        Instant dayAfter = window.days().last().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant earliest = latest(latest(dayAfter, notBefore), now.minus(OLDEST_ADOPTED));
        return all.stream()
                .filter(each -> each.isQueued() || each.isRunning() || each.isCompleted())
                .filter(each -> each.hasUsableId() && !used.contains(each.id()))
                .filter(each -> window.type().toString().equals(each.exportType()) && window.days().equals(each.days()))
                .filter(each -> activityType.equals(each.activityType()) && ExportJob.FORMAT.equals(each.format()))
                .filter(each -> each.created() != null && !each.created().isBefore(earliest))
                .max((one, other) -> one.created().compareTo(other.created()));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
