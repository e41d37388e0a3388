// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputProgress.DestinationKey;
import dev.gtmroutes.progress.ProgressLog.Note;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of messages that must not be sent twice, and what is left of it after a crash. */
class FlowProgressTest {

    private static final TopicPartition ZERO = new TopicPartition("calls", 0);
    private static final TopicPartition ONE = new TopicPartition("calls", 1);
    private static final DestinationKey HERE = new DestinationKey("calls flow:1", "some-template");

    @TempDir
    Path directory;

    private final CountedDisk disk = new CountedDisk();
    private Path file;
    private FlowProgress progress;

    private static final class CountedDisk extends Disk {

        private int syncs;
        private boolean full;

        @Override
        public void write(FileChannel file, ByteBuffer bytes) throws IOException {
            if (full) {
                super.write(file, bytes.slice(bytes.position(), bytes.remaining() / 2));
                throw new IOException("No space left on device");
            }
            super.write(file, bytes);
        }

        @Override
        public void sync(FileChannel file) throws IOException {
            super.sync(file);
            syncs++;
        }
    }

    @BeforeEach
    void begin() throws IOException {
        file = FlowProgress.path(directory, "calls/from kafka");
        progress = again();
    }

    /** What a program knows that starts now. */
    private FlowProgress again() throws IOException {
        return FlowProgress.read("calls", file, disk);
    }

    private static MessageId message(TopicPartition partition, long offset) {
        return new MessageId(partition, offset, -31 * offset - 7);
    }

    private void note(Note what, TopicPartition partition, long... offsets) throws IOException {
        progress.note(what, HERE, LongStream.of(offsets).mapToObj(each -> message(partition, each)).toList());
    }

    private static Note state(FlowProgress progress, TopicPartition partition, long offset) {
        KnownMessage known = progress.of(message(partition, offset));
        return known == null ? null : known.at(HERE, List.of(HERE));
    }

    @Test
    void whatIsNotedOutlivesTheProgram() throws Exception {
        note(Note.SENDING, ZERO, 5, 6, 7);
        note(Note.SENDING, ONE, 5);
        note(Note.SETTLED, ZERO, 6);
        note(Note.UNSENT, ZERO, 7);

        for (FlowProgress each : List.of(progress, again())) {
            assertThat(state(each, ZERO, 5)).isEqualTo(Note.SENDING);
            assertThat(state(each, ZERO, 6)).isEqualTo(Note.SETTLED);
            assertThat(state(each, ZERO, 7)).isNull();
            assertThat(state(each, ZERO, 8)).isNull();
            assertThat(state(each, ONE, 5)).isEqualTo(Note.SENDING);
            assertThat(state(each, ONE, 6)).isNull();
        }
    }

    @Test
    void onlyWhatIsAboutToBeSentWaitsForTheDisk() throws Exception {
        note(Note.SENDING, ZERO, 5);
        assertThat(disk.syncs).isEqualTo(1);
        note(Note.SETTLED, ZERO, 5);
        note(Note.UNSENT, ZERO, 6);
        assertThat(disk.syncs).isEqualTo(1);
        note(Note.SENDING, ZERO, 7);
        assertThat(disk.syncs).isEqualTo(2);
    }

    @Test
    void anotherMessageAtTheSameOffsetIsNotTheOneThatWasNoted() throws Exception {
        note(Note.SETTLED, ZERO, 5);
        MessageId other = new MessageId(ZERO, 5, 1);
        assertThat(progress.of(other)).isNull();

        progress.note(Note.SENDING, HERE, List.of(other));
        assertThat(state(again(), ZERO, 5)).isNull();
        assertThat(again().of(other).isSending()).isTrue();
    }

    @Test
    void halfALineIsLeftOutAndNothingIsAppendedToIt() throws Exception {
        note(Note.SENDING, ZERO, 5);
        long whole = Files.size(file);
        note(Note.SENDING, ZERO, 6);
        for (long cut = Files.size(file) - 1; cut > whole; cut -= 7) {
            byte[] all = Files.readAllBytes(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(cut);
            }
            progress = again();
            assertThat(state(progress, ZERO, 5)).isEqualTo(Note.SENDING);
            assertThat(state(progress, ZERO, 6)).isNull();
            note(Note.SETTLED, ZERO, 5);
            assertThat(state(again(), ZERO, 5)).isEqualTo(Note.SETTLED);
            Files.write(file, all);
        }
    }

