// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program while its flows are edited, and while a mistake keeps it from starting. */
@Tag("long")
class LiveEditIT {

    private static final String KEY = "live-key-90ce";
    private static final int RECORDS = 6000;
    private static final int EDITS = 40;

    @TempDir
    Path directory;

    private final Arrivals edited = new Arrivals();
    private final Arrivals neighbour = new Arrivals();

    private Path flow(String id, String parameters) throws Exception {
        Path file = directory.resolve("routes/flows/" + id + ".yaml");
        return Files.writeString(file, """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {%2$s}
                """.formatted(id, parameters));
    }

    private void drop(String flow) throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
        Files.writeString(inbox.resolve("calls.ndjson"), IntStream.range(0, RECORDS)
                .mapToObj(i -> "{\"flow\":\"" + flow + "\",\"n\":" + i + "}\n").collect(Collectors.joining()));
    }

    private boolean isDone(String flow) {
        return Files.exists(directory.resolve("data/inbox").resolve(flow).resolve(".done/calls.ndjson"));
    }

    @Test
    void randomEditsUnderLoadLoseAndDoubleNothing() throws Exception {
        Random random = new Random(20260121);
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                        .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))) {
            sandbox.misbehave(Misbehaviour.forEver().delayMs(15));
            sandbox.onRequest(each -> (new String(each.body()).contains("\"flow\":\"edited\"") ? edited : neighbour)
                    .count(each));
            flow("edited", "batchSize: 10, maxInFlight: 2");
            flow("neighbour", "batchSize: 10, maxInFlight: 2");
            drop("edited");
            drop("neighbour");
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> edited.different() > 0 && neighbour.different() > 0);

            for (int i = 0; i < EDITS; i++) {
                boolean broken = random.nextInt(3) == 0;
                flow("edited", "batchSize: " + (broken ? "many" : 5 + random.nextInt(20)) + ", maxInFlight: 2");
                TimeUnit.MILLISECONDS.sleep(random.nextInt(500));
            }
            flow("edited", "batchSize: 20, maxInFlight: 4");

            await().atMost(Duration.ofSeconds(60)).until(() -> isDone("edited") && isDone("neighbour"));
            assertThat(edited.different()).isEqualTo(RECORDS);
            assertThat(edited.records()).isEqualTo(RECORDS);
            assertThat(neighbour.different()).isEqualTo(RECORDS);
            assertThat(neighbour.records()).isEqualTo(RECORDS);
            assertThat(directory.resolve("data/dead-letters")).doesNotExist();
            assertThat(program.output()).anyMatch(each -> each.contains("Edit not loaded"))
                    .noneMatch(each -> each.contains("Flow neighbour: ended") || each.matches("^\\s+at .*"));
        }
    }

    @Test
    void aMistakeKeepsAStrictProgramFromStarting() throws Exception {
        try (Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("GTM_ROUTES_STRICT", "true")) {
            Path file = flow("broken", "batchSize: many");

            assertThat(program.start().awaitExit()).isNotZero();

            assertThat(program.output()).filteredOn(each -> each.contains("broken.yaml:9: batchSize: 'many'")).hasSize(1);
            assertThat(program.output()).filteredOn(each -> each.contains("gtm.routes.strict is true")).hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*Caused by:.*"));
            assertThat(file).exists();
        }
    }
}
