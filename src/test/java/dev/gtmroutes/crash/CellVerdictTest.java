// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The crash matrix sees what it is there to see: each broken promise fails its cell, and what is allowed does not. */
class CellVerdictTest {

    private static final int RECORDS = 100;
    private static final long SECOND = 1_000_000_000L;
    /** When the fault of a test happens, and is over. */
    private static final long FAULT = 100 * SECOND;
    private static final long OVER = 101 * SECOND;

    private final List<Arrived<String>> arrived = new ArrayList<>();
    private final DeadLetterFiles<String> letters = new DeadLetterFiles<>();
    private final List<String> wrong = new ArrayList<>();
    private MatrixCell cell;

    /** A cell whose records have all been delivered, but for those that are refused. */
    private void good(MatrixSource source, MatrixDestination destination) {
        cell = new MatrixCell(source, destination, RECORDS);
        arrived.clear();
        cell.ids().stream().filter(id -> !cell.refuses(id)).forEach(id -> request(id, 10 * SECOND, 11 * SECOND));
        cell.ids().stream().filter(cell::refuses).forEach(id -> letters.add(id, false));
    }

    /** A request that was carried out and answered at these times, in ns; it was not answered if that is 0. */
    private void request(String id, long begun, long answered) {
        Arrived<String> request = new Arrived<>(0, cell.name(), List.of(id), arrived.size());
        request.begun = begun;
        request.carriedOut = begun + 1;
        request.answered = answered;
        arrived.add(request);
    }

    private Stream<String> taken() {
        return cell.ids().stream().filter(id -> !cell.refuses(id));
    }

    private String first() {
        return taken().findFirst().orElseThrow();
    }

    private CellResult verdict(MatrixFault... faults) {
        List<MatrixFault.Happened> happened = Stream.of(faults)
                .map(fault -> new MatrixFault.Happened(fault, FAULT, OVER)).toList();
        return new CellVerdict(cell, faults.length == 0 ? MatrixFault.NONE : faults[0], happened, arrived)
                .of(cell.ids(), letters, wrong);
    }

    private void assertBroken(String promise, MatrixFault... faults) {
        CellResult result = verdict(faults);
        assertThat(result.passed()).isFalse();
        assertThat(result.broken()).containsOnlyKeys(promise);
    }

    @Test
    void aCellPassesWhereEachRecordHasItsOutcome() {
        for (MatrixDestination destination : MatrixDestination.values()) {
            good(MatrixSource.INBOX, destination);
            CellResult result = verdict();
            assertThat(result.broken()).as(destination.label()).isEqualTo(Map.of());
            assertThat(result.in).isEqualTo(RECORDS);
            assertThat(result.delivered + result.rejected).isEqualTo(RECORDS);
            assertThat(result.rejected).isEqualTo((int) cell.ids().stream().filter(cell::refuses).count());
        }
    }

    @Test
    void eachDestinationButTheFileRefusesSomeRecords() {
        for (MatrixCell each : MatrixCell.all(RECORDS)) {
            assertThat(each.ids().stream().anyMatch(each::refuses)).as(each.name())
                    .isEqualTo(each.destination() != MatrixDestination.FILE);
        }
    }

    @Test
    void aLostRecordFails() {
        good(MatrixSource.INBOX, MatrixDestination.BATCH);
        arrived.remove(0);
        assertThat(verdict(MatrixFault.KILL9).lost).isEqualTo(1);
        assertBroken("records were lost", MatrixFault.KILL9);
    }

    @Test
    void aRefusedRecordWithoutADeadLetterIsLost() {
        good(MatrixSource.EXPORT, MatrixDestination.ITEMISED);
        CellResult result = new CellVerdict(cell, MatrixFault.NONE, List.of(), arrived)
                .of(cell.ids(), new DeadLetterFiles<>(), wrong);
        assertThat(result.lost).isPositive();
        assertThat(result.broken()).containsOnlyKeys("records were lost");
        assertThat(result.broken().get("records were lost")).allMatch(seen -> seen.contains("is in no dead letter"));
    }

