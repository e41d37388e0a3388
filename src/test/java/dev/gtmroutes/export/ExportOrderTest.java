// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportOrderTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private static List<String> windows(ExportOrder order, String plannedUntil, int overlapDays) {
        LocalDate until = plannedUntil == null ? null : LocalDate.parse(plannedUntil);
        return order.windows(until, overlapDays, TODAY).stream().map(ExportWindow::name).toList();
    }

    @Test
    void threeYearsAreThreeSnapshots() {
        assertThat(windows(ExportOrder.of("2023-01-01", "2025-12-31", "snapshot", "all"), null, 1)).containsExactly(
                "snapshot 2023-01-01..2023-12-31", "snapshot 2024-01-01..2024-12-31", "snapshot 2025-01-01..2025-12-31");
    }

    @Test
    void aYearThatBeginsOnALeapDayEndsBeforeTheNextOne() {
        assertThat(windows(ExportOrder.of("2024-02-29", "2025-03-01", "snapshot", "all"), null, 1)).containsExactly(
                "snapshot 2024-02-29..2025-02-27", "snapshot 2025-02-28..2025-03-01");
    }

    @Test
    void sixtyDaysAreDeltasOfFourteen() {
        assertThat(windows(ExportOrder.of("2026-01-01", "2026-03-01", "delta", "email"), null, 3)).containsExactly(
                "delta 2026-01-01..2026-01-14", "delta 2026-01-15..2026-01-28", "delta 2026-01-29..2026-02-11",
                "delta 2026-02-12..2026-02-25", "delta 2026-02-26..2026-03-01");
    }

    @Test
    void withoutAnEndASnapshotComesFirst() {
        ExportOrder order = ExportOrder.of("2025-01-01", "", "snapshot", "all");
        assertThat(windows(order, null, 1)).containsExactly("snapshot 2025-01-01..2025-12-31",
                "snapshot 2026-01-01..2026-03-09");
    }

    @Test
    void thenComeDeltasThatOverlap() {
        ExportOrder order = ExportOrder.of("2025-01-01", "", "snapshot", "all");
        assertThat(windows(order, "2026-03-08", 2)).containsExactly("delta 2026-03-07..2026-03-09");
        assertThat(windows(order, "2026-03-08", 0)).containsExactly("delta 2026-03-09..2026-03-09");
        assertThat(windows(order, "2026-03-09", 2)).isEmpty();
        assertThat(windows(order, "2026-02-18", 1)).containsExactly("delta 2026-02-18..2026-03-03",
                "delta 2026-03-04..2026-03-09");
    }

    @Test
    void aDayIsPlannedWhenItIsOver() {
        ExportOrder order = ExportOrder.of(TODAY.toString(), "", "delta", "all");
        assertThat(windows(order, null, 1)).isEmpty();
        assertThat(order.windows(null, 1, TODAY.plusDays(1))).extracting(ExportWindow::name)
                .containsExactly("delta 2026-03-10..2026-03-10");
    }

    @Test
    void anOrderWithAnEndIsPlannedOnce() {
        assertThat(windows(ExportOrder.of("2026-01-01", "2026-01-05", "delta", "all"), "2026-01-05", 1)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "", value = {"'','',snapshot,all,startDate is missing",
            "31.1.2026,'',snapshot,all,startDate is '31.1.2026'",
            "2026-02-01,2026-02-30,snapshot,all,endDate is '2026-02-30'",
            "2026-02-01,2026-01-30,snapshot,all,endDate 2026-01-30 is before startDate 2026-02-01",
            "2026-02-01,'',full,all,exportType is 'full'", "2026-02-01,'',delta,mail,activityType is 'mail'"})
    void whatMakesNoSenseIsRefused(String start, String end, String type, String activityType, String message) {
        assertThatThrownBy(() -> ExportOrder.of(start == null ? "" : start, end == null ? "" : end, type, activityType))
                .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
