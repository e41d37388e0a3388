// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentData;
import dev.gtmroutes.peopleai.SettableClock;
import dev.gtmroutes.sources.LedgerFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

    private static final ExportOrder TWO_DELTAS = ExportOrder.of("2026-02-01", "2026-02-20", "delta", "all");

    @TempDir
    Path directory;

    private final SettableClock clock = new SettableClock("2026-03-10T12:00:00Z");
    private boolean full;
    private final Disk disk = new Disk() {
        @Override
        public void sync(FileChannel file) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            super.sync(file);
        }
    };
    private Path file;
    private Ledger ledger;

    @BeforeEach
    void begin() throws IOException {
        file = directory.resolve("state/flow.json");
        ledger = restarted(TWO_DELTAS);
    }

    private Ledger restarted(ExportOrder order) throws IOException {
        Ledger again = new Ledger("flow", new LedgerFile(file, disk), clock);
        again.open(order, 1, true);
        return again;
    }

    private ExportJob job(String id, ExportWindow window, String state, int fragments) {
        return new ExportJob(id, state, window.type().toString(), "all", "JSONLines", window.days(), clock.instant(),
                fragments * 100L, fragments);
    }

    /** Fetched with as many bytes as each fragment of a {@link #job} has. */
    private void accept(Fragment fragment, int bytes, int records) {
        new FragmentLedger(ledger).accepted(fragment, new FragmentData(100, 0, records, "print" + fragment.index()), bytes,
                records);
    }

    private ExportWindow window(int number) {
        return ledger.windows(each -> true).get(number);
    }

    private List<Integer> left() {
        return ledger.fragments().stream().map(Fragment::index).toList();
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void aRestartGoesOnWithTheSameJobAndTheMissingFragments() throws IOException {
        ledger.took(window(0), job("one", window(0), "Queued", 0), "started");
        ledger.follow(window(0), job("one", window(0), "Completed", 3));
        accept(ledger.fragments().get(1), 10, 2);

        ledger = restarted(TWO_DELTAS);
        assertThat(window(0).job()).isEqualTo("one");
        assertThat(left()).containsExactly(0, 2);
        assertThat(ledger.fragments().get(0).path()).isEqualTo("/export/activities/jobs/one/data?fragment=0");
        assertThat(ledger.fragments().get(0).fileName()).isEqualTo("people-ai-activities-2026-02-01-2026-02-14-f000.ndjson");
        assertThat(ledger.nextToStart()).contains(window(1));
    }

    @Test
    void theWatermarkPassesOnlyWhatWasDelivered() throws IOException {
        ledger.took(window(0), job("one", window(0), "Running", 0), "started");
        ledger.took(window(1), job("two", window(1), "Completed", 1), "started");
        accept(ledger.fragments().get(0), 10, 2);
        assertThat(document().path("watermark").isNull()).isTrue();

        ledger.follow(window(0), job("one", window(0), "Completed", 1));
        assertThat(document().path("watermark").isNull()).isTrue();
        accept(ledger.fragments().get(0), 7, 3);
        assertThat(document().path("watermark").asText()).isEqualTo("2026-02-20");
        assertThat(document().path("windows").get(0).path("records").asInt()).isEqualTo(3);
        assertThat(ledger.needsJobs()).isFalse();
    }

    @Test
    void aFailedJobIsStartedAgainThreeTimesAndThenOnceADay() {
        for (int i = 0; i < 4; i++) {
            assertThat(ledger.nextToStart()).contains(window(0));
            ledger.took(window(0), job("job" + i, window(0), "Running", 0), "started");
            ledger.follow(window(0), job("job" + i, window(0), "Failed", 0));
        }
        assertThat(ledger.nextToStart()).contains(window(1));
        assertThat(window(0).lastError()).isEqualTo("job job3 is Failed");
        clock.pass(Duration.ofDays(1));
        assertThat(ledger.nextToStart()).contains(window(0));
    }

    @Test
    void anOldJobIsStartedAnewAndItsFragmentsCountNoMore() {
        ledger.took(window(0), job("one", window(0), "Completed", 2), "started");
        Fragment early = ledger.fragments().get(0);
        Fragment late = ledger.fragments().get(1);
        accept(early, 1, 1);
        clock.pass(Duration.ofDays(10).plusSeconds(1));
        ledger.loseOldJobs();

        assertThat(ledger.nextToStart()).contains(window(0));
        assertThat(window(0).lostJobs()).containsExactly("one");
        ledger.took(window(0), job("two", window(0), "Completed", 2), "started");
        accept(late, 1, 1);
        assertThat(left()).containsExactly(0, 1);
    }

    @Test
    void aJobThatIsThereIsFoundUnlessItWasLost() {
        ExportJobs there = new ExportJobs(List.of(job("one", window(0), "Running", 0)));
        assertThat(ledger.existing(window(0), there)).contains(there.all().get(0));
        ledger.took(window(0), there.all().get(0), "found");
        ledger.follow(window(0), job("one", window(0), "Canceled", 0));
        assertThat(ledger.existing(window(0), there)).isEmpty();
    }

    @Test
    void aSnapshotThatDeltasFollowMustNotBeOlderThanThem() throws IOException {
        file = directory.resolve("endless.json");
        ledger = restarted(ExportOrder.of("2025-12-01", "", "snapshot", "all"));
        ExportJob job = job("one", window(0), "Completed", 1);
        assertThat(ledger.existing(window(0), new ExportJobs(List.of(job)))).contains(job);
        clock.pass(Duration.ofHours(-13));
        assertThat(ledger.existing(window(0), new ExportJobs(List.of(job("two", window(0), "Completed", 1))))).isEmpty();
    }

    @Test
    void daysThatAreNotOverWait() throws IOException {
        file = directory.resolve("future.json");
        ledger = restarted(ExportOrder.of("2026-03-01", "2026-03-10", "delta", "all"));
        assertThat(ledger.nextToStart()).isEmpty();
        clock.pass(Duration.ofHours(12));
        assertThat(ledger.nextToStart()).isPresent();
    }

    @Test
    void anEndlessExportGoesOnEachDay() throws IOException {
        file = directory.resolve("endless.json");
        ExportOrder order = ExportOrder.of("2026-03-01", "", "delta", "all");
        ledger = restarted(order);
        clock.pass(Duration.ofDays(2));
        ledger = restarted(order);
        assertThat(ledger.windows(each -> true)).extracting(ExportWindow::name)
                .containsExactly("delta 2026-03-01..2026-03-09", "delta 2026-03-09..2026-03-11");
    }

    @Test
    void anotherOrderBeginsAnewAndKeepsTheOldDocument() throws IOException {
        ledger.took(window(0), job("one", window(0), "Running", 0), "started");
        ledger = restarted(ExportOrder.of("2026-02-01", "2026-02-20", "delta", "email"));
        assertThat(window(0).state()).isEqualTo(ExportWindow.State.WAITING);
        assertThat(directory.resolve("state/flow.json.2026-03-10T120000Z.old")).content().contains("\"one\"");
    }

    @Test
    void aJobWithoutAnyDataIsDelivered() {
        ledger.took(window(0), job("one", window(0), "Completed", 0), "started");
        assertThat(window(0).state()).isEqualTo(ExportWindow.State.DELIVERED);
    }

    @Test
    void dataThatIsNotCutIsOneFragment() {
        ledger.took(window(0), new ExportJob("one", "Completed", "delta", "all", "JSONLines", window(0).days(),
                clock.instant(), 45_000_000, 0), "started");
        assertThat(ledger.fragments()).singleElement().satisfies(all -> {
            assertThat(all.path()).isEqualTo("/export/activities/jobs/one/data");
            assertThat(all.timeLimit(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(3));
        });
    }

    @Test
    void whatIsNotOnTheDiskDidNotHappen() throws IOException {
        ledger.took(window(0), job("one", window(0), "Completed", 1), "started");
        Fragment fragment = ledger.fragments().get(0);
        full = true;
        assertThatThrownBy(() -> accept(fragment, 1, 1)).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
        full = false;
        assertThat(ledger.fragments()).isEmpty();
        ledger.open(TWO_DELTAS, 1, true);
        assertThat(ledger.fragments()).containsExactly(fragment);
    }

    @Test
    void aDocumentThatCannotBeReadIsNotReplaced() throws IOException {
        Files.writeString(file, "{\"order\":");
        assertThatThrownBy(() -> restarted(TWO_DELTAS)).isInstanceOf(IOException.class)
                .hasMessageContaining("cannot be used").hasMessageContaining("move it away to start the export again");
        assertThat(file).hasContent("{\"order\":");
    }

    @Test
    void onlySomeOfWhatIsOverIsKept() {
        ExportState state = new ExportState(ExportOrder.of("2025-01-01", "", "delta", "all"),
                Instant.parse("2026-03-10T00:00:00Z"));
        state.plan(0, LocalDate.parse("2030-01-01"));
        int planned = state.windows().size();
        assertThat(planned).isGreaterThan(110);
        for (ExportWindow each : state.windows()) {
            each.take(job("j", each, "Completed", 0), clock.instant());
            each.settle(true);
        }
        assertThat(state.advance()).isTrue();
        assertThat(state.windows()).hasSize(100);
        assertThat(state.watermark()).isEqualTo("2029-12-31");
    }
}