    @Test
    void aDamagedLineCostsOnlyWhatItTells() throws Exception {
        note(Note.SENDING, ZERO, 5);
        note(Note.SENDING, ZERO, 6);
        note(Note.SENDING, ZERO, 7);
        String text = Files.readString(file).replace("calls/0/6/", "calls/0/9/");
        Files.writeString(file, text + CheckedLine.of("sending of something else"));

        progress = again();
        assertThat(state(progress, ZERO, 5)).isEqualTo(Note.SENDING);
        assertThat(state(progress, ZERO, 6)).isNull();
        assertThat(state(progress, ZERO, 7)).isEqualTo(Note.SENDING);
    }

    @Test
    void theFormatOfALaterVersionIsRefusedAndLeftAsItIs() throws Exception {
        Files.createDirectories(file.getParent());
        String later = CheckedLine.of("messages/2") + CheckedLine.of("sending calls/0/5");
        Files.writeString(file, later);
        assertThatThrownBy(this::again).isInstanceOf(IOException.class).hasMessageContaining(file.toString())
                .hasMessageContaining("format 2").hasMessageNotContaining("\n");
        assertThat(file).hasContent(later.strip());
    }

    @Test
    void whatIsCommittedIsForgottenAndTheFileGoesWithTheLast() throws Exception {
        note(Note.SETTLED, ZERO, 5, 6);
        note(Note.SENDING, ONE, 5);
        progress.committed(ZERO, 6);
        assertThat(state(progress, ZERO, 5)).isNull();
        assertThat(state(progress, ZERO, 6)).isEqualTo(Note.SETTLED);
        progress.committed(ZERO, 7);
        assertThat(file).exists();
        note(Note.SETTLED, ONE, 5);
        progress.committed(ONE, 6);
        assertThat(file).doesNotExist();

        note(Note.SENDING, ONE, 6);
        assertThat(state(again(), ONE, 6)).isEqualTo(Note.SENDING);
        assertThat(state(again(), ONE, 5)).isNull();
    }

    @Test
    void theFileStaysSmallHoweverManyMessagesPass() throws Exception {
        note(Note.SENDING, ONE, 1);
        long longest = 0;
        for (int offset = 0; offset < 3_000; offset++) {
            note(Note.SENDING, ZERO, offset);
            note(Note.SETTLED, ZERO, offset);
            progress.committed(ZERO, offset - 100);
            longest = offset % 100 == 0 ? Math.max(longest, Files.size(file)) : longest;
        }
        assertThat(longest).isBetween(100_000L, 300_000L);
        assertThat(state(again(), ONE, 1)).isEqualTo(Note.SENDING);
        assertThat(state(again(), ZERO, 2_999)).isEqualTo(Note.SETTLED);
    }

    @Test
    void aNoteThatCouldNotBeWrittenDoesNotCountAndDamagesNoOther() throws Exception {
        note(Note.SENDING, ZERO, 5);
        disk.full = true;
        assertThatThrownBy(() -> note(Note.SENDING, ZERO, 6)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> note(Note.SETTLED, ZERO, 5)).isInstanceOf(IOException.class);
        assertThat(state(progress, ZERO, 6)).isNull();
        assertThat(state(progress, ZERO, 5)).isEqualTo(Note.SENDING);

        disk.full = false;
        note(Note.SENDING, ZERO, 7);
        FlowProgress after = again();
        assertThat(state(after, ZERO, 5)).isEqualTo(Note.SENDING);
        assertThat(state(after, ZERO, 6)).isNull();
        assertThat(state(after, ZERO, 7)).isEqualTo(Note.SENDING);
        assertThat(Files.readAllLines(file)).allMatch(each -> CheckedLine.text(each) != null);
    }

    @Test
    void aFileThatSomebodyTookAwayIsWrittenAnew() throws Exception {
        note(Note.SENDING, ZERO, 5);
        Files.delete(file);
        note(Note.SENDING, ZERO, 6);
        assertThat(state(again(), ZERO, 5)).isEqualTo(Note.SENDING);
        assertThat(state(again(), ZERO, 6)).isEqualTo(Note.SENDING);
    }
}