    @Test
    void aRequestThatWasReadAndNotCarriedOutDeliversNothing() {
        good(MatrixSource.INBOX, MatrixDestination.SINGLE);
        arrived.get(0).carriedOut = 0;
        assertBroken("records were lost");
    }

    @Test
    void aDuplicateOnAOnceOnlyFlowFailsEvenIfItWasInFlight() {
        good(MatrixSource.KAFKA, MatrixDestination.ONCE);
        request(first(), OVER + SECOND, OVER + 2 * SECOND);
        arrived.get(0).begun = FAULT - 1;
        arrived.get(0).answered = 0;
        assertThat(verdict(MatrixFault.KILL9).onceOnlyDuplicates).isEqualTo(1);
        assertBroken("records were carried out twice that must be sent once only", MatrixFault.KILL9);
    }

    @Test
    void aDuplicateWithoutAFaultFails() {
        good(MatrixSource.INBOX, MatrixDestination.BATCH);
        request(first(), 20 * SECOND, 21 * SECOND);
        assertThat(verdict().duplicates).isEqualTo(1);
        assertBroken("records were carried out twice without a fault");
        // Both times before the fault.
        assertBroken("records were carried out twice without a fault", MatrixFault.KILL9);
    }

    @Test
    void aDuplicateAfterTheLastFaultFails() {
        good(MatrixSource.KAFKA, MatrixDestination.BATCH);
        arrived.get(0).begun = OVER + 1;
        arrived.get(0).carriedOut = OVER + 2;
        request(first(), OVER + SECOND, OVER + 2 * SECOND);
        assertBroken("records were carried out twice without a fault", MatrixFault.KILL9);
    }

    @Test
    void asManyRecordsMayComeAgainAsWereInFlightAndNoMore() {
        good(MatrixSource.INBOX, MatrixDestination.SINGLE);
        arrived.get(0).begun = FAULT - 2;
        arrived.get(0).answered = 0;
        request(first(), OVER + SECOND, OVER + 2 * SECOND);
        CellResult result = verdict(MatrixFault.KILL9);
        assertThat(result.broken()).isEmpty();
        assertThat(result.duplicates).isEqualTo(1);
        assertThat(result.inFlight).isEqualTo(1);

        request(taken().skip(1).findFirst().orElseThrow(), OVER + SECOND, OVER + 2 * SECOND);
        assertBroken("more records were carried out again than were in flight", MatrixFault.KILL9);
    }

    @Test
    void aPollMayComeAgainAfterAKillAndNotAfterAnOrderlyStop() {
        good(MatrixSource.KAFKA, MatrixDestination.BATCH);
        taken().limit(MatrixSource.PER_POLL).forEach(id -> request(id, OVER + SECOND, OVER + 2 * SECOND));
        assertThat(verdict(MatrixFault.KILL9).broken()).isEmpty();
        assertBroken("more records were carried out again than were in flight", MatrixFault.SIGTERM);
        request(taken().skip(MatrixSource.PER_POLL).findFirst().orElseThrow(), OVER + SECOND, OVER + 2 * SECOND);
        assertBroken("more records were carried out again than were in flight", MatrixFault.KILL9);
    }

    @Test
    void nothingMayComeAgainAfterALiveEdit() {
        for (MatrixSource source : MatrixSource.values()) {
            good(source, MatrixDestination.BATCH);
            arrived.get(0).begun = FAULT - 1;
            arrived.get(0).answered = 0;
            request(first(), OVER + SECOND, OVER + 2 * SECOND);
            assertBroken("more records were carried out again than were in flight", MatrixFault.EDIT);
        }
    }

