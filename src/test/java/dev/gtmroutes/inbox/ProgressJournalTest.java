// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.FileFingerprint;
import dev.gtmroutes.progress.Fingerprints;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;
import dev.gtmroutes.progress.ProgressLog.Note;
import dev.gtmroutes.progress.Ranges;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal says after the program that wrote it has ended, in whatever way. */
class ProgressJournalTest {

    private static final String LINES = "{\"n\":1}\n".repeat(20_000);
    private static final InputProgress.DestinationKey CALLS = new InputProgress.DestinationKey("calls:1-delivery",
            "push-call");
    private static final InputProgress.DestinationKey USERS = new InputProgress.DestinationKey("calls:2-delivery",
            "create-user");

    @TempDir
    Path inbox;

    private final CountingDisk disk = new CountingDisk();
    private Path file;

    @BeforeEach
    void drop() throws IOException {
        file = Files.writeString(inbox.resolve("daily.ndjson"), LINES);
    }

    private static BitSet records(int... ordinals) {
        BitSet records = new BitSet();
        IntStream.of(ordinals).forEach(records::set);
        return records;
    }

    private ProgressJournal open() throws IOException {
        return ProgressJournal.open(file, FileFingerprint.of(file), disk);
    }

    /** What the journal says by itself, without an orderly end of the run before. */
    private BitSet settled(InputProgress.DestinationKey place) throws IOException {
        InputProgress.Records records = open().settled().all().get(place);
        return records == null ? new BitSet() : records.settled();
    }

    private BitSet unsure(InputProgress.DestinationKey place) throws IOException {
        InputProgress.Records records = open().settled().all().get(place);
        return records == null ? new BitSet() : records.unsure();
    }

    private static void settle(ProgressJournal journal, InputProgress.DestinationKey place, int... ordinals)
            throws IOException {
        note(journal, Note.SETTLED, place, records(ordinals));
    }

    /** As a destination does it: the records count when the journal has them. */
    private static void note(ProgressJournal journal, Note what, InputProgress.DestinationKey place, BitSet records)
            throws IOException {
        synchronized (journal.settled()) {
            journal.note(what, place, Ranges.of(records));
            journal.settled().add(what, place, Ranges.of(records));
        }
    }

    private Path path() {
        return inbox.resolve(".daily.ndjson.progress");
    }

