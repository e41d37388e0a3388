// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.console.state.FlowChip.Kind;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.inbox.Backlog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not known is never called healthy, and what a person has to mend is never called anything else. */
class ChipRulesTest {

    private static final Instant SINCE = Instant.parse("2026-11-30T08:52:00Z");
    private static final Rejection REJECTION = new Rejection(DeadLetterState.REJECTED, "responded with 422", 422, "");

    private final DestinationStatus destination = new DestinationStatus();

    private FlowStatus flow(FlowState state, String reason, String problem) {
        return new FlowStatus("calls", "", state, reason, SINCE, problem, new Backlog.Waiting(0, 0, Optional.empty()),
                List.of(destination), "");
    }

    private FlowChip chip(Instant now, String... concerns) {
        return new ChipRules(flow(FlowState.ACTIVE, "", ""), List.of(concerns), now).chip();
    }

    private FlowChip chip(String... concerns) {
        return chip(Instant.now(), concerns);
    }

    private void reject(int records) {
        destination.rejected(REJECTION, records, false);
    }

    @Test
    void aFlowWithoutRecordsIsNotCalledHealthy() {
        assertThat(chip().kind()).isEqualTo(Kind.STARTING);
        assertThat(chip().text()).isEqualTo("No records yet");
        destination.delivered(1);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void aFlowWhoseRecordsWereAllUnchangedIsHealthy() {
        destination.unchanged(1);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void oneRejectedRecordIsNoFailure() {
        destination.delivered(1);
        reject(1);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
        assertThat(chip(Instant.now().plus(Duration.ofHours(2))).kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void withoutADeliveryOneRejectedRecordIsNotHealthyEither() {
        reject(1);
        assertThat(chip().kind()).isEqualTo(Kind.STARTING);
        assertThat(chip().text()).isEqualTo("None delivered yet");
        assertThat(chip().detail()).isEqualTo("Responded with 422");
    }

    @Test
    void heldRecordsAreForAPersonButTheFlowGoesOn() {
        destination.delivered(1);
        destination.held(50);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void aFlowFailsWhoseLastRecordsWereAllRejected() {
        reject(3);
        assertThat(chip().kind()).isEqualTo(Kind.FAILING);
        assertThat(chip().detail()).isEqualTo("Responded with 422");
        assertThat(chip().since()).isNotNull();
        destination.delivered(1);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void shortlyAfterADeliveryItTakesMore() {
        destination.delivered(1);
        reject(19);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
        assertThat(chip(Instant.now().plus(Duration.ofHours(2))).kind()).isEqualTo(Kind.FAILING);
        reject(1);
        assertThat(chip().kind()).isEqualTo(Kind.FAILING);
    }

    @Test
    void requestsThatAreSentAgainAreRetriedAndNotFailing() throws InterruptedException {
        destination.delivered(1);
        reject(30);
        destination.tally().retried("responded with 503");
        AtomicBoolean runs = new AtomicBoolean(true);
        Thread request = new Thread(() -> {
            try {
                destination.waits().await(Duration.ofMinutes(1), Duration.ofMinutes(1), 2, runs::get);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        request.start();
        await().untilAsserted(() -> assertThat(chip().kind()).isEqualTo(Kind.RETRYING));
        FlowChip chip = chip();
        assertThat(chip.detail()).isEqualTo("Responded with 503");
        assertThat(chip.next()).isAfter(Instant.now());
        assertThat(chip.since()).isNotNull();
        runs.set(false);
        request.join();
        destination.waits().worked();
        destination.delivered(1);
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void anInputThatItsSourceTriesAgainIsRetried() {
        destination.kept("responded with 503");
        FlowChip chip = FlowChip.of(flow(FlowState.ACTIVE, "its input waits: responded with 503", ""));
        assertThat(chip.kind()).isEqualTo(Kind.RETRYING);
        assertThat(chip.detail()).isEqualTo("Its input waits: responded with 503");
    }

    @Test
    void whatMakesNoProgressIsLateThoughItsLastRecordsWereDelivered() {
        destination.delivered(1);
        FlowChip late = chip("No progress since 08:00", "another");
        assertThat(late.kind()).isEqualTo(Kind.LATE);
        assertThat(late.detail()).isEqualTo("No progress since 08:00");
        assertThat(chip().kind()).isEqualTo(Kind.HEALTHY);
    }

    @Test
    void aStalledFlowIsLateSinceThen() {
        FlowChip chip = FlowChip.of(flow(FlowState.STALLED, "the job has not ended", ""));
        assertThat(chip.kind()).isEqualTo(Kind.LATE);
        assertThat(chip.since()).isEqualTo(SINCE);
        assertThat(chip.detail()).isEqualTo("The job has not ended");
    }

    @Test
    void onlyAPersonPauses() {
        FlowChip byPerson = FlowChip.of(flow(FlowState.PAUSED, "paused by a person", ""));
        assertThat(byPerson.kind()).isEqualTo(Kind.PAUSED);
        assertThat(byPerson.since()).isEqualTo(SINCE);
        FlowChip saved = FlowChip.of(flow(FlowState.PAUSED, FlowStatus.NOT_ACTIVATED, ""));
        assertThat(saved.kind()).isEqualTo(Kind.PAUSED);
        assertThat(saved.since()).isNull();
        assertThat(saved.detail()).isEqualTo("Not activated");
    }

    @Test
    void aFlowThatRunsByAnOlderVersionNeedsSetup() {
        destination.delivered(1);
        FlowChip chip = FlowChip.of(flow(FlowState.ACTIVE, "", "line 3: unknown Kamelet"));
        assertThat(chip.kind()).isEqualTo(Kind.NEEDS_SETUP);
        assertThat(chip.detail()).contains("line 3: unknown Kamelet");
        assertThat(FlowChip.of(flow(FlowState.ACTIVE, "its response events wait in data/inbox/x", "")).kind())
                .isEqualTo(Kind.NEEDS_SETUP);
        assertThat(FlowChip.of(flow(FlowState.NOT_LOADED, "line 3: unknown Kamelet", "")).kind())
                .isEqualTo(Kind.NEEDS_SETUP);
    }

    @ParameterizedTest
    @EnumSource(FlowState.class)
    void nothingButAnActiveFlowIsEverHealthy(FlowState state) {
        destination.delivered(100);
        FlowChip chip = FlowChip.of(flow(state, "why", ""));
        assertThat(chip.kind()).isNotEqualTo(Kind.HEALTHY);
        assertThat(chip.kind().isProblem()).isEqualTo(state != FlowState.PAUSED);
    }
}
