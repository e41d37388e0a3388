// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a bulk job in steps: each result belongs to a line of the input. */
class BulkJobChainIT {

    private static final String TOKEN = "chain-token-77c2";
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final int PEOPLE = 120;

    @TempDir
    Path directory;

    @Test
    void eachLineHasItsResult() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("salesloft", TOKEN); Program program = Program.in(directory)
                .env("SALESLOFT_ACCESS_TOKEN", TOKEN).env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft"))
                .env("BULK_POLL_MS", "200")) {
            Files.copy(Path.of("examples/salesloft-bulk-job/routes/flows/bulk-job.yaml"),
                    directory.resolve("routes/flows/bulk-job.yaml"));
            // Every tenth has no e-mail address that is one.
            Files.writeString(Files.createDirectories(directory.resolve("people")).resolve("people.ndjson"),
                    IntStream.rangeClosed(1, PEOPLE).mapToObj(i -> "{\"email_address\": \"" + (i % 10 == 0 ? "none-" + i
                            : "p" + i + "@umbrella.example") + "\", \"upsert_key\": \"email_address\"}\n")
                            .collect(Collectors.joining()));
            Path inbox = Files.createDirectories(directory.resolve("data/inbox/bulk-jobs"));
            Files.writeString(inbox.resolve("job.ndjson"),
                    "{\"type\": \"upsert\", \"target_type\": \"person\", \"file\": \"people.ndjson\"}\n");
            program.start();

            await().atMost(LONG).until(() -> program.lines("data/bulk-results").size() == PEOPLE);
            JsonNode event = TestDestination.json(program.lines("data/bulk-events").get(0));
            Map<String, Integer> lines = new HashMap<>();
            event.path("records").forEach(each -> lines.put(each.path("key").asText(), each.path("line").asInt()));
            assertThat(lines).hasSize(PEOPLE);
            Map<Integer, String> results = new HashMap<>();
            for (String each : program.lines("data/bulk-results")) {
                JsonNode result = TestDestination.json(each);
                assertThat(result.path("record").has("bulk_job_id")).isFalse();
                results.put(lines.get(result.path("record").path("email_address").asText()), result.path("status").asText());
            }
            assertThat(results).hasSize(PEOPLE).allSatisfy(
                    (line, status) -> assertThat(status).isEqualTo(line % 10 == 0 ? "error" : "success"));
            program.terminate();
        }
    }
}