    @Test
    void onlyOnceOnlyFlowsMayHoldRecordsAndOnlyAfterAFault() {
        good(MatrixSource.INTAKE, MatrixDestination.ONCE);
        letters.add(first(), true);
        assertBroken("more records were held than were in flight", MatrixFault.RESTART);
        arrived.get(0).begun = FAULT - 1;
        arrived.get(0).answered = 0;
        assertThat(verdict(MatrixFault.RESTART).broken()).isEmpty();
        assertThat(verdict(MatrixFault.RESTART).held).isEqualTo(1);
        assertBroken("more records were held than were in flight", MatrixFault.SIGTERM);
        assertBroken("records were held, though each request was answered");

        good(MatrixSource.INTAKE, MatrixDestination.SINGLE);
        letters.add(first(), true);
        assertBroken("records were held, though they may be sent again", MatrixFault.RESTART);
    }

    @Test
    void aRejectionThatNobodyAskedForFails() {
        good(MatrixSource.PAGED, MatrixDestination.BODYLESS);
        letters.add(first(), false);
        assertBroken("records were rejected that were carried out");
        arrived.remove(0);
        assertBroken("records were rejected that were never refused");
    }

    @Test
    void aWrongRequestAndARecordOfAnotherFlowFail() {
        good(MatrixSource.FRAGMENTS, MatrixDestination.SINGLE);
        wrong.add("a body without records: {\"response\":1}");
        assertBroken("wrong requests were sent");

        wrong.clear();
        request("inbox-single-000001", 20 * SECOND, 21 * SECOND);
        assertBroken("records of another flow, or of none, were sent");
    }

    @Test
    void aRequestIsReadAsStrictlyAsAVendorWould() {
        Wire.Head delete = new Wire.Head("DELETE", "/users?user_id=2024-01-01-000001", Map.of());
        assertThat(MatrixDestination.BODYLESS.read(delete, "").ids()).containsExactly("2024-01-01-000001");
        assertThat(MatrixDestination.BODYLESS.read(delete, "{\"uid\":\"1\"}").wrong()).contains("must have no body");
        assertThat(MatrixDestination.BODYLESS.read(new Wire.Head("DELETE", delete.path(),
                Map.of("content-type", "application/json")), "").wrong()).contains("must have no body");

        Wire.Head put = new Wire.Head("PUT", "/", Map.of());
        assertThat(MatrixDestination.BATCH.read(put, "[{\"uid\":\"1\"},{\"uid\":\"2\"}]").ids()).containsExactly("1", "2");
        assertThat(MatrixDestination.BATCH.read(put, "[]").wrong()).contains("without records");
        assertThat(MatrixDestination.BATCH.read(put, "{\"uid\":\"1\"}").wrong()).contains("without records");
        assertThat(MatrixDestination.SINGLE.read(put, "{\"response\":1}").wrong()).contains("without records");
        assertThat(MatrixDestination.ONCE.read(put, "{\"uid\":").wrong()).contains("not JSON");
    }

    @Test
    void theReportNamesCellsThatFailed() {
        good(MatrixSource.INBOX, MatrixDestination.SINGLE);
        MatrixReport report = new MatrixReport();
        report.add(new MatrixColumn(MatrixFault.NONE, List.of(verdict()), List.of()));
        assertThat(report.passed()).isTrue();
        assertThat(report.failures()).isEmpty();
        assertThat(report.markdown("Today.")).contains("| inbox | single | passed |\n").doesNotContain("failed");

        String lost = arrived.remove(0).ids.get(0);
        report.add(new MatrixColumn(MatrixFault.KILL9, List.of(verdict(MatrixFault.KILL9)), List.of()));
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).contains("inbox-single, kill -9: records were lost (1)", lost);
        assertThat(report.markdown("Today.")).contains("| inbox | single | passed | **failed** |");
    }

    @Test
    void requestsWithoutACredentialFailTheirColumn() {
        good(MatrixSource.INBOX, MatrixDestination.SINGLE);
        MatrixReport report = new MatrixReport();
        report.add(new MatrixColumn(MatrixFault.NONE, List.of(verdict()), List.of("PUT / has no credential")));
        assertThat(report.passed()).isFalse();
        assertThat(report.failures()).contains("requests without a flow or a credential (1)", "PUT / has no credential");
    }
}
