// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.Letters;
import dev.gtmroutes.deadletter.OldLetters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the janitor removes, and what it must leave alone. */
class JanitorTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path directory;

    private KeptData data;

    @BeforeEach
    void open() {
        data = new KeptData(directory.resolve("data"));
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void whatIsTooOldIsRemovedAndToldInOneLine() throws Exception {
        Path old = data.file("inbox/calls/.done/a.ndjson", 10, DAY.multipliedBy(8));
        Path fresh = data.file("inbox/calls/.done/b.ndjson", 10, DAY.multipliedBy(6));
        Path failed = data.file("inbox/calls/.failed/c.ndjson", 10, DAY.multipliedBy(31));
        Path reason = data.file("inbox/calls/.failed/c.ndjson.reason.txt", 10, DAY.multipliedBy(31));
        Path waiting = data.file("inbox/calls/d.ndjson", 10, DAY.multipliedBy(400));
        Path state = data.file("state/people-ai-export/calls.json", 10, DAY.multipliedBy(400));

        data.janitor().run();

        assertThat(old).doesNotExist();
        assertThat(failed).doesNotExist();
        assertThat(reason).doesNotExist();
        assertThat(fresh).exists();
        assertThat(waiting).exists();
        assertThat(state).exists();
        assertThat(data.reports()).containsExactly("Retention removed 3 files with 1 MB: 1 finished files, 2 failed files");
    }

    @Test
    void recordsOfABulkJobThatNoFlowLoadsAreKeptAndTold() throws Exception {
        Path waiting = data.file("bulk/people/salesloft/000002.ndjson", 10, DAY.multipliedBy(400));
        Path over = data.file("bulk/people/salesloft/done/000001.ndjson", 10, DAY.multipliedBy(8));

        data.janitor().run();

        assertThat(waiting).exists();
        assertThat(over).doesNotExist();
        assertThat(data.reports()).containsExactly("Retention removed 1 files with 1 MB: 1 finished files",
                waiting.getParent() + " contains records that wait for a bulk job, but no flow loads them: start the flow "
                        + "again, or delete the folder");
    }

    @Test
    void aRunWithoutRemovalsSaysNothing() throws Exception {
        data.file("inbox/calls/.done/b.ndjson", 10, DAY);

        data.janitor().run();

        assertThat(data.reports()).isEmpty();
    }

    @Test
    void theOldestGoFirstIfAllTogetherAreTooLarge() throws Exception {
        data.set("gtm.keep-done", "30d,3K").set("gtm.keep-done.large", "1M");
        Path oldest = data.file("inbox/calls/.done/1", 1024, DAY.multipliedBy(4));
        Path second = data.file("inbox/other/.done/2", 1024, DAY.multipliedBy(3));
        Path third = data.file("inbox/calls/.done/3", 1024, DAY.multipliedBy(2));
        Path fourth = data.file("inbox/other/.done/4", 2048, DAY);
        Path own = data.file("inbox/large/.done/5", 100 * 1024, DAY.multipliedBy(100));

        data.janitor().run();

        assertThat(oldest).doesNotExist();
        assertThat(second).doesNotExist();
        assertThat(third).exists();
        assertThat(fourth).exists();
        assertThat(own).exists();
    }

    @Test
    void aFlowHasItsOwnTime() throws Exception {
        data.set("gtm.keep-done.calls-2", "1h").set("gtm.keep-failed.calls-2", "forever");
        Path own = data.file("inbox/calls-2/.done/a", 1, Duration.ofHours(2));
        Path failed = data.file("inbox/calls-2/.failed/a", 1, DAY.multipliedBy(300));
        Path other = data.file("inbox/calls/.done/a", 1, Duration.ofHours(2));

        data.janitor().run();

        assertThat(own).doesNotExist();
        assertThat(failed).exists();
        assertThat(other).exists();
    }

    @Test
    void whatHasJustArrivedStaysWhateverTheLimit() throws Exception {
        data.set("gtm.keep-done", "0s,0K");
        Path now = data.file("inbox/calls/.done/a", 1, Duration.ofSeconds(30));
        Path ahead = data.file("inbox/calls/.done/b", 1, DAY.negated());

        data.janitor().run();

        assertThat(now).exists();
        assertThat(ahead).exists();
    }

    @Test
    void aClockThatJumpsAheadDeletesNothingForItsAge() throws Exception {
        data.set("gtm.keep-done", "7d,3K");
        Path event = data.file("responses/calls.crm/a.ndjson", 10, DAY);
        Path oldest = data.file("inbox/calls/.done/a.ndjson", 2048, DAY.multipliedBy(2));
        Path done = data.file("inbox/calls/.done/b.ndjson", 2048, DAY);
        Janitor janitor = data.janitor();
        data.jump(DAY.multipliedBy(40));
        janitor.run();
        assertThat(event).exists();
        assertThat(done).exists();
        assertThat(oldest).as("together they are too large, whatever the time").doesNotExist();

        data.jump(DAY.multipliedBy(-40));
        data.clock.pass(Duration.ofHours(2));
        janitor.run();
        data.clock.pass(Duration.ofHours(2));
        janitor.run();
        assertThat(event).exists();
        assertThat(done).exists();

        data.clock.pass(DAY.multipliedBy(30));
        janitor.run();
        assertThat(event).doesNotExist();
        assertThat(done).doesNotExist();
    }

    @Test
    void aClockThatMayBeWrongAtTheStartIsTrustedAfterAnHour() throws Exception {
        Path event = data.file("responses/calls.crm/a.ndjson", 10, DAY.multipliedBy(31));
        Janitor janitor = data.started();
        // Written by this run of the program, with the same clock.
        data.file("inbox/calls/.done/b.ndjson", 10, Duration.ZERO);
        janitor.run();
        assertThat(event).exists();

        data.clock.pass(Duration.ofHours(1));
        janitor.run();
        assertThat(event).doesNotExist();
    }

    @Test
    void aClockThatGoesOnWhereFilesWereWrittenLastIsTrustedAtTheStart() throws Exception {
        Path event = data.file("responses/calls.crm/a.ndjson", 10, DAY.multipliedBy(31));
        data.file("inbox/calls/.done/b.ndjson", 10, DAY);
        data.started().run();
        assertThat(event).doesNotExist();
    }

    @Test
    void linksAreNeverFollowed() throws Exception {
        Path outside = Files.createDirectories(directory.resolve("outside"));
        Path precious = Files.writeString(outside.resolve("precious"), "x");
        Path nested = Files.writeString(Files.createDirectories(outside.resolve(".done")).resolve("precious"), "x");
        for (Path each : new Path[] {precious, nested}) {
            Files.setLastModifiedTime(each, FileTime.from(Instant.EPOCH));
        }
        data.file("inbox/calls/.failed/x", 1, DAY);
        Files.createSymbolicLink(data.path.resolve("inbox/calls/.done"), outside);
        Files.createSymbolicLink(data.path.resolve("inbox/linked"), outside);
        Files.createSymbolicLink(data.path.resolve("linked"), directory);
        Path link = Files.createSymbolicLink(Files.createDirectories(data.path.resolve("inbox/real/.done")).resolve("link"),
                precious);
        data.clock.pass(DAY.multipliedBy(400));

        data.janitor().run();

        assertThat(precious).exists();
        assertThat(nested).exists();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).as("the link itself is old, too").isFalse();
    }

    @Test
    void oneRunRemovesOnlySoMuchAndTheNextGoesOn() throws Exception {
        for (int i = 0; i < 25; i++) {
            data.file("inbox/calls/.done/" + i, 1, DAY.multipliedBy(100 - i));
        }
        Janitor janitor = data.janitor(10);

        janitor.run();
        assertThat(data.path.resolve("inbox/calls/.done")).isDirectoryNotContaining("glob:**/{0,1,2,3,4,5,6,7,8,9}")
                .isDirectoryContaining("glob:**/{10,24}");
        janitor.run();
        janitor.run();

        assertThat(data.path.resolve("inbox/calls/.done")).isEmptyDirectory();
        assertThat(data.reports()).hasSize(3);
    }

    /** A mistake in one flow's setting keeps no other flow's files. */
    @Test
    void whatFailsIsToldAndKeepsNothingElse() throws Exception {
        data.set("gtm.keep-done.broken", "soon");
        Path broken = data.file("inbox/broken/.done/a", 1, DAY.multipliedBy(100));
        Path other = data.file("inbox/calls/.done/a", 1, DAY.multipliedBy(100));

        data.janitor().run();

        assertThat(broken).exists();
        assertThat(other).doesNotExist();
        assertThat(data.reports()).hasSize(2).last().asString()
                .startsWith("Retention could not remove everything that is due")
                .contains("gtm.keep-done.broken: 'soon'");
    }

    @Test
    void theProgressOfAFileThatWasTakenAwayGoesInTheEnd() throws Exception {
        data.file("inbox/calls/.done/x", 1, DAY);
        Path stray = data.file("inbox/calls/.gone.ndjson.progress", 1, DAY.multipliedBy(31));
        Path young = data.file("inbox/calls/.gone-too.ndjson.progress", 1, DAY.multipliedBy(29));
        data.file("inbox/calls/there.ndjson", 1, DAY.multipliedBy(31));
        Path used = data.file("inbox/calls/.there.ndjson.progress", 1, DAY.multipliedBy(31));

        data.janitor().run();

        assertThat(stray).doesNotExist();
        assertThat(young).exists();
        assertThat(used).exists();
    }

    @Test
    void responseEventsThatNoWebhookTookGoInTheEnd() throws Exception {
        data.set("gtm.keep-responses.told", "60d");
        Path old = data.file("responses/calls.crm/intake-1.ndjson", 1, DAY.multipliedBy(31));
        Path open = data.file("responses/calls.crm/.intake/open.ndjson", 1, DAY.multipliedBy(31));
        Path fresh = data.file("responses/calls.crm/intake-2.ndjson", 1, DAY.multipliedBy(29));
        Path own = data.file("responses/told.2/intake-1.ndjson", 1, DAY.multipliedBy(31));

        data.janitor().run();

        assertThat(old).doesNotExist();
        assertThat(open).exists();
        assertThat(fresh).exists();
        assertThat(own).exists();
    }

    private Path letters(String day, int count) throws Exception {
        Path file = data.path.resolve("dead-letters/calls/" + day + ".ndjson");
        Files.createDirectories(file.getParent());
        StringBuilder lines = new StringBuilder();
        IntStream.range(0, count).forEach(i -> lines.append(KeptData.letter(Instant.parse(day + "T10:00:00Z"),
                "{\"id\":\"" + day + "-" + i + "\"}")));
        return Files.writeString(file, lines.toString());
    }

    private FlowLetters calls() throws Exception {
        return new DeadLetterStore(data.path).flow("calls");
    }

    private void discard(String... ids) throws Exception {
        Set<LetterId> chosen = new HashSet<>();
        for (String each : ids) {
            chosen.add(LetterId.parse(each));
        }
        assertThat(calls().discard(DeadLetterSelection.of(chosen), (id, why) -> {
            throw new AssertionError(id + ": " + why);
        })).isEqualTo(ids.length);
    }

    private long openLetters() throws Exception {
        long open = 0;
        try (Letters letters = calls().letters(DeadLetterSelection.ALL)) {
            for (; letters.hasNext(); letters.next()) {
                open++;
            }
        }
        return open;
    }

    private void pass(int days) {
        data.clock.pass(DAY.multipliedBy(days));
    }

    @Test
    void deadLettersGoWhenAllOfTheirFileAreClosedForLongEnough() throws Exception {
        Path closed = letters("2027-01-01", 2);
        Path partly = letters("2027-01-02", 2);
        discard("2027-01-01/1", "2027-01-01/2");
        discard("2027-01-02/1");

        pass(31);
        data.janitor().run();
        assertThat(closed).as("31 January").exists();
        pass(2);
        data.janitor().run();

        assertThat(closed).doesNotExist();
        assertThat(partly).exists();
        assertThat(openLetters()).isEqualTo(1);
        assertThat(calls().letters(DeadLetterSelection.of(Set.of(LetterId.parse("2027-01-02/1")))).next().fate())
                .isEqualTo(DeadLetter.Fate.DISCARDED);
        assertThat(data.path.resolve("dead-letters/calls/.marks.ndjson")).content().contains("2027-01-02")
                .doesNotContain("2027-01-01\"");
        pass(400);
        data.janitor().run();
        assertThat(partly).as("one of its letters is open").exists();
    }

    @Test
    void openDeadLettersGoOnlyIfThatIsSet() throws Exception {
        data.set("gtm.keep-open-dead-letters", "90d");
        Path file = letters("2027-01-01", 2);

        pass(90);
        data.janitor().run();
        assertThat(file).exists();
        pass(2);
        data.janitor().run();

        assertThat(file).doesNotExist();
    }

    /** The letters of a file count as closed only as long as the marks say so: marks may never go first. */
    @Test
    void killedBetweenALetterFileAndItsMarksNothingOpensAgain() throws Exception {
        letters("2027-01-01", 1);
        letters("2027-01-02", 1);
        discard("2027-01-01/1");
        discard("2027-01-02/1");
        pass(33);
        OldLetters killed = new OldLetters(data.path, "calls");
        assertThat(killed.delete(killed.files(data.clock.instant()).get(0))).isTrue();

        assertThat(openLetters()).isZero();
        data.set("gtm.keep-dead-letters", "60d");
        data.janitor().run();

        assertThat(openLetters()).isZero();
        assertThat(data.path.resolve("dead-letters/calls/.marks.ndjson")).content().doesNotContain("2027-01-01\"")
                .contains("2027-01-02\"");
    }

    @Test
    void aLetterThatWasTouchedMeanwhileStays() throws Exception {
        Path file = letters("2027-01-01", 2);
        discard("2027-01-01/1", "2027-01-01/2");
        pass(40);
        OldLetters old = new OldLetters(data.path, "calls");
        OldLetters.DayFile seen = old.files(data.clock.instant()).get(0);
        letters("2027-01-01", 3);

        assertThat(old.delete(seen)).isFalse();
        assertThat(file).exists();
    }

    @Test
    void aReplayThatWasInterruptedIsFinishedBeforeItsLettersGo() throws Exception {
        Files.createDirectories(data.path.resolve("inbox/calls"));
        Path file = letters("2027-01-01", 1);
        calls().replay(DeadLetterSelection.ALL, false, (id, why) -> {
            throw new AssertionError(why);
        });
        Path inbox = data.path.resolve("inbox/calls");
        Path replay;
        try (var files = Files.list(inbox)) {
            replay = files.filter(each -> each.getFileName().toString().startsWith("replay-")).findFirst().orElseThrow();
        }
        // As it is when the program is killed before the file is handed over.
        Files.move(replay, Files.createDirectories(inbox.resolve(".replays")).resolve(replay.getFileName()));
        Path marks = data.path.resolve("dead-letters/calls/.marks.ndjson");
        Files.writeString(marks, Files.readString(marks).lines().limit(1).reduce("", (all, line) -> all + line + "\n"));
        pass(40);

        data.janitor().run();

        assertThat(file).doesNotExist();
        assertThat(replay).content().contains("2027-01-01-0");
    }

    @Test
    void aReplayWhoseLettersStayStaysComplete() throws Exception {
        Files.createDirectories(data.path.resolve("inbox/calls"));
        Path gone = letters("2027-01-01", 1);
        Path there = letters("2027-01-02", 1);
        discard("2027-01-01/1");
        calls().replay(DeadLetterSelection.ALL, false, (id, why) -> {
            throw new AssertionError(why);
        });
        pass(32);

        data.janitor().run();

        assertThat(gone).doesNotExist();
        assertThat(there).exists();
        assertThat(Files.readAllLines(data.path.resolve("dead-letters/calls/.marks.ndjson"))).hasSize(2)
                .satisfiesExactly(first -> assertThat(first).contains("\"replaying\""),
                        second -> assertThat(second).contains("\"replayed\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "soon", "7d,", "7d,8d", "2G,1G", "-1d", "1X", ",", "none"})
    void whatSaysNothingIsRefused(String value) {
        assertThatThrownBy(() -> Keep.parse(value)).hasMessageContaining("Enter a duration, a size or both");
    }

    @Test
    void aTimeAndASizeComeInAnyOrder() {
        assertThat(Keep.parse(" 7d , 2g ")).isEqualTo(Keep.parse("2G,7d")).isEqualTo(new Keep(Duration.ofDays(7), 2L << 30));
        assertThat(Keep.parse("Forever")).isEqualTo(Keep.parse("")).isEqualTo(Keep.FOREVER);
        for (Kept each : Kept.values()) {
            assertThat(Keep.parse(each.usual())).isNotNull();
        }
    }
}
