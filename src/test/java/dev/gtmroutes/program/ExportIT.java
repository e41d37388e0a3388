// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.peopleai.ExportApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export out of People.ai by the packaged program, into files. */
class ExportIT {

    private static final String SECRET = "export-secret-93a7";

    @TempDir
    Path directory;

    private Program program(ExportApi api) throws IOException {
        Program program = Program.in(directory).env("PEOPLE_AI_PULL_URL", api.pullUrl())
                .env("PEOPLE_AI_TOKEN_URL", api.tokenUrl()).env("PEOPLE_AI_CLIENT_ID", "key")
                .env("PEOPLE_AI_CLIENT_SECRET", SECRET).env("PEOPLE_AI_RATE_LIMIT", "none");
        Files.writeString(directory.resolve("routes/flows/history.yaml"), """
                - route:
                    id: history
                    autoStartup: true
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "2026-01-01", endDate: "2026-01-20", exportType: delta, period: 200}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/activities}
                """);
        return program;
    }

    private List<Path> files() throws IOException {
        Path activities = directory.resolve("data/activities");
        if (Files.notExists(activities)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(activities)) {
            return files.filter(each -> !each.getFileName().toString().startsWith(".")).sorted().toList();
        }
    }

    @Test
    void anExportGoesOnAfterKillMinusNineAndCanBeLookedAt() throws Exception {
        try (ExportApi api = new ExportApi().newState("Running").fragments(2); Program program = program(api).recorded()) {
            program.start().awaitLine("job job-2 was started, its state is Running").kill();
            assertThat(program.run("exports").out()).contains("history: delta of all activities from 2026-01-01 to "
                    + "2026-01-20. No day is completely delivered", "delta 2026-01-15..2026-01-20", "running", "job-2",
                    "ask for the state of job job-2");

            api.allJobs("Completed");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> program.run("exports", "history").out()
                    .contains("All days up to 2026-01-20 are delivered"));

            assertThat(api.starts()).hasSize(2);
            assertThat(files()).extracting(each -> each.getFileName().toString()).containsExactly(
                    "people-ai-activities-2026-01-01-2026-01-14-f000.ndjson",
                    "people-ai-activities-2026-01-01-2026-01-14-f001.ndjson",
                    "people-ai-activities-2026-01-15-2026-01-20-f000.ndjson",
                    "people-ai-activities-2026-01-15-2026-01-20-f001.ndjson");
            assertThat(Files.readString(files().get(1))).isEqualTo(ExportApi.data("job-1", 1));
            assertThat(program.run("exports", "other").err())
                    .isEqualTo("flow other has no export. Flows with an export: history\n");
            program.terminate();
            List<String> output = new ArrayList<>(program.output());
            assertThat(output).noneMatch(each -> each.contains(SECRET) || each.contains("token-1")
                    || each.startsWith("\tat "));
        }
    }

    @Test
    void fiveHundredMegabytesFitIntoAHeapOfNinetySix() throws Exception {
        String lines = ("{\"uid\":\"1\",\"text\":\"" + "x".repeat(300) + "\"}\n").repeat(1000);
        int times = 125_000_000 / lines.length() + 1;
        try (ExportApi api = new ExportApi().fragments(2).sizeUnknown(); Program program = program(api).java("-Xmx96m")) {
            api.script(asked -> asked.target().matches(".*/data\\?fragment=[01]")
                    ? ExportApi.Reply.repeated(200, lines, times) : null);
            program.start();
            await().atMost(Duration.ofMinutes(3)).until(() -> files().size() == 4);

            for (Path each : files()) {
                assertThat(Files.size(each)).isEqualTo((long) lines.length() * times).isGreaterThan(125_000_000);
            }
            program.awaitLine("all days up to 2026-01-20 are delivered");
            assertThat(api.downloads()).filteredOn(each -> each.target().matches(".*fragment=[01]")).hasSize(4);
            assertThat(program.output()).noneMatch(each -> each.contains("OutOfMemoryError"));
        }
    }
}
