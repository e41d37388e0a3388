// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class ExportJobsTest {

    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");
    private static final ExportWindow WINDOW = new ExportWindow(ExportType.DELTA,
            new Days(LocalDate.parse("2026-03-01"), LocalDate.parse("2026-03-05")));

    private static String job(String id, String state, String created) {
        return """
                {"job_id": "%s", "state": "%s", "export_type": "delta", "output_format": "JSONLines",
                 "activity_type": "all", "start_date": "2026-03-01", "end_date": "2026-03-05",
                 "job_created_time": "%s", "results_size": 70, "fragment": 3}""".formatted(id, state, created);
    }

    private static ExportJobs jobs(String... jobs) {
        return read("[" + String.join(",", jobs) + "]");
    }

    private static ExportJobs read(String json) {
        try {
            return ExportJobs.of(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Optional<String> like(ExportJobs jobs, String... used) {
        return jobs.like(WINDOW, "all", List.of(used), Instant.EPOCH, NOW).map(ExportJob::id);
    }

    @Test
    void readsWhatTheApiTells() {
        ExportJob job = jobs(job("j1", "Running", "2026-03-06T01:02:03Z")).all().get(0);
        assertThat(job).isEqualTo(new ExportJob("j1", "Running", "delta", "all", "JSONLines", WINDOW.days(),
                Instant.parse("2026-03-06T01:02:03Z"), 70, 3));
        assertThat(read("{\"jobs\": [{\"job_id\": 17, \"fragments\": 5, \"fragment\": 1}]}").all().get(0))
                .satisfies(each -> assertThat(each.fragments()).isEqualTo(5))
                .satisfies(each -> assertThat(each.id()).isEqualTo("17"));
        assertThatThrownBy(() -> read("{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsTheJobsOfAll() {
        assertThat(jobs(job("a", "Queued", ""), job("b", "Running", ""), job("c", "Completed", ""), job("d", "Failed", ""),
                job("e", "Canceled", ""), job("f", "Resting", "")).active()).isEqualTo(3);
    }

    @Test
    void findsTheYoungestJobThatDoes() {
        ExportJobs jobs = jobs(job("old", "Completed", "2026-03-07T00:00:00Z"),
                job("young", "Running", "2026-03-08T00:00:00Z"));
        assertThat(like(jobs)).contains("young");
        assertThat(like(jobs, "young")).contains("old");
        assertThat(like(jobs, "young", "old")).isEmpty();
    }

    @Test
    void aJobHasToHaveAllTheData() {
        assertThat(like(jobs(job("failed", "Failed", "2026-03-07T00:00:00Z"),
                job("before-the-days-were-over", "Completed", "2026-03-05T23:00:00Z"),
                job("../else", "Completed", "2026-03-07T00:00:00Z"), job("undated", "Completed", "")))).isEmpty();
        ExportJobs old = jobs(job("old", "Completed", "2026-03-06T00:00:00Z"));
        assertThat(old.like(WINDOW, "all", List.of(), Instant.EPOCH, Instant.parse("2026-03-15T00:00:01Z"))).isEmpty();
        assertThat(old.like(WINDOW, "all", List.of(), Instant.parse("2026-03-07T00:00:00Z"), NOW)).isEmpty();
        assertThat(old.like(WINDOW, "email", List.of(), Instant.EPOCH, NOW)).isEmpty();
        assertThat(old.like(new ExportWindow(ExportType.SNAPSHOT, WINDOW.days()), "all", List.of(), Instant.EPOCH, NOW))
                .isEmpty();
    }
}
