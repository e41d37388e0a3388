// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.export.fragment.FragmentDownloads;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports from the strict sandbox, through the wire: which jobs there are, and that each record arrives. */
class ExportSandboxTest {

    private static final String YEAR = "startDate=2025-01-01&endDate=2025-12-31";
    private static final int RECORDS = 2 * 365;

    @TempDir
    Path data;

    private final Sandbox sandbox = Sandbox.start(0);
    private ExportRun run;

    @BeforeEach
    void begin() {
        sandbox.activities().perDay(2);
        sandbox.exports().take(Duration.ZERO, Duration.ofMillis(200));
        run = new ExportRun(data, sandbox);
    }

    @AfterEach
    void end() {
        run.close();
        sandbox.close();
        assertThat(run.traces()).isEmpty();
        assertThat(run.lines("sandbox-secret")).isEmpty();
        assertThat(run.lines("sandbox-access-")).isEmpty();
    }

    private List<String> jobs() {
        return sandbox.exports().jobs().findValuesAsText("start_date");
    }

    private List<String> uids() {
        return run.records().stream().map(each -> each.replaceAll(".*\"uid\":\"([^\"]*)\".*", "$1")).toList();
    }

    private static Set<String> uids(String first, String last, int perDay) {
        return LocalDate.parse(first).datesUntil(LocalDate.parse(last).plusDays(1)).flatMap(day -> IntStream.range(0, perDay)
                .mapToObj(number -> "%s-%06d".formatted(day, number))).collect(Collectors.toSet());
    }

    private void assertTheYearArrivedOnce() {
        assertThat(uids()).hasSize(RECORDS).containsExactlyInAnyOrderElementsOf(uids("2025-01-01", "2025-12-31", 2));
    }

    @Test
    void threeYearsOfSnapshots() throws Exception {
        run.start("startDate=2022-01-01&endDate=2024-12-31").awaitWatermark("2024-12-31");
        assertThat(jobs()).containsExactlyInAnyOrder("2022-01-01", "2023-01-01", "2024-01-01");
        assertThat(uids()).containsExactlyInAnyOrderElementsOf(uids("2022-01-01", "2024-12-31", 2));
    }

    @Test
    void sixtyDaysOfDeltas() throws Exception {
        sandbox.activities().perDay(20);
        run.start("startDate=2026-01-01&endDate=2026-03-01&exportType=delta").awaitWatermark("2026-03-01");
        assertThat(jobs()).hasSize(5);
        // Two of a day's twenty become known a day later: two come from the day before, and two are left for the day after.
        assertThat(uids()).hasSize(60 * 20).doesNotHaveDuplicates()
                .contains("2025-12-31-000009", "2026-02-28-000009").doesNotContain("2026-03-01-000009");
    }

    @Test
    void jobsOfOthersInBothPlacesAreWaitedFor() throws Exception {
        sandbox.exports().take(Duration.ZERO, Duration.ofHours(1));
        LocalDate day = LocalDate.parse("2024-01-01");
        List<String> others = List.of(sandbox.exports().foreignJob("snapshot", day, day),
                sandbox.exports().foreignJob("delta", day, day));
        sandbox.exports().take(Duration.ZERO, Duration.ofMillis(200));
        run.start(YEAR).await(each -> each.path("windows").path(0).path("jobState").asText().equals("Queued"));
        long asked = sandbox.summary().requests();
        await().until(() -> sandbox.summary().requests() > asked + 3);
        assertThat(run.document().path("windows").path(0).path("state").asText()).isEqualTo("queued");

        sandbox.exports().end(others.get(0), "Completed");
        run.awaitWatermark("2025-12-31");
        assertThat(jobs()).hasSize(3);
        assertTheYearArrivedOnce();
    }