    @Test
    void eachNoteIsThereAtOnceForEachDestination() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0, 1, 2, 9);
        settle(journal, USERS, 7);
        settle(journal, CALLS, 3);

        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2, 3, 9));
        assertThat(settled(USERS)).isEqualTo(records(7));
    }

    @Test
    void whatIsBeingSentIsUnsureUntilItsOutcomeIsNoted() throws IOException {
        ProgressJournal journal = open();
        note(journal, Note.SENDING, CALLS, records(0, 1, 2));
        note(journal, Note.SENDING, CALLS, records(3, 4));
        settle(journal, CALLS, 0, 1);
        note(journal, Note.UNSENT, CALLS, records(3));

        assertThat(unsure(CALLS)).isEqualTo(records(2, 4));
        assertThat(settled(CALLS)).isEqualTo(records(0, 1));
    }

    @Test
    void onlyWhatIsSentOnceOnlyWaitsForTheDisk() throws IOException {
        ProgressJournal journal = open();
        for (int i = 0; i < 50; i++) {
            settle(journal, CALLS, i);
        }
        int before = disk.syncs.get();
        note(journal, Note.SENDING, CALLS, records(100));

        assertThat(before).isLessThan(10);
        assertThat(disk.syncs.get()).isGreaterThan(before);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 40})
    void aTornLastLineIsIgnoredAndNothingIsLostBehindIt(int bytes) throws IOException {
        settle(open(), CALLS, 0);
        long whole = Files.size(path());
        settle(open(), CALLS, 1);
        try (FileChannel torn = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            torn.truncate(whole + bytes);
        }
        assertThat(settled(CALLS)).isEqualTo(records(0));

        settle(open(), CALLS, 2);
        assertThat(settled(CALLS)).isEqualTo(records(0, 2));
    }

    @Test
    void aTornFirstLineIsNoProgress() throws IOException {
        Files.writeString(path(), "0a1b2c3d file 160");

        assertThat(settled(CALLS)).isEqualTo(records());
        settle(open(), CALLS, 2);
        assertThat(settled(CALLS)).isEqualTo(records(2));
    }

    @Test
    void progressThatCannotBeReadIsLeftAsItIs() throws IOException {
        settle(open(), CALLS, 0);
        Path hidden = Files.move(path(), inbox.resolve("hidden"));
        // Nobody can follow this link, not even root.
        Files.createSymbolicLink(path(), path());
        assertThatThrownBy(this::open).hasMessageContaining("Without it, records would be sent again");

        Files.move(hidden, path(), StandardCopyOption.REPLACE_EXISTING);
        assertThat(settled(CALLS)).isEqualTo(records(0));
    }

    @Test
    void aDamagedLineCostsOnlyItself() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        settle(journal, CALLS, 1);
        settle(journal, CALLS, 2);
        List<String> lines = Files.readAllLines(path());
        lines.set(2, lines.get(2).replace(" 1-1", " 1-9"));
        Files.write(path(), lines);

        assertThat(settled(CALLS)).isEqualTo(records(0, 2));
    }

    @Test
    void isCompactAfterManyNotes() throws IOException {
        ProgressJournal journal = open();
        Random random = new Random(7);
        BitSet expected = new BitSet();
        for (int i = 0; i < 20_000; i++) {
            int each = random.nextInt(20_000);
            expected.set(each);
            settle(journal, CALLS, each);
        }
        assertThat(settled(CALLS)).isEqualTo(expected);
        assertThat(Files.size(path())).isLessThan(700_000);

        journal.keep();
        assertThat(settled(CALLS)).isEqualTo(expected);
        assertThat(Files.readAllLines(path())).hasSize(2);
    }

    @Test
    void aNoteThatDoesNotFitOnTheDiskLeavesNothingBehind() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        disk.full = true;
        assertThatThrownBy(() -> settle(journal, CALLS, 1)).isInstanceOf(IOException.class);
        disk.full = false;
        settle(journal, CALLS, 2);

        assertThat(settled(CALLS)).isEqualTo(records(0, 2));
    }

    @Test
    void nothingIsNotedOfAFileThatWasGivenBack() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        journal.keep();
        settle(journal, CALLS, 1);

        assertThatThrownBy(() -> note(journal, Note.SENDING, CALLS, records(2))).isInstanceOf(IOException.class);
        assertThat(settled(CALLS)).isEqualTo(records(0));
    }

    @Test
    void aDestinationThatIsGoneIsForgotten() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        settle(journal, USERS, 1);
        note(journal, Note.GONE, CALLS, records());

        assertThat(settled(CALLS)).isEqualTo(records());
        assertThat(settled(USERS)).isEqualTo(records(1));
    }

    @Test
    void namesMayHaveBlanksInThem() throws IOException {
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("my flow:1-delivery", "push 100% of calls", 2);
        settle(open(), place, 4);

        assertThat(settled(place)).isEqualTo(records(4));
    }

    @Test
    void aJournalThatWasTakenAwayIsWrittenAnew() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        disk.full = true;
        assertThatThrownBy(() -> settle(journal, CALLS, 1)).isInstanceOf(IOException.class);
        disk.full = false;
        Files.delete(path());
        settle(journal, CALLS, 2);

        assertThat(settled(CALLS)).isEqualTo(records(0, 2));
    }

    @Test
    void aProgressFileOfFormatOneIsReadAndGoesOnInTheFormatOfToday() throws IOException {
        Files.writeString(path(),
                CheckedLine.of("file " + LINES.length() + " " + FileFingerprint.print(file, LINES.length()))
                        + CheckedLine.of("sending calls:1-delivery push-call 1 3-4")
                        + CheckedLine.of("settled calls:1-delivery push-call 1 0-2"));

        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2));
        assertThat(unsure(CALLS)).isEqualTo(records(3, 4));
        settle(open(), CALLS, 5);
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2, 5));
        assertThat(Files.readString(path())).contains(" file/2 ");
    }

    @Test
    void aFileThatWasDoneInFormatOneIsDone() throws IOException {
        Files.writeString(path(),
                CheckedLine.of("file " + LINES.length() + " " + FileFingerprint.print(file, LINES.length()))
                        + CheckedLine.of("done " + Files.getLastModifiedTime(file) + " " + FileFingerprint.of(file).key()));

        assertThat(open().isDone()).isTrue();
    }

    @Test
    void aProgressFileOfALaterFormatIsRefused() throws IOException {
        Files.writeString(path(), CheckedLine.of("file/3 something else"));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class)
                .hasMessageContaining("has format 3 of a newer version; this version reads formats up to 2. Run that "
                        + "version");
    }

    @Test
    void aDoneFileIsKnownUnlessAnotherOneHasComeForIt() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        journal.done();
        assertThat(open().isDone()).isTrue();

        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(open().isDone()).isFalse();
        assertThat(settled(CALLS)).isEqualTo(records());
    }

    @Test
    void aDoneFileThatGrewGoesOnBehindIt() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        journal.done();
        Files.writeString(file, "{\"n\":2}\n", StandardOpenOption.APPEND);

        assertThat(open().isDone()).isFalse();
        assertThat(settled(CALLS)).isEqualTo(records(0));
    }

    @Test
    void whatIsLeftOfDoneFilesIsSweptAndNothingElse() throws IOException {
        ProgressJournal gone = open();
        settle(gone, CALLS, 0);
        gone.done();
        Path other = Files.writeString(inbox.resolve("other.ndjson"), LINES);
        settle(ProgressJournal.open(other, FileFingerprint.of(other), new Disk()), CALLS, 0);
        RenamedFiles.sweep(inbox);
        assertThat(path()).exists();

        Files.delete(file);
        Files.delete(other);
        RenamedFiles.sweep(inbox);

        assertThat(path()).doesNotExist();
        // It may belong to a file that is about to be handed over.
        assertThat(inbox.resolve(".other.ndjson.progress")).exists();
    }

    @Test
    void isGoneWhenForgotten() throws IOException {
        ProgressJournal journal = open();
        settle(journal, CALLS, 0);
        journal.forget();

        assertThat(path()).doesNotExist();
    }

    @Test
    void anotherLargerFileOfTheNameHasNone() throws IOException {
        settle(open(), CALLS, 0, 1, 2);
        Files.delete(file);
        Files.writeString(file, "{\"other\":1}\n".repeat(20_000));

        assertThat(settled(CALLS)).isEqualTo(records());
        settle(open(), CALLS, 5);
        assertThat(settled(CALLS)).isEqualTo(records(5));
    }

    @Test
    void anotherFileThatOnlyBeginsAlikeHasNone() throws IOException {
        settle(open(), CALLS, 0, 1, 2);
        Files.writeString(file, LINES.substring(0, 100_000) + "{\"other\":1}\n".repeat(20_000));

        assertThat(settled(CALLS)).isEqualTo(records());
    }

    @Test
    void theSameFileTouchedOrAppendedToKeepsIt() throws IOException {
        settle(open(), CALLS, 0, 1, 2);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2));

        Files.writeString(file, "{\"n\":2}\n", StandardOpenOption.APPEND);
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2));
        settle(open(), CALLS, 3);
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2, 3));
    }

    @Test
    void aLineThatWasHalfWrittenIsReadAgain() throws IOException {
        Files.writeString(file, "{\"n\":1}\n{\"n\":");
        ProgressJournal journal = open();
        settle(journal, CALLS, 0, 1);
        note(journal, Note.LAST, CALLS, records(1));
        assertThat(settled(CALLS)).isEqualTo(records(0, 1));

        Files.writeString(file, "2}\n", StandardOpenOption.APPEND);
        assertThat(settled(CALLS)).isEqualTo(records(0));
        settle(open(), CALLS, 5);
        assertThat(settled(CALLS)).isEqualTo(records(0, 5));
    }

    @Test
    void whatWasReadOfAFileThatEndsInsideALineButNotToThatEndStays() throws IOException {
        Files.writeString(file, "{\"n\":1}\n{\"n\":2}\n{\"n\":");
        settle(open(), CALLS, 0, 1);

        Files.writeString(file, "3}\n", StandardOpenOption.APPEND);
        assertThat(settled(CALLS)).isEqualTo(records(0, 1));
    }

    @Test
    void aFileOfTheSameSizeAndEdgesIsAnotherOneIfTheRecordsWithAnOutcomeAreOthers() throws IOException {
        settleLines(open(), CALLS, 0, 9_000);
        String other = LINES.substring(0, 70_000) + LINES.substring(70_000, 71_000).replace("{\"n\":1}", "{\"n\":2}")
                + LINES.substring(71_000);
        replace(other);

        Path earlier = Files.writeString(inbox.resolve("earlier"), LINES);
        assertThat(FileFingerprint.of(file).print()).isEqualTo(FileFingerprint.of(earlier).print());
        assertThat(settled(CALLS)).isEqualTo(records());
    }

    @Test
    void aFileThatReplacesItGoesOnIfItHoldsTheRecordsWithAnOutcome() throws IOException {
        ProgressJournal journal = open();
        settleLines(journal, CALLS, 0, 2);
        settleLines(journal, USERS, 0, 1);
        settleLines(journal, CALLS, 5, 7);
        replace(LINES.substring(0, 80) + "{\"other\":1}\n");

        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 5, 6));
        assertThat(settled(USERS)).isEqualTo(records(0));
        settleLines(open(), CALLS, 7, 9);
        replace(LINES.substring(0, 80));
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 5, 6, 7, 8));
    }

    @Test
    void aRecordThatWasHalfThereCostsOnlyItselfWhereverTheWriterPaused() throws IOException {
        Files.writeString(file, "{\"n\":1}\n{\"n\":2}\n");
        ProgressJournal journal = open();
        // It is written on while it is read, in two steps.
        Files.writeString(file, "{\"n\":", StandardOpenOption.APPEND);
        settleLines(journal, CALLS, 0, 3);
        SourceRecord last = reading(2);
        synchronized (journal.settled()) {
            Ranges one = Ranges.of(records(2));
            journal.note(Note.LAST, CALLS, one, new Fingerprints(new int[] {2}, new long[] {Fingerprints.of(last.bytes())}));
            journal.settled().add(Note.LAST, CALLS, one);
        }
        Files.writeString(file, "3}\n{\"n\":4}\n", StandardOpenOption.APPEND);

        assertThat(settled(CALLS)).isEqualTo(records(0, 1));
        settleLines(open(), CALLS, 2, 4);
        Files.writeString(file, "{\"n\":5}\n", StandardOpenOption.APPEND);
        assertThat(settled(CALLS)).isEqualTo(records(0, 1, 2, 3));
    }

    @Test
    void equalRecordsOfAnotherFileAreDoubtfulWhereTheyAreSentOnce() throws IOException {
        ProgressJournal journal = open();
        synchronized (journal.settled()) {
            Ranges two = Ranges.of(records(0, 1));
            journal.note(Note.SENDING, CALLS, two, fingerprints(0, 2));
            journal.settled().add(Note.SENDING, CALLS, two);
        }
        settleLines(journal, USERS, 0, 2);
        replace("{\"n\":7}\n{\"n\":1}\n");

        long[] one = {Fingerprints.of("{\"n\":1}".getBytes(StandardCharsets.UTF_8))};
        ProgressJournal next = open();
        assertThat(next.settled().all()).isEmpty();
        assertThat(next.settled().doubtful()).containsOnlyKeys(CALLS);
        assertThat(next.settled().doubtful().get(CALLS)).contains(one);
        // Also after another crash, and for a third file.
        settleLines(next, USERS, 0, 1);
        assertThat(open().settled().doubtful().get(CALLS)).contains(one);
        replace("{\"n\":8}\n");
        assertThat(open().settled().doubtful().get(CALLS)).contains(one);
    }

    private void replace(String content) throws IOException {
        Path other = Files.writeString(inbox.resolve("other"), content);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A record of the file as a reader finds it. */
    private SourceRecord reading(int ordinal) throws IOException {
        try (RecordReader reader = RecordReader.open(file, null, null)) {
            for (int i = 0; i < ordinal; i++) {
                reader.next();
            }
            return reader.next();
        } catch (NotRecordsException e) {
            throw new IOException(e);
        }
    }

    private Fingerprints fingerprints(int from, int to) throws IOException {
        int[] ordinals = IntStream.range(from, to).toArray();
        long[] values = new long[ordinals.length];
        try (RecordReader reader = RecordReader.open(file, null, null)) {
            for (int i = 0; i < to; i++) {
                SourceRecord each = reader.next();
                if (i >= from) {
                    values[i - from] = Fingerprints.of(each.bytes());
                }
            }
            return new Fingerprints(ordinals, values);
        } catch (NotRecordsException e) {
            throw new IOException(e);
        }
    }

    /** As a destination does it, with what the records are. */
    private void settleLines(ProgressJournal journal, InputProgress.DestinationKey place, int from, int to)
            throws IOException {
        Ranges records = Ranges.of(records(IntStream.range(from, to).toArray()));
        synchronized (journal.settled()) {
            journal.note(Note.SETTLED, place, records, fingerprints(from, to));
            journal.settled().add(Note.SETTLED, place, records);
        }
    }

    @Test
    void aNameAlmostTooLongForTheDisk() throws IOException {
        file = Files.writeString(inbox.resolve("ü".repeat(120) + ".ndjson"), LINES);
        settle(open(), CALLS, 3);

        assertThat(settled(CALLS)).isEqualTo(records(3));
    }
}
