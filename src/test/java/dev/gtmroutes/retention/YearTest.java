// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A year of one record a second, day by day on a clock of its own. What each record leaves behind is found with a sample:
 * one of 10,000 really goes through the intake and the inbox, in a file of its own. What a day leaves behind is there in
 * full size: 864 dead letters, which are discarded; a file an hour that was dropped; and a file without records.
 */
class YearTest {

    private static final int DAYS = 365;
    private static final long SECONDS = DAYS * 86_400L;
    private static final int SAMPLE = 10_000;
    private static final int REJECTED_OF_A_DAY = 864;
    private static final long DROPPED_BYTES = 2 << 20;
    /** docs/operations.md states them. */
    private static final long MOST_FILES = 350;
    private static final long MOST_MEGABYTES = 500;

    @TempDir
    Path directory;

    private KeptData data;
    private long mostFiles;
    private long mostBytes;

    @Test
    @Tag("long")
    void staysWithinAStatedNumberOfFilesAndBytes() throws Exception {
        try (KeptData opened = new KeptData(directory.resolve("data"))) {
            data = opened;
            assertThat(leftOfRecords()).as("files that are left of " + SECONDS / SAMPLE + " records").isEmpty();
            Janitor janitor = data.janitor();
            for (int day = 0; day < DAYS; day++) {
                aDay(day);
                data.clock.pass(Duration.ofDays(1));
                janitor.run();
                measure();
            }
        }
        assertThat(mostFiles).as("files").isBetween(200L, MOST_FILES);
        assertThat(mostBytes >> 20).as("megabytes").isBetween(300L, MOST_MEGABYTES);
        assertThat(Files.readString(Path.of("docs/operations.md")).replaceAll("\\s+", " "))
                .contains("at most " + MOST_FILES + " files and " + MOST_MEGABYTES + " MB");
    }

    private List<Path> leftOfRecords() throws Exception {
        AtomicInteger delivered = new AtomicInteger();
        data.set("gtm.data", data.path.toString());
        data.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:inbox-source?flow=calls").routeId("calls").process(exchange -> delivered.incrementAndGet());
            }
        });
        data.camel.start();
        // So short a quiet time that each body has a file of its own, as at one a second.
        Duration none = Duration.ofNanos(1);
        try (Intake intake = new Intake(data.path.resolve("inbox"), new IntakeSettings(1 << 20, none, none))) {
            for (int i = 0; i < SECONDS / SAMPLE; i++) {
                intake.take("calls", BodyFormat.JSON, new ByteArrayInputStream(("{\"id\":" + i + "}").getBytes(
                        StandardCharsets.UTF_8)));
            }
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> inbox().isEmpty());
        data.camel.getRouteController().stopRoute("calls");
        assertThat(delivered.get()).isGreaterThan((int) (SECONDS / SAMPLE / 2));
        return inbox();
    }

    private List<Path> inbox() throws IOException {
        try {
            return data.files().stream().filter(each -> each.startsWith(data.path.resolve("inbox"))).toList();
        } catch (java.io.UncheckedIOException e) {
            // A file was done just now.
            return inbox();
        }
    }

    private void aDay(int number) throws Exception {
        for (int hour = 0; hour < 24; hour++) {
            data.file("inbox/calls/.done/day-" + number + "-" + hour + ".ndjson", DROPPED_BYTES,
                    Duration.ofHours(-hour));
        }
        data.file("inbox/calls/.failed/day-" + number + ".html", 1000, Duration.ZERO);
        data.file("inbox/calls/.failed/day-" + number + ".html.reason.txt", 40, Duration.ZERO);
        Instant now = data.clock.instant();
        Path file = data.path.resolve("dead-letters/calls/" + LocalDate.ofInstant(now, ZoneOffset.UTC) + ".ndjson");
        Files.createDirectories(file.getParent());
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < REJECTED_OF_A_DAY; i++) {
            letters.append(KeptData.letter(now.plusSeconds(100L * i), "{\"id\":\"" + "x".repeat(300) + i + "\"}"));
        }
        Files.writeString(file, letters);
        assertThat(new DeadLetterStore(data.path).flow("calls").discard(DeadLetterSelection.ALL, (id, why) -> {
            throw new AssertionError(why);
        })).isEqualTo(REJECTED_OF_A_DAY);
    }

    private void measure() throws IOException {
        List<Path> files = data.files();
        mostFiles = Math.max(mostFiles, files.size());
        mostBytes = Math.max(mostBytes, files.stream().mapToLong(KeptData::size).sum());
    }

    /** Files that are dropped one by one, each with one record: a hundredth of them, in a pool of a hundredth. */
    @Test
    void evenAFileASecondStaysBelowTheInodesOfAVolume() {
        java.util.ArrayDeque<Instant> files = new java.util.ArrayDeque<>();
        Instant now = Instant.parse(KeptData.START);
        int most = 0;
        for (int second = 0; second < SECONDS; second += 900) {
            for (int i = 0; i < 9; i++) {
                files.add(now.plusSeconds(100L * i));
            }
            now = now.plusSeconds(900);
            most = Math.max(most, files.size());
            Pool pool = new Pool(Keep.parse(Kept.DONE.usual()), Janitor.MOST_PER_RUN / 100, Pool.MOST_FILES / 100);
            files.forEach(each -> pool.add(new Pool.Old(each, 300, () -> files.remove(each))));
            pool.sweep(now, true);
        }
        assertThat(most).isBetween(900, 1000 + 9);
    }
}
