package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports through the wire: jobs are started, waited for, fetched and handed on. */
class ExportSourceTest {

    @TempDir
    Path data;

    private final ExportApi api = new ExportApi();
    private ExportRun run;

    @BeforeEach
    void begin() {
        run = new ExportRun(data, api);
    }

    @AfterEach
    void end() {
        run.close();
        api.close();
    }

    @Test
    void aWindowIsExportedAndHandedOn() throws Exception {
        run.start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta");
        JsonNode document = run.awaitWatermark("2026-02-10");

        assertThat(api.starts()).singleElement().satisfies(start -> {
            assertThat(start.target()).isEqualTo("/export/activities/jobs");
            assertThat(start.authorization()).isEqualTo("Bearer token-1");
            assertThat(start.body()).isEqualTo("{\"start_date\":\"2026-02-01\",\"end_date\":\"2026-02-10\","
                    + "\"activity_type\":\"all\",\"output_format\":\"JSONLines\",\"export_type\":\"delta\"}");
        });
        assertThat(run.chunks).hasSize(2).anySatisfy(chunk -> {
            assertThat(chunk.text()).isEqualTo(ExportApi.data("job-1", 1));
            assertThat(chunk.headers()).containsEntry(FragmentDownloads.JOB, "job-1")
                    .containsEntry(FragmentDownloads.FRAGMENT, 1).containsEntry(FragmentDownloads.START_DATE, "2026-02-01")
                    .containsEntry(FragmentDownloads.END_DATE, "2026-02-10").containsEntry(FragmentDownloads.TYPE, "delta")
                    .containsEntry(Exchange.FILE_NAME, "people-ai-activities-2026-02-01-2026-02-10-f001.ndjson");
        });
        assertThat(document.path("windows").get(0).path("records").asInt()).isEqualTo(2 * ExportApi.RECORDS_PER_FRAGMENT);
        assertThat(run.folder().resolve("history.fragments/job-1")).isEmptyDirectory();
        assertThat(run.traces()).isEmpty();
    }
}
