// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock of the machine is set while requests wait: for another attempt, because the destination has asked for it, and
 * for a credential that works. Time that passed is what counts. The clock is that of faketime, around the packaged program.
 */
@Tag("clock")
class ClockIT {

    private static final String KEY = "clock-key-7b21";
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final List<String> FLOWS = List.of("call", "chat", "email");

    @TempDir
    Path directory;

    private final Queue<RecordedRequest> requests = new ConcurrentLinkedQueue<>();

    /** The library of Debian's package faketime, which changes what the C library says about the time. */
    private static Path library() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.map(each -> each.resolve("faketime/libfaketimeMT.so.1")).filter(Files::exists).findFirst()
                    .orElseThrow(() -> new AssertionError("Install the package faketime."));
        }
    }

    private void setClock(String offset) throws IOException {
        Path hidden = Files.writeString(directory.resolve("clock.part"), offset + "\n");
        Files.move(hidden, directory.resolve("clock"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Program program(Sandbox sandbox) throws IOException {
        sandbox.accept("people-ai", KEY).onRequest(requests::add);
        setClock("+0");
        Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_RATE_LIMIT", "none")
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("GTM_INBOX_QUIET", "0s")
                .env("LD_PRELOAD", library().toString())
                .env("FAKETIME_TIMESTAMP_FILE", directory.resolve("clock").toString())
                .env("FAKETIME_NO_CACHE", "1").env("DONT_FAKE_MONOTONIC", "1").env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Or the library itself would let the waits of the JVM end early.
                .env("FAKETIME_FORCE_MONOTONIC_FIX", "0")
                // Times of files do not change when a clock is set.
                .env("NO_FAKE_STAT", "1");
        for (String flow : FLOWS) {
            Files.writeString(directory.resolve("routes/flows").resolve(flow + ".yaml"), """
                    - route:
                        id: %1$s
                        from:
                          uri: kamelet:inbox-source
                          parameters: {flow: %1$s}
                          steps:
                            - to:
                                uri: kamelet:%2$s-sink
                                parameters: {retryFor: 1h, maxInFlight: 1}
                    """.formatted(flow, endpoint(flow)));
            Path inbox = Files.createDirectories(directory.resolve("data/inbox").resolve(flow));
            Files.writeString(inbox.resolve("records.ndjson"), "{\"flow\":\"" + flow + "\"}\n");
        }
        return program;
    }

    private static String endpoint(String flow) {
        return "people-ai-push-" + flow + "-activity";
    }

    private long attempts(String flow) {
        return requests.stream().filter(each -> new String(each.body(), StandardCharsets.UTF_8)
                .contains("\"flow\":\"" + flow + "\"")).count();
    }

    private boolean isDone(String flow) {
        return Files.exists(directory.resolve("data/inbox").resolve(flow).resolve(".done/records.ndjson"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+25h", "-25h"})
    void nothingIsRejectedAndNothingWaitsForTheClock(String offset) throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.misbehave(Misbehaviour.forEver().endpoint(endpoint("call")).status(503));
            sandbox.misbehave(Misbehaviour.forEver().endpoint(endpoint("chat")).status(429).retryAfter("2"));
            sandbox.misbehave(Misbehaviour.forEver().endpoint(endpoint("email")).status(401));
            program.start();
            await().atMost(LONG).until(() -> FLOWS.stream().allMatch(each -> attempts(each) >= 1));

            setClock(offset);

            String there = LocalDate.ofInstant(Instant.now().plus(Duration.parse("PT" + offset.substring(1)).multipliedBy(
                    offset.startsWith("-") ? -1 : 1)), ZoneId.systemDefault()).toString();
            await("a line of " + there).atMost(LONG)
                    .until(() -> program.output().stream().anyMatch(each -> each.startsWith(there)));
            // The second of these comes only if the answer to the first one has rejected nothing.
            long before = attempts("call");
            await().atMost(LONG).until(() -> attempts("call") > before + 1);
            assertThat(directory.resolve("data/dead-letters")).doesNotExist();

            sandbox.clearMisbehaviours();
            await().atMost(LONG).until(() -> FLOWS.stream().allMatch(this::isDone));
            assertThat(directory.resolve("data/dead-letters")).doesNotExist();
            assertThat(sandbox.summary().accepted()).isEqualTo(FLOWS.size());
        }
    }

    /** Or the clock would let a destination be asked a day before the time that it has named. */
    @Test
    void aDelayThatTheDestinationHasAskedForIsKeptWhenTheClockGoesAhead() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.misbehave(Misbehaviour.forEver().endpoint(endpoint("chat")).status(429).retryAfter("120"));
            program.start();
            await().atMost(LONG).until(() -> attempts("chat") == 1 && isDone("call"));

            setClock("+25h");
            Path late = directory.resolve("data/inbox/call/late.ndjson");
            Files.writeString(late, "{\"flow\":\"call\"}\n");

            await().atMost(LONG).until(() -> attempts("call") == 2);
            await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).until(() -> attempts("chat") == 1);
        }
    }
}