    @Test
    void tenJobsOfOthersAreWaitedFor() throws Exception {
        sandbox.exports().take(Duration.ZERO, Duration.ofHours(1));
        LocalDate day = LocalDate.parse("2024-01-01");
        List<String> others = IntStream.range(0, 10)
                .mapToObj(each -> sandbox.exports().foreignJob("snapshot", day, day)).toList();
        sandbox.exports().take(Duration.ZERO, Duration.ofMillis(200));
        run.start(YEAR);
        await().until(() -> sandbox.summary().requests() > 3);
        assertThat(sandbox.requests()).extracting(RecordedRequest::method).doesNotContain("POST");

        others.forEach(each -> sandbox.exports().end(each, "Canceled"));
        run.awaitWatermark("2025-12-31");
        assertTheYearArrivedOnce();
    }

    @Test
    void aJobThatFailsIsStartedAgain() throws Exception {
        sandbox.exports().endNext(1, "Failed").endNext(1, "Canceled").loseNext(1);
        run.start(YEAR).awaitWatermark("2025-12-31");
        assertThat(run.lines("is Failed. A new job starts")).hasSize(1);
        assertThat(run.lines("is Canceled. A new job starts")).hasSize(1);
        assertThat(run.lines("no longer exists. A new job starts")).hasSize(1);
        assertTheYearArrivedOnce();
    }

    @Test
    void aDownloadThatBreaksOffIsTakenUpForItsFragmentOnly() throws Exception {
        sandbox.downloads().breakNext(1, 2, 0.3);
        run.start(YEAR).awaitWatermark("2025-12-31");
        assertThat(run.lines("fragment 2 of job export-000001 failed, next attempt in")).singleElement().asString()
                .contains("broke off after");
        assertThat(sandbox.requests()).filteredOn(each -> each.path().contains("fragment=2")).hasSize(2);
        assertThat(sandbox.requests()).filteredOn(each -> each.path().contains("fragment=")).hasSize(5);
        assertTheYearArrivedOnce();
    }

    @Test
    void aDownloadThatPeopleAiEndsAfterItsTimeIsTriedAgain() throws Exception {
        sandbox.downloads().bytesPerSecond(100_000).timeLimit(Duration.ofMillis(300));
        run.start(YEAR).awaitLine("failed, next attempt in");
        sandbox.downloads().bytesPerSecond(0).timeLimit(Duration.ofMinutes(1));
        run.awaitWatermark("2025-12-31");
        assertTheYearArrivedOnce();
    }

    @Test
    void tokensThatEndInTheMiddleAreRenewedOnceForAll() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        run.sink(exchange -> {
            if (chunks.incrementAndGet() == 2) {
                sandbox.revokeTokens("people-ai");
            }
        });
        sandbox.exports().fragments(12);
        run.start(YEAR + "&parallelFragments=3").awaitWatermark("2025-12-31");
        assertThat(sandbox.requests()).anyMatch(each -> each.status() == 401);
        assertThat(sandbox.tokenRequests("people-ai")).isEqualTo(2);
        assertThat(run.lines("failed, next attempt in")).isEmpty();
        assertTheYearArrivedOnce();
    }

    @Test
    void dataThatIsNotKeptAnyLongerIsExportedAgainAndComesAgain() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        run.sink(exchange -> {
            if (chunks.incrementAndGet() == 2) {
                sandbox.passTime(Duration.ofDays(11));
            }
        }).start(YEAR + "&parallelFragments=1").awaitWatermark("2025-12-31");
        assertThat(run.lines("2 delivered fragments will be sent again")).hasSize(1);
        assertThat(run.chunks).extracting(each -> each.headers().get(FragmentDownloads.JOB) + " "
                + each.headers().get(FragmentDownloads.FRAGMENT)).containsExactly("export-000001 0", "export-000001 1",
                        "export-000002 0", "export-000002 1", "export-000002 2", "export-000002 3");
        assertThat(Set.copyOf(uids())).isEqualTo(uids("2025-01-01", "2025-12-31", 2));
    }
}
