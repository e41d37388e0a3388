// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.paged.page.PageForm;
import dev.gtmroutes.paged.page.RecordPage;
import dev.gtmroutes.peopleai.SettableClock;
import dev.gtmroutes.progress.Fingerprints;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in work after the program has ended, whatever it was just doing. */
class PagedReadTest {

    private static final InputProgress.DestinationKey PLACE = new InputProgress.DestinationKey("flow:1-delivery",
            "push-call");

    @TempDir
    Path folder;

    private final List<PagedRead> reads = new ArrayList<>();
    private final SettableClock clock = new SettableClock("2026-03-10T12:00:00Z");

    /** A program that has ended has no file open. */
    @AfterEach
    void leave() {
        reads.forEach(PagedRead::leave);
        reads.clear();
    }

    /** That of the next run of the program. */
    private PagedRead open() throws IOException {
        return open("2025-01-01");
    }

    private PagedRead open(String startDate) throws IOException {
        leave();
        PagedRead read = new PagedRead(ReadOrder.activities("all", startDate, "", 1), folder.resolve("flow"), clock);
        reads.add(read);
        read.open();
        return read;
    }

    private static RecordPage page(int total, String... uids) throws IOException {
        String records = Stream.of(uids).map("{\"uid\":\"%s\"}"::formatted).collect(Collectors.joining(","));
        return RecordPage.read(new ByteArrayInputStream(
                "{\"data\":[%s],\"meta\":{\"total\":%d}}".formatted(records, total).getBytes(StandardCharsets.UTF_8)),
                PageForm.OF_ACTIVITIES);
    }

    private static List<String> lines(PagedRead read) {
        return new String(read.chunk(), StandardCharsets.UTF_8).lines()
                .map(line -> line.replaceAll(".*\"uid\":\"(.*)\".*", "$1")).toList();
    }

    /** A read whose first page is with the sink. */
    private PagedRead handedOn() throws IOException {
        PagedRead read = open();
        read.begin();
        read.take(page(4, "a", "b"));
        read.settled();
        return read;
    }

    private void deliver(int record, String uid) throws IOException {
        BitSet one = new BitSet();
        one.set(record);
        byte[] bytes = "{\"uid\":\"%s\"}".formatted(uid).getBytes(StandardCharsets.UTF_8);
        ProgressJournal.open(folder.resolve("flow.page.ndjson"), new Disk()).note(ProgressLog.Note.SENDING, PLACE,
                Ranges.of(one), new Fingerprints(new int[] {record}, new long[] {Fingerprints.of(bytes)}));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theSamePageGoesOnUnderItsName() throws IOException {
        String name = handedOn().name();
        deliver(1, "b");
        clock.pass(Duration.ofMinutes(1));

        PagedRead next = open();
        assertThat(next.hasPage()).isTrue();
        assertThat(next.hasNews()).isTrue();
        assertThat(next.name()).isEqualTo(name);
        assertThat(lines(next)).containsExactly("a", "b");
        assertThat(next.settled().all().get(PLACE).unsure().stream()).containsExactly(1);
        assertThat(next.accepted()).isFalse();
        assertThat(next.url(2)).contains("offset=2");
        assertThat(files()).containsExactly("flow.json", "records");
    }

    @Test
    void aPageThatWasNotHandedOnYetIsAskedForAgain() throws IOException {
        PagedRead read = open();
        read.begin();
        read.take(page(4, "a", "b"));
        // As a crash between the page and the note that it is there leaves it.
        Files.writeString(folder.resolve("flow.page.ndjson"), "{\"uid\":\"a\"}\n");

        assertThat(open().hasPage()).isFalse();
        assertThat(files()).doesNotContain("flow.page.ndjson");
    }

    @Test
    void aPageThatWasAcceptedJustBeforeItsFilesWereDeletedIsOver() throws IOException {
        PagedRead read = handedOn();
        deliver(0, "a");
        byte[] page = Files.readAllBytes(folder.resolve("flow.page.ndjson"));
        byte[] progress = Files.readAllBytes(folder.resolve(".flow.page.ndjson.progress"));
        read.accepted();
        Files.write(folder.resolve("flow.page.ndjson"), page);
        Files.write(folder.resolve(".flow.page.ndjson.progress"), progress);

        assertThat(open().hasPage()).isFalse();
        assertThat(files()).containsExactly("flow.json", "records");
    }

    @Test
    void aPageWhoseRecordsWereNotedJustBeforeTheProgressIsNotHandedOnAgain() throws IOException {
        PagedRead read = handedOn();
        byte[] before = Files.readAllBytes(folder.resolve("flow.json"));
        byte[] page = Files.readAllBytes(folder.resolve("flow.page.ndjson"));
        read.accepted();
        Files.write(folder.resolve("flow.json"), before);
        Files.write(folder.resolve("flow.page.ndjson"), page);

        PagedRead next = open();
        assertThat(next.hasPage()).isTrue();
        assertThat(next.hasNews()).isFalse();
        next.accepted();
        assertThat(next.url(2)).contains("offset=2");
    }

    @Test
    void wherePageIsGoneRecordsThatWereSentAreKnownInThePageThatComes() throws IOException {
        handedOn();
        deliver(1, "b");
        Files.delete(folder.resolve("flow.page.ndjson"));

        PagedRead next = open();
        assertThat(next.hasPage()).isFalse();
        next.begin();
        next.take(page(4, "b", "a"));
        assertThat(next.settled().doubtful().get(PLACE))
                .containsExactly(Fingerprints.of("{\"uid\":\"b\"}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFlowThatReadsSomethingElseDeliversThePageFirst() throws IOException {
        handedOn();
        deliver(1, "b");

        open("2025-02-01");
        PagedRead next = open("2025-02-01");
        assertThat(next.hasPage()).isTrue();
        assertThat(lines(next)).containsExactly("a", "b");
        assertThat(next.settled().all().get(PLACE).unsure().stream()).containsExactly(1);
        assertThat(next.accepted()).as("nothing of what it reads now was read").isFalse();
        next.begin();
        assertThat(next.url(2)).contains("offset=0", "from=2025-02-01");
        assertThat(files()).containsExactly("flow.json", "records");
        next.take(page(4, "b", "c"));
        assertThat(lines(next)).as("nothing is known of another list").containsExactly("b", "c");
        assertThat(open("2025-02-01").hasPage()).isFalse();
    }

    @Test
    void aReadThatEndedWhileTheClockWasAheadDoesNotPutOffTheNextOne() throws IOException {
        PagedRead read = open();
        read.begin();
        read.take(page(2, "a", "b"));
        read.settled();
        clock.pass(Duration.ofDays(400));
        read.accepted();
        assertThat(read.isDue(Duration.ofHours(1))).isFalse();

        clock.pass(Duration.ofDays(-400));
        assertThat(read.isDue(Duration.ofHours(1))).isTrue();
        assertThat(read.isDue(Duration.ZERO)).as("one read is enough").isFalse();
    }

    @Test
    void aPageWithoutNewsIsNotWritten() throws IOException {
        PagedRead read = handedOn();
        read.accepted();
        read.take(page(4, "a", "b"));

        assertThat(read.hasNews()).isFalse();
        assertThat(read.accepted()).isTrue();
    }
}
