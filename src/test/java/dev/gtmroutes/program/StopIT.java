// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged program ends when it is asked to, with requests under way. */
class StopIT {

    private static final String KEY = "stop-key-5d0e";
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path directory;

    private final Arrivals arrivals = new Arrivals();

    private Program program(Sandbox sandbox) throws Exception {
        sandbox.accept("people-ai", KEY).onRequest(arrivals::count);
        return Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai")).env("GTM_RESPONSE_TIMEOUT", "10m");
    }

    private void drop(int count) throws Exception {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/calls"));
        Files.writeString(inbox.resolve("calls.ndjson"), IntStream.range(0, count)
                .mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining()));
    }

    @Test
    void requestsUnderWayFinishAndTheRestIsDeliveredByTheNextStart() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox)) {
            sandbox.misbehave(Misbehaviour.forEver().delayMs(3000));
            drop(2000);
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() > 0);

            assertThat(program.terminate()).isEqualTo(ENDED_BY_SIGTERM);
            int delivered = arrivals.different();
            assertThat(delivered).isLessThan(2000);
            assertThat(directory.resolve("data/inbox/calls/calls.ndjson")).exists();

            sandbox.clearMisbehaviours();
            program.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(directory.resolve("data/inbox/calls/.done/calls.ndjson")));
            assertThat(arrivals.different()).isEqualTo(2000);
            assertThat(arrivals.records()).isEqualTo(2000);
            assertThat(directory.resolve("data/dead-letters/calls")).doesNotExist();
        }
    }

    @Test
    void aDestinationThatStopsAnsweringHoldsTheProgramUpNoLongerThanTheSetting() throws Exception {
        AtomicBoolean silent = new AtomicBoolean();
        try (Sandbox sandbox = Sandbox.start(0); Program program = program(sandbox).env("GTM_SHUTDOWN_TIMEOUT", "2s")) {
            sandbox.onRequest(each -> {
                if (arrivals.different() >= 1000 && silent.compareAndSet(false, true)) {
                    sandbox.misbehave(Misbehaviour.forEver().delayMs(600_000));
                }
            });
            drop(2000);
            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> arrivals.different() >= 1300);

            // It waits for a minute at most, and the destination would answer in ten.
            assertThat(program.terminate()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(directory.resolve("data/inbox/calls/calls.ndjson")).exists();
            assertThat(directory.resolve("data/dead-letters/calls")).doesNotExist();

            sandbox.clearMisbehaviours();
            program.start();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.exists(directory.resolve("data/inbox/calls/.done/calls.ndjson")));
            assertThat(arrivals.different()).isEqualTo(2000);
            // Only the four requests that were not answered were sent again.
            assertThat(arrivals.records()).isBetween(2100L, 2400L);
        }
    }

    @Test
    void aTimeoutThatMakesNoSenseIsToldInOneLine() throws Exception {
        try (Program program = Program.in(directory).env("GTM_SHUTDOWN_TIMEOUT", "0s")) {
            assertThat(program.start().awaitExit()).isNotZero();

            assertThat(program.output()).filteredOn(each -> each.contains("gtm.shutdown-timeout")).hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*Caused by:.*"));
        }
    }
}
