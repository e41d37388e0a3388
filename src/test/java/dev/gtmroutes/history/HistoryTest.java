// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.WatchedInputs;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.peopleai.SettableClock;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final HistoryLimits LIMITS = HistoryLimits.of(30, 300);

    @TempDir
    Path data;
    private final SettableClock clock = new SettableClock(BEGIN.toString());
    private long nanos;
    private HistoryRecorder recorder;
    private WatchedInputs calls;
    private WatchedInputs leads;

    @BeforeEach
    void start() {
        recorder = recorder(LIMITS);
    }

    private HistoryRecorder recorder(HistoryLimits limits) {
        LongSupplier time = () -> nanos;
        HistoryRecorder made = new HistoryRecorder(data, limits, this::destinations, clock, time);
        DefaultCamelContext camel = new DefaultCamelContext();
        calls = new WatchedInputs(camel, "calls", made.inputs());
        leads = new WatchedInputs(camel, "leads", made.inputs());
        made.start();
        return made;
    }

    private List<DestinationStatus> destinations() {
        return List.of(calls.destination(), leads.destination());
    }

    @AfterEach
    void stop() {
        recorder.close();
    }

    private void pass(Duration time) {
        clock.pass(time);
        nanos += time.toNanos();
    }

    private void restart() {
        recorder.close();
        crash();
    }

    /** The one before is left as it is. */
    private void crash() {
        recorder = recorder(LIMITS);
    }

    private History history() {
        return recorder.history();
    }

    private void deliver(WatchedInputs flow, String file, int read) {
        Input input = flow.open(file);
        flow.read(input, read, read);
        flow.destination().delivered(read);
        flow.close(input);
    }

    @Test
    void countsStandInTheirMinuteAndHour() {
        calls.destination().delivered(3);
        recorder.tick();
        pass(Duration.ofMinutes(61));
        calls.destination().delivered(4);
        leads.destination().held(2);
        recorder.tick();
        List<Slice> minutes = history().minutes("calls", BEGIN, clock.instant().plusSeconds(1));
        assertThat(minutes).hasSize(62);
        assertThat(minutes.get(0)).isEqualTo(new Slice(BEGIN, 3, 0, 0, 0, 0, 0));
        assertThat(minutes.get(61).delivered()).isEqualTo(4);
        assertThat(minutes.subList(1, 61)).allMatch(Slice::isEmpty);
        List<Slice> hours = history().hours(null, BEGIN, clock.instant().plusSeconds(1));
        assertThat(hours).extracting(Slice::delivered).containsExactly(3L, 4L);
        assertThat(hours).extracting(Slice::held).containsExactly(0L, 2L);
        assertThat(history().hours("nothing", BEGIN, clock.instant())).allMatch(Slice::isEmpty);
    }

    @Test
    void aSumIsExactToTheMinute() {
        for (int i = 0; i < 180; i++) {
            calls.destination().delivered(1);
            recorder.tick();
            pass(Duration.ofMinutes(1));
        }
        assertThat(sum(0, 180)).isEqualTo(180);
        assertThat(sum(30, 150)).isEqualTo(120);
        assertThat(sum(30, 31)).isEqualTo(1);
        assertThat(sum(59, 61)).isEqualTo(2);
        assertThat(sum(60, 120)).isEqualTo(60);
        assertThat(sum(10, 10)).isZero();
        assertThat(history().sum(null, BEGIN, clock.instant()).delivered()).isEqualTo(180);
        pass(Duration.ofDays(3));
        assertThat(sum(0, 180)).isEqualTo(180);
        assertThat(sum(60, 120)).isEqualTo(60);
    }

    private long sum(int from, int until) {
        return history().sum("calls", BEGIN.plus(Duration.ofMinutes(from)), BEGIN.plus(Duration.ofMinutes(until)))
                .delivered();
    }

    @Test
    void aRenamedFlowHasTheHistoryOfItsOldNameAlsoAfterARestart() {
        deliver(calls, "a.ndjson", 3);
        recorder.tick();
        pass(Duration.ofMinutes(1));
        deliver(calls, "b.ndjson", 4);
        deliver(leads, "c.ndjson", 5);
        calls.keep(calls.open("d.ndjson"));
        history().rename(Map.of("calls", "people"));

        for (int i = 0; i < 2; i++) {
            Instant end = clock.instant().plusSeconds(1);
            assertThat(history().sum("people", BEGIN, end).delivered()).isEqualTo(7);
            assertThat(history().runs("people", BEGIN, 10)).extracting(Run::input).containsExactlyInAnyOrder("a.ndjson",
                    "b.ndjson", "d.ndjson");
            assertThat(history().runs("people", BEGIN, 10)).extracting(Run::flow).containsOnly("people");
            assertThat(history().sum("calls", BEGIN, end).isEmpty()).isTrue();
            assertThat(history().runs("calls", BEGIN, 10)).isEmpty();
            assertThat(history().sum("leads", BEGIN, end).delivered()).isEqualTo(5);
            assertThat(history().sum(null, BEGIN, end).delivered()).isEqualTo(12);
            // Done once more, as after a crash.
            history().rename(Map.of("calls", "people"));
            restart();
        }
    }

    @Test
    void aRunIsContinuedUntilEachRecordHasItsOutcome() {
        Input input = calls.open("a.ndjson");
        calls.read(input, 10, 4);
        assertThat(run(0).state()).isEqualTo(Run.State.IN_WORK);
        assertThat(run(0).read()).isEqualTo(10);
        recorder.tick();
        calls.keep(input);
        assertThat(run(0)).isEqualTo(new Run("calls", "people-ai-request-sink", "a.ndjson", BEGIN, null, 4, 0L, 4, 0L, 0L,
                1, Run.State.WAITING));
        pass(Duration.ofMinutes(5));
        recorder.tick();
        restart();
        assertThat(run(0).state()).isEqualTo(Run.State.WAITING);
        input = calls.open("a.ndjson");
        calls.read(input, 6, 6);
        recorder.tick();
        calls.close(input);
        pass(Duration.ofMinutes(1));
        recorder.tick();
        Run expected = new Run("calls", "people-ai-request-sink", "a.ndjson", BEGIN, BEGIN.plus(Duration.ofMinutes(5)), 10,
                0L, 10, 0L, 0L, 1, Run.State.DONE);
        assertThat(run(0)).isEqualTo(expected);
        restart();
        assertThat(history().runs("calls", BEGIN, 9)).containsExactly(expected);
    }

    @Test
    void aFileOfTheSameNameIsAnotherRun() {
        for (int i = 1; i <= 3; i++) {
            deliver(calls, "daily.csv", i);
            pass(Duration.ofHours(1));
        }
        recorder.tick();
        deliver(calls, "daily.csv", 4);
        assertThat(history().runs("calls", BEGIN, 9)).extracting(Run::read).containsExactly(4L, 3L, 2L, 1L);
        assertThat(history().runs("calls", BEGIN.plusSeconds(1), 2)).extracting(Run::read).containsExactly(4L, 3L);
        assertThat(history().runs("call", BEGIN, 9)).isEmpty();
    }

    private Run run(int index) {
        return history().runs("calls", Instant.EPOCH, 9).get(index);
    }

    @Test
    void partsAreOneRunThatTheSourceEnds() {
        RunName name = RunName.parts("people", "people 1");
        for (int page = 1; page <= 3; page++) {
            Input input = calls.open("people-p" + page, name);
            calls.read(input, 100, 100);
            calls.close(input);
            pass(Duration.ofSeconds(20));
            recorder.tick();
        }
        assertThat(history().runs("calls", BEGIN, 9)).singleElement().satisfies(run -> {
            assertThat(run.state()).isEqualTo(Run.State.IN_WORK);
            assertThat(run.read()).isEqualTo(300);
            assertThat(run.inputs()).isEqualTo(3);
        });
        recorder.inputs().ended("calls", name);
        assertThat(run(0).end()).isEqualTo(BEGIN.plusSeconds(40));
        Input next = calls.open("people-p1", RunName.parts("people", "people 2"));
        calls.close(next);
        assertThat(history().runs("calls", BEGIN, 9)).hasSize(2);
        pass(Duration.ofMinutes(11));
        recorder.tick();
        assertThat(run(0).end()).isEqualTo(BEGIN.plusSeconds(60));
    }

    @Test
    void anInputThatNeverEndsHasARunPerHour() {
        Input stream = calls.open("topic-0-0", RunName.hours("topic"));
        for (int minute = 0; minute < 150; minute++) {
            calls.read(stream, 2, 2);
            recorder.tick();
            pass(Duration.ofMinutes(1));
        }
        recorder.tick();
        // What is read at the full hour is counted a moment later.
        assertThat(history().runs("calls", BEGIN, 9)).extracting(Run::read).containsExactly(58L, 120L, 122L);
        assertThat(history().runs("calls", BEGIN, 9)).extracting(Run::state)
                .containsExactly(Run.State.IN_WORK, Run.State.DONE, Run.State.DONE);
        assertThat(history().runs("calls", BEGIN, 9)).extracting(Run::input).containsOnly("topic");
    }

    @Test
    void tooManyInputsOfAnHourShareALine() {
        for (int i = 0; i < 5000; i++) {
            deliver(calls, "post-" + i, 1);
        }
        pass(Duration.ofHours(1));
        recorder.tick();
        List<Run> runs = history().runs("calls", BEGIN, 10_000);
        assertThat(runs).hasSize(RunBook.MOST_PER_HOUR + 1);
        assertThat(runs).filteredOn(run -> run.input().isEmpty()).singleElement()
                .satisfies(run -> assertThat(run.inputs()).isEqualTo(5000 - RunBook.MOST_PER_HOUR));
        assertThat(runs.stream().mapToLong(Run::read).sum()).isEqualTo(5000);
    }

    @Test
    void aYearTakesFewMegabytes() throws IOException {
        long largest = 0;
        for (int hour = 0; hour < 365 * 24; hour++) {
            deliver(calls, "file-" + hour, 7);
            deliver(leads, "leads-" + hour, 2);
            recorder.tick();
            pass(Duration.ofHours(1));
            largest = Math.max(largest, size());
        }
        recorder.tick();
        // About 1 MB, and what commits of the last hours left behind.
        assertThat(largest).isLessThan(16_000_000);
        Instant now = clock.instant();
        assertThat(history().hours("calls", now.minus(Duration.ofDays(100)), now)).hasSize(720)
                .allMatch(hour -> hour.delivered() == 7);
        assertThat(history().sum(null, now.minus(Duration.ofDays(29)), now).delivered()).isEqualTo(29 * 24 * 9);
        assertThat(history().runs("calls", Instant.EPOCH, 10_000)).hasSizeBetween(300, 310);
        restart();
        assertThat(history().hours("calls", now.minus(Duration.ofDays(29)), now)).allMatch(hour -> hour.delivered() == 7);
    }

    private long size() throws IOException {
        return Files.size(data.resolve("history/history.mv"));
    }

    @Test
    void aClockThatJumpsAheadForAMomentForgetsNothing() {
        deliver(calls, "a", 5);
        recorder.tick();
        pass(Duration.ofHours(2));
        recorder.tick();
        clock.pass(Duration.ofDays(400));
        for (int i = 0; i < 30; i++) {
            deliver(calls, "future", 1);
            pass(Duration.ofMinutes(1));
            recorder.tick();
        }
        clock.pass(Duration.ofDays(-400));
        for (int i = 0; i < 50; i++) {
            pass(Duration.ofMinutes(10));
            recorder.tick();
        }
        assertThat(history().sum("calls", BEGIN, clock.instant()).delivered()).isEqualTo(5);
        assertThat(history().runs("calls", BEGIN, 99)).extracting(Run::input).containsExactly("a");
        assertThat(history().hours("calls", BEGIN.plus(Duration.ofDays(390)), BEGIN.plus(Duration.ofDays(410))))
                .allMatch(Slice::isEmpty);
    }

    @Test
    void aClockThatIsSetBackCountsOn() {
        pass(Duration.ofHours(5));
        deliver(calls, "a", 5);
        recorder.tick();
        clock.pass(Duration.ofHours(-5));
        deliver(calls, "b", 6);
        recorder.tick();
        assertThat(history().sum("calls", BEGIN, BEGIN.plus(Duration.ofHours(6))).delivered()).isEqualTo(11);
        assertThat(history().runs("calls", BEGIN, 9)).hasSize(2).allMatch(run -> !run.took(clock.instant()).isNegative());
    }

    @Test
    void aFileThatIsDamagedBeginsAnew() throws IOException {
        deliver(calls, "a", 5);
        recorder.tick();
        recorder.close();
        Files.writeString(data.resolve("history/history.mv"), "no store at all".repeat(1000));
        crash();
        assertThat(history().trouble()).isPresent();
        deliver(calls, "b", 6);
        pass(Duration.ofMinutes(2));
        recorder.tick();
        assertThat(history().trouble()).isEmpty();
        assertThat(history().sum("calls", BEGIN, clock.instant().plusSeconds(60)).delivered()).isEqualTo(6);
    }

    @Test
    void aFolderThatCannotBeWrittenStopsNothing() throws IOException {
        recorder.close();
        Path folder = data.resolve("history");
        Files.delete(folder.resolve("history.mv"));
        Files.delete(folder);
        Files.writeString(folder, "in the way");
        crash();
        for (int i = 0; i < 5; i++) {
            deliver(calls, "a" + i, 5);
            pass(Duration.ofMinutes(1));
            recorder.tick();
        }
        assertThat(history().trouble()).isPresent();
        assertThat(history().hours("calls", BEGIN, clock.instant())).hasSize(1).allMatch(Slice::isEmpty);
        Files.delete(folder);
        pass(Duration.ofMinutes(1));
        recorder.tick();
        assertThat(history().trouble()).isEmpty();
        assertThat(history().sum("calls", BEGIN, clock.instant()).delivered()).isEqualTo(25);
        assertThat(history().runs("calls", BEGIN, 9)).hasSize(5);
    }
}
