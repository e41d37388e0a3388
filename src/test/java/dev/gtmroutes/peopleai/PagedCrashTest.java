// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that is killed in the middle of a paged read: the next one goes on, and nothing is missing. */
@Tag("long")
class PagedCrashTest {

    private static final int PAGE = 20;

    @TempDir
    Path data;

    private final Sandbox sandbox = Sandbox.start(0);
    private Process program;

    @AfterEach
    void end() throws InterruptedException {
        program.destroyForcibly().waitFor();
        sandbox.close();
    }

    private void start(String source, int lastChunk) throws IOException {
        program = SourceProgram.start(data, source + "?startDate=2025-01-01&endDate=2025-01-05&pageSize=" + PAGE, lastChunk,
                "people-ai.base-url", sandbox.baseUrl("people-ai"), "people-ai.api-key", "sandbox-key");
    }

    private void awaitEnd() {
        Path state = data.resolve("state/people-ai-activities/" + SourceProgram.FLOW + ".json");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(state)
                && Files.readString(state).contains("\"begun\" : null"));
    }

    @ParameterizedTest
    @CsvSource({"people-ai-activities-source, 100", "people-ai-activity-participants-source, 200"})
    void whatWasNotReadYetIsReadByTheNext(String source, int records) throws Exception {
        sandbox.latencyMs(300);
        start(source, 0);
        await().atMost(Duration.ofSeconds(60)).until(() -> SourceProgram.files(data).size() == 2);
        program.destroyForcibly().waitFor();
        sandbox.latencyMs(0);

        start(source, 0);
        awaitEnd();
        List<String> all = SourceProgram.records(data);
        assertThat(new HashSet<>(all)).hasSize(records);
        assertThat(all.size() - records).as("at most the page that was under way comes twice").isIn(0, PAGE);
    }

    @ParameterizedTest
    @CsvSource({"people-ai-activities-source, 100", "people-ai-activity-participants-source, 200"})
    void thePageThatTheSinkHadWhenItEndedComesAgain(String source, int records) throws Exception {
        start(source, 3);
        program.waitFor();

        start(source, 0);
        awaitEnd();
        List<String> all = SourceProgram.records(data);
        assertThat(new HashSet<>(all)).hasSize(records);
        assertThat(all).hasSize(records + PAGE);
        assertThat(sandbox.requests()).as("as it was handed on, without being asked for again")
                .filteredOn(each -> each.path().contains("offset=" + 2 * PAGE + "&")).hasSize(1);
    }
}
