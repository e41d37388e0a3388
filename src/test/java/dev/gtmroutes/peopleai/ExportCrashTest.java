// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.peopleai.ExportApi.Reply;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of an export: the next one goes on with the same job, and nothing is missing. */
class ExportCrashTest {

    private static final int FRAGMENTS = 6;

    @TempDir
    Path data;

    private final ExportApi api = new ExportApi().fragments(FRAGMENTS);
    private final CountDownLatch killed = new CountDownLatch(1);
    private Process program;

    @AfterEach
    void end() throws InterruptedException {
        killed.countDown();
        program.destroyForcibly().waitFor();
        api.close();
    }

    private void start(int lastChunk) throws IOException {
        program = SourceProgram.start(data, "people-ai-export-activities-source?period=50&parallelFragments=1"
                + "&startDate=2026-02-01&endDate=2026-02-10&exportType=delta", lastChunk,
                "people-ai.pull-url", api.pullUrl(), "people-ai.token-url", api.tokenUrl(), "people-ai.client-id", "key",
                "people-ai.client-secret", "secret-secret");
    }

    /** As kill -9 does. */
    private void kill() throws InterruptedException {
        program.destroyForcibly().waitFor();
        killed.countDown();
    }

    private void await(Callable<Boolean> what) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(what);
    }

    private JsonNode document() {
        try {
            return new ObjectMapper().readTree(data
                    .resolve("state/people-ai-export/" + SourceProgram.FLOW + ".json").toFile());
        } catch (IOException e) {
            return new ObjectMapper().missingNode();
        }
    }

    private void awaitDelivered() {
        await(() -> document().path("watermark").asText().equals("2026-02-10"));
    }

    /** All records that the sink has got, in all runs. */
    private List<String> records() throws IOException {
        return SourceProgram.records(data);
    }

    private static List<String> all() {
        return IntStream.range(0, FRAGMENTS).boxed().flatMap(each -> ExportApi.data("job-1", each).lines()).toList();
    }

    private Reply stall() {
        try {
            killed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Reply.of(500, "");
    }

    @Test
    void whenTheJobWasJustCreatedItIsFoundAgain() throws Exception {
        api.script(asked -> {
            if (asked.method().equals("POST")) {
                api.add("delta", "2026-02-01", "2026-02-10", "Completed");
                return stall();
            }
            return null;
        });
        start(0);
        await(() -> api.starts().size() == 1);
        kill();
        assertThat(document().path("windows").path(0).path("state").asText()).isEqualTo("waiting");

        start(0);
        awaitDelivered();
        assertThat(api.starts()).hasSize(1);
        assertThat(records()).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void whileTheJobRunsItIsWaitedForAgain() throws Exception {
        api.newState("Running");
        start(0);
        await(() -> document().path("windows").path(0).path("state").asText().equals("running") && api.asked.size() > 4);
        kill();

        api.allJobs("Completed");
        start(0);
        awaitDelivered();
        assertThat(api.starts()).hasSize(1);
        assertThat(records()).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void whenHalfOfTheFragmentsAreDoneTheOthersAreFetched() throws Exception {
        api.script(asked -> asked.target().endsWith("fragment=3") && killed.getCount() > 0 ? stall() : null);
        start(0);
        await(() -> document().path("windows").path(0).path("done").size() == 3
                && api.downloads().stream().anyMatch(each -> each.target().endsWith("fragment=3")));
        kill();
        int downloads = api.downloads().size();

        start(0);
        awaitDelivered();
        assertThat(api.starts()).hasSize(1);
        assertThat(api.downloads().size() - downloads).isEqualTo(3);
        assertThat(records()).containsExactlyInAnyOrderElementsOf(all());
    }

    @Test
    void whatTheSinkHadWhenItEndedComesAgain() throws Exception {
        start(3);
        program.waitFor();
        start(0);
        awaitDelivered();
        assertThat(api.starts()).hasSize(1);
        assertThat(records()).containsAll(all()).hasSize((FRAGMENTS + 1) * ExportApi.RECORDS_PER_FRAGMENT);
    }
}
