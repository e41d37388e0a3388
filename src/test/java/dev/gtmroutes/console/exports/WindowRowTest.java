// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.console.web.TimedText;
import dev.gtmroutes.export.ExportReport;
import dev.gtmroutes.export.ExportReport.Window;
import dev.gtmroutes.paged.ReadReport;
import org.junit.jupiter.api.Test;

/** What people read of windows and reads, by a clock that stands still. */
class WindowRowTest {

    private static final Instant NOW = Instant.parse("2026-12-01T09:41:00Z");
    private static final Duration PATIENCE = Duration.ofHours(6);

    private static Window window(String state, Instant created, Instant completed, Instant progress, int fragments, int done,
            long bytes, long allBytes) {
        LocalDate day = LocalDate.parse("2026-11-29");
        return new Window("snapshot", day, day, state, state.equals("waiting") ? "" : "exp-1", "Running", created, completed,
                progress, 0, fragments, done, bytes, allBytes, "open", bytes, bytes / 500, "fetch fragments", null, "");
    }

    private static WindowRow row(Window window) {
        return new WindowRow(window, PATIENCE, true, NOW);
    }

    @Test
    void aJobThatTakesTooLongIsNoProgress() {
        WindowRow late = row(window("running", NOW.minus(Duration.ofMinutes(7 * 60 + 31)), null, NOW, 0, 0, 0, 0));
        assertThat(late.isStalled()).isTrue();
        assertThat(late.state()).isEqualTo("No progress");
        assertThat(late.stalledFor()).isEqualTo("7 h 31 min");
        assertThat(List.of(late.strip(), late.chip(), late.sign())).containsExactly("late", "late", "!");
        assertThat(late.progress()).isEqualTo("No fragments yet");

        WindowRow inTime = row(window("running", NOW.minusSeconds(840), null, NOW, 0, 0, 0, 0));
        assertThat(inTime.isStalled()).isFalse();
        assertThat(inTime.state()).isEqualTo("Job running");
        assertThat(inTime.jobAge()).isEqualTo("14 min");
    }

    @Test
    void aDownloadHasARateAndAnEnd() {
        WindowRow row = row(window("downloading", NOW.minusSeconds(840), NOW.minusSeconds(48), NOW, 8, 3, 96_000_000,
                251_000_000));
        assertThat(row.progress()).isEqualTo("3 of 8 fragments, 96 MB of 251 MB");
        assertThat(row.bytesPerSecond()).isEqualTo("2.0 MB");
        assertThat(row.recordsPerSecond()).isEqualTo(4000);
        assertThat(row.next()).isEqualTo(TimedText.of("Done in about 1 min"));
        assertThat(row.state()).isEqualTo("Downloading");
    }

    @Test
    void aPausedFlowNeedNotGoOn() {
        Window window = window("downloading", NOW.minus(PATIENCE.multipliedBy(3)), NOW.minus(PATIENCE.multipliedBy(2)),
                NOW.minus(PATIENCE.multipliedBy(2)), 8, 0, 0, 100);
        assertThat(row(window).isStalled()).isTrue();
        assertThat(new WindowRow(window, PATIENCE, false, NOW).isStalled()).isFalse();
    }

    @Test
    void aDeliveredWindowIsComplete() {
        WindowRow row = row(window("delivered", NOW.minusSeconds(3600), NOW.minusSeconds(2520), NOW.minusSeconds(1800), 6, 6,
                3_000_000, 3_000_000));
        assertThat(row.state()).isEqualTo("Complete");
        assertThat(row.progress()).isEqualTo("6 of 6 fragments, 3.0 MB");
        assertThat(row.jobAge()).isEqualTo("30 min");
        assertThat(row.jobTook()).isEqualTo(Duration.ofMinutes(18));
    }

    @Test
    void concernsThatANoteTellsAreToldOnce() {
        Window late = window("running", NOW.minus(Duration.ofHours(7)), null, NOW, 0, 0, 0, 0);
        Window done = window("delivered", NOW.minusSeconds(3600), NOW.minusSeconds(2520), NOW, 6, 6, 30, 30);
        ExportReport report = new ExportReport("calls", null, null, PATIENCE.toSeconds(),
                List.of("snapshot 2026-11-29..2026-11-29: job exp-1 has been Running for 7 h", "another concern"),
                "snapshot",
                "call", done.start(), null, null, List.of(done, late));
        ExportRow row = ExportRow.of(report, new SourceFlow("calls", true, true, VendorMark.NONE, "", "", 0), NOW);
        assertThat(row.stalled()).hasSize(1);
        assertThat(row.concerns()).containsExactly(TimedText.of("another concern"));
        assertThat(row.chip().text()).isEqualTo("Export late");
        assertThat(row.usualJob()).isEqualTo("18 min");
        assertThat(row.oldestJob().window()).isEqualTo(late);
        assertThat(row.order()).isEqualTo("snapshot of call activities, from 29 Nov 2026 on");
    }

    @Test
    void aReadSaysHowLongItTakes() {
        ReadReport read = new ReadReport("people", null, List.of(), "/people", NOW.minusSeconds(460), 41_200, 412, 102_944,
                null, NOW.minusSeconds(1), null, null);
        ReadRow row = new ReadRow(read, new SourceFlow("people", true, true, VendorMark.NONE, "", "", 0), NOW);
        assertThat(row.allPages()).isEqualTo(1030);
        assertThat(row.rate()).isEqualTo("90 records per second");
        assertThat(row.left()).isEqualTo("about 11 min left");
        assertThat(row.chip().text()).isEqualTo("Reading");
    }

    @Test
    void amountsAreShort() {
        assertThat(List.of(Amounts.bytes(999), Amounts.bytes(1000), Amounts.bytes(9_960_000), Amounts.bytes(999_600_000L)))
                .containsExactly("999 bytes", "1.0 KB", "10 MB", "1.0 GB");
        assertThat(Amounts.days(LocalDate.parse("2026-11-02"), LocalDate.parse("2026-12-01")))
                .isEqualTo("2 Nov to 1 Dec 2026");
        assertThat(Amounts.time(Duration.ofDays(3))).isEqualTo("3 days");
    }
}
