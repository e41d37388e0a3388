// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.Days;
import dev.gtmroutes.export.ExportJobs;
import dev.gtmroutes.export.ExportType;
import dev.gtmroutes.peopleai.SettableClock;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of fragments in work after the program has ended, in whatever way. */
class TaskSpoolTest {

    private static final InputProgress.DestinationKey PLACE = new InputProgress.DestinationKey("fetch:1-delivery",
            "push-call");
    private static final String DATA = "{\"n\":0}\n{\"n\":1}\n";
    private static final String PROGRESS = ".f003.ndjson.progress";

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock(Instant.now().toString());
    private long nanos;
    private final Fragment fragment = new Fragment("delta 2026-02-01..2026-02-10", ExportType.of("delta"),
            new Days(LocalDate.parse("2026-02-01"), LocalDate.parse("2026-02-10")), "all", "job-1", 3, true, 100);

    /** That of the next run of the program. */
    private TaskSpool open() throws IOException {
        return new TaskSpool(folder, clock, () -> nanos);
    }

    private void pass(Duration time) {
        clock.pass(time);
        nanos += time.toNanos();
    }

    private Fragment other(int index) {
        return new Fragment(fragment.window(), fragment.type(), fragment.days(), "all", "job-2", index, true, 1);
    }

    /** With the fragment in work. */
    private TaskSpool fetched() throws IOException {
        TaskSpool spool = open();
        assertThat(spool.take(fragment)).isTrue();
        spool.spool().write(fragment, new ByteArrayInputStream(DATA.getBytes(StandardCharsets.UTF_8)));
        return spool;
    }

    /** Its first record is delivered. */
    private void deliver(TaskSpool spool) throws IOException {
        note(spool.spool().file(fragment));
    }

    /** The first record of the chunk is delivered. */
    private static void note(Path chunk) throws IOException {
        ProgressJournal journal = ProgressJournal.open(chunk, new Disk());
        BitSet first = new BitSet();
        first.set(0);
        journal.note(ProgressLog.Note.SETTLED, PLACE, Ranges.of(first));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void deliveryGoesOnInsideTheFragmentAfterACrash() throws IOException {
        deliver(fetched());

        TaskSpool next = open();
        assertThat(next.take(fragment)).isTrue();
        assertThat(next.isDone(fragment)).isFalse();
        assertThat(next.spool().has(fragment)).isTrue();
        assertThat(next.settled(fragment).all().get(PLACE).settled().stream()).containsExactly(0);
    }

    @Test
    void whatIsReportedOfAFragmentThatIsAskedForAgainIsWhatTheSinkGets() throws IOException {
        FragmentData before = DataCount.of(fetched().spool().file(fragment), 8);
        Fragment again = new Fragment(fragment.window(), fragment.type(), fragment.days(), "all", "job-1", 3, true, 100,
                Fragment.Ask.AGAIN, 1, before);
        TaskSpool spool = open();
        assertThat(spool.take(again)).isTrue();
        spool.spool().write(again, new ByteArrayInputStream(DATA.getBytes(StandardCharsets.UTF_8)));
        note(spool.chunk(again));

        TaskSpool next = open();
        assertThat(next.take(again)).isTrue();
        assertThat(next.chunk(again)).hasContent("{\"n\":1}");
        assertThat(next.spool().has(again)).as("otherwise it is fetched, and may have more").isTrue();
        assertThat(next.spool().data(again).bytes()).isEqualTo(DATA.length());
        next.settled(again);
        next.giveBack(again, true);
        assertThat(files()).containsExactly(".f003-again1-new.ndjson.progress");
    }

    @Test
    void dataThatIsFetchedAgainGoesOnAsWell() throws IOException {
        TaskSpool spool = fetched();
        deliver(spool);
        Files.delete(spool.spool().file(fragment));

        assertThat(fetched().settled(fragment).all().get(PLACE).settled().stream()).containsExactly(0);
    }

    @Test
    void dataOfWhichNothingIsNotedIsDeletedAtTheNextStart() throws IOException {
        fetched();
        Files.writeString(folder.resolve("job-1/f004.ndjson.part"), "{\"n\":");
        open();

        assertThat(files()).isEmpty();
        assertThat(folder.resolve("job-1")).doesNotExist();
    }

    @Test
    void aFragmentThatIsDoneIsRememberedWithoutItsData() throws IOException {
        TaskSpool spool = fetched();
        spool.settled(fragment);
        deliver(spool);
        spool.giveBack(fragment, true);

        assertThat(files()).containsExactly(PROGRESS);
        assertThat(Files.readAllLines(folder.resolve("job-1").resolve(PROGRESS))).as("it is short").hasSize(2);
        TaskSpool next = open();
        assertThat(next.isDone(fragment)).isTrue();
        assertThat(next.take(fragment)).isTrue();
        next.giveBack(fragment, true);
        assertThat(open().isDone(fragment)).isTrue();
    }

    @Test
    void aCrashBeforeTheDataOfAFragmentThatIsDoneIsDeletedChangesNothing() throws IOException {
        TaskSpool spool = fetched();
        ProgressJournal.open(spool.spool().file(fragment), new Disk()).remember();

        assertThat(open().isDone(fragment)).isTrue();
        assertThat(files()).containsExactly(PROGRESS);
    }

    @Test
    void aFragmentWhoseTaskIsGivenUpLeavesNothing() throws IOException {
        TaskSpool spool = fetched();
        spool.giveBack(fragment, true);

        assertThat(files()).isEmpty();
    }

    @Test
    void whatIsOlderThanPeopleAiKeepsDataIsDeletedOnceADay() throws IOException {
        TaskSpool spool = fetched();
        deliver(spool);
        Path other = folder.resolve("job-1/.f009.ndjson.progress");
        Files.copy(folder.resolve("job-1").resolve(PROGRESS), other);
        pass(ExportJobs.RETENTION.plus(Duration.ofHours(1)));
        spool.take(other(0));
        assertThat(files()).as("but what is in work stays").containsExactly(PROGRESS, "f003.ndjson");

        TaskSpool next = open();
        next.take(other(0));
        assertThat(files()).as("the clock may be wrong").containsExactly(PROGRESS, "f003.ndjson");
        pass(Duration.ofHours(1));
        next.take(other(1));
        assertThat(files()).isEmpty();
    }

    @Test
    void aClockThatIsWrongAtTheStartMakesNothingBeDeliveredTwice() throws IOException {
        deliver(fetched());
        clock.pass(Duration.ofDays(400));
        TaskSpool next = open();
        next.take(other(0));
        clock.pass(Duration.ofDays(-400));
        pass(Duration.ofHours(2));
        next.take(other(1));

        assertThat(next.take(fragment)).isTrue();
        assertThat(next.settled(fragment).all().get(PLACE).settled().stream()).containsExactly(0);
    }

    @Test
    void aClockThatGoesOnWhereTheLastRunEndedIsTrustedAtTheStart() throws IOException {
        deliver(fetched());
        Path old = Files.copy(folder.resolve("job-1").resolve(PROGRESS), folder.resolve("job-1/.f009.ndjson.progress"));
        Files.setLastModifiedTime(old, FileTime.from(clock.instant().minus(ExportJobs.RETENTION).minusSeconds(1)));
        open().take(other(0));

        assertThat(files()).containsExactly(PROGRESS, "f003.ndjson");
    }
}
