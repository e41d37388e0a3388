// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be committed of an input, what would come again, and what is read ahead of it. */
class KafkaInputTest {

    private static final TopicPartition ZERO = new TopicPartition("calls", 0);
    private static final TopicPartition ONE = new TopicPartition("calls", 1);

    @TempDir
    Path directory;

    private final BitSet settled = new BitSet();
    private final KafkaInput input = new KafkaInput(message(0, 5));

    private static ConsumerRecord<byte[], byte[]> message(int partition, long offset) {
        return new ConsumerRecord<>("calls", partition, offset, null, new byte[] {'{', '}'});
    }

    private static MessageId id(long offset) {
        return MessageId.of(message(0, offset), ZERO);
    }

    /** Ordinals 0 to 5 by turns: offsets 5, 6 and 7 of both partitions. */
    private void handOutThreeOfEach() {
        input.settledBy(() -> (BitSet) settled.clone());
        for (int offset = 5; offset < 8; offset++) {
            input.handOut(message(0, offset));
            input.handOut(message(1, offset));
        }
    }

    private Map<TopicPartition, Long> committable() {
        return input.committable().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> ((OffsetAndMetadata) each.getValue()).offset()));
    }

    private void settle(int... ordinals) {
        IntStream.of(ordinals).forEach(settled::set);
    }

    @Test
    void onlyWhatHasNothingOpenBeforeItInItsPartitionIsCommitted() {
        handOutThreeOfEach();
        assertThat(committable()).isEmpty();
        settle(2, 4, 5, 1);
        assertThat(committable()).containsExactly(Map.entry(ONE, 6L));
        settle(0);
        assertThat(committable()).containsOnly(Map.entry(ZERO, 8L), Map.entry(ONE, 6L));
        assertThat(input.unsettled()).containsExactly(Map.entry(ONE, 6L));
    }

    @Test
    void whatWasSettledAfterACommitHadBegunIsNotTakenForCommitted() {
        handOutThreeOfEach();
        settle(0);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 6L));
        settle(2, 4);
        assertThat(input.hasCommittable()).isTrue();
        input.committed();
        assertThat(input.uncommitted()).isEqualTo(5);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 8L));
        input.committed();
        assertThat(input.uncommitted()).isEqualTo(3);
        assertThat(committable()).isEmpty();
    }

    /** A flow whose first request is tried again for an hour has many of them. */
    @Test
    void whatIsInAMessageIsNotKeptUntilItsCommit() throws Exception {
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("calls:1", "a");
        FlowProgress progress = FlowProgress.read("calls", FlowProgress.path(directory, "calls"), new Disk());
        input.noteIn(new InputJournal(progress, new InputProgress(), List.of(place), List.of(), true));
        ConsumerRecord<byte[], byte[]> message = message(0, 6);
        WeakReference<byte[]> value = new WeakReference<>(message.value());
        input.handOut(message);
        message = null;

        Awaitility.await().until(() -> {
            System.gc();
            return value.get() == null;
        });
        assertThat(input.uncommitted()).isEqualTo(1);
    }

    @Test
    void aPartitionThatComesBackBeginsAnew() {
        handOutThreeOfEach();
        settle(0, 2);
        input.release(List.of(ZERO));
        assertThat(committable()).isEmpty();
        assertThat(input.uncommitted()).isEqualTo(3);
        input.handOut(message(0, 6));
        settle(4);
        assertThat(committable()).isEmpty();
        assertThat(input.unsettled()).containsOnly(Map.entry(ZERO, 6L), Map.entry(ONE, 5L));
        settle(6);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 7L));
    }

    @Test
    void anInputIsOverWhenAMessageThatIsInWorkIsTakenAway() {
        handOutThreeOfEach();
        settle(0, 2, 4);
        input.release(List.of(ZERO));
        assertThat(input.isOver()).isFalse();
        assertThat(input.isEnding()).isFalse();
        input.release(List.of(ONE));
        assertThat(input.isOver()).isTrue();
        assertThat(input.isEnding()).isTrue();
    }

    @Test
    void anInputIsOverAsSoonAsTheWaitForAMessageThatWillBeTakenAwayEnds() {
        input.isStream();
        handOutThreeOfEach();
        settle(0, 2, 4);
        input.land(List.of(ZERO), 60_000);
        assertThat(input.isOver()).isFalse();
        input.land(List.of(ONE), 1);
        assertThat(input.isOver()).isTrue();
    }

    @Test
    void aMessageThatWasTakenAwayCannotBeSentAndWhatItsNextOwnerNotesIsNotTakenBack() throws Exception {
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("calls:1", "a");
        FlowProgress progress = FlowProgress.read("calls", FlowProgress.path(directory, "calls"), new Disk());
        InputJournal journal = new InputJournal(progress, new InputProgress(), List.of(place), List.of(place), true);
        input.noteIn(journal);
        input.handOut(message(0, 5));
        input.handOut(message(0, 6));
        input.handOut(message(1, 5));
        journal.note(ProgressLog.Note.SENDING, place, Ranges.of(0));
        input.release(List.of(ZERO));

        assertThatThrownBy(() -> journal.note(ProgressLog.Note.SENDING, place, Ranges.of(1)))
                .hasMessage("a message that was about to be sent is in the partition of another consumer");
        progress.note(ProgressLog.Note.SENDING, place, List.of(id(6)));
        journal.note(ProgressLog.Note.UNSENT, place, Ranges.of(1));
        assertThat(progress.of(id(6)).isSending()).isTrue();
        // It was in flight.
        journal.note(ProgressLog.Note.UNSENT, place, Ranges.of(0));
        assertThat(progress.of(id(5))).isNull();
        journal.note(ProgressLog.Note.SENDING, place, Ranges.of(2));
    }

    @Test
    void whatHadItsOutcomeBeforeIsNotHandedOutAndCountsForTheCommit() throws Exception {
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("calls:1", "a");
        FlowProgress progress = FlowProgress.read("calls", FlowProgress.path(directory, "calls"), new Disk());
        progress.note(ProgressLog.Note.SETTLED, place, List.of(id(5), id(7)));
        progress.note(ProgressLog.Note.SENDING, place, List.of(id(6)));
        InputProgress outcomes = new InputProgress();
        input.noteIn(new InputJournal(progress, outcomes, List.of(place), List.of(place), true));
        input.settledBy(() -> (BitSet) settled.clone());
        ReadAhead ahead = new ReadAhead(10, () -> {});
        ahead.add(polled(message(0, 5), message(0, 6), message(0, 7), message(0, 8)));

        assertThat(ahead.take(input, 0).offset()).isEqualTo(6);
        assertThat(outcomes.all().get(place).unsure()).isEqualTo(BitSet.valueOf(new long[] {1}));
        assertThat(committable()).containsExactly(Map.entry(ZERO, 6L));
        assertThat(ahead.take(input, 0).offset()).isEqualTo(8);
        assertThat(ahead.take(input, 0)).isNull();
        assertThat(input.handedOut()).isEqualTo(2);
        settle(0);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 8L));
        settle(1);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 9L));
        assertThat(input.unsettled()).isEmpty();
    }

    @Test
    void messagesOfATopicThatIsMadeAgainMeanwhileAreNotTakenForCommitted() throws Exception {
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("calls:1", "a");
        FlowProgress progress = FlowProgress.read("calls", FlowProgress.path(directory, "calls"), new Disk());
        InputJournal journal = new InputJournal(progress, new InputProgress(), List.of(place), List.of(place), true);
        input.noteIn(journal);
        input.settledBy(() -> (BitSet) settled.clone());
        input.handOut(message(0, 1000));
        settle(0);
        assertThat(committable()).containsExactly(Map.entry(ZERO, 1001L));
        input.handOut(message(0, 0));
        input.committed();
        assertThat(committable()).isEmpty();
        input.committed();

        journal.note(ProgressLog.Note.SENDING, place, Ranges.of(1));
        assertThat(progress.of(id(0)).isSending()).isTrue();
        assertThatThrownBy(() -> journal.note(ProgressLog.Note.SENDING, place, Ranges.of(0)))
                .hasMessage("a message that was about to be sent is committed already");
    }

    @Test
    void noMoreThanThatAreReadAheadAndThoseOfAPartitionThatIsGoneAreForgotten() throws Exception {
        int[] wanted = new int[1];
        // Eight of them, in polls of up to four.
        ReadAhead ahead = new ReadAhead(8, () -> wanted[0]++);
        for (int offset = 5; offset < 7; offset++) {
            ahead.add(polled(message(0, offset)));
        }
        for (int offset = 5; offset < 8; offset++) {
            assertThat(ahead.hasRoom()).isTrue();
            ahead.add(polled(message(1, offset)));
        }
        assertThat(ahead.hasRoom()).isFalse();
        assertThat(ahead.take(input, 0).offset()).isEqualTo(5);
        assertThat(ahead.hasRoom()).isTrue();
        assertThat(wanted[0]).isEqualTo(1);
        assertThat(ahead.drop(List.of(ZERO))).containsExactly(Map.entry(ZERO, 6L));
        for (int offset = 5; offset < 8; offset++) {
            assertThat(ahead.take(input, 0)).extracting(ConsumerRecord::partition, ConsumerRecord::offset)
                    .containsExactly(1, (long) offset);
        }
        assertThat(ahead.take(input, 0)).isNull();
        assertThat(input.handedOut()).isEqualTo(4);
    }

    @Test
    void aFewLargeMessagesAreEnough() {
        ReadAhead ahead = new ReadAhead(1000, () -> {});
        ConsumerRecord<byte[], byte[]> large = new ConsumerRecord<>("calls", 0, 0, 0,
                TimestampType.CREATE_TIME, -1, 2_000_000, null, new byte[2_000_000],
                new RecordHeaders(), Optional.empty());
        ahead.add(polled(large));
        assertThat(ahead.hasRoom()).isTrue();
        ahead.add(polled(large));
        assertThat(ahead.hasRoom()).isFalse();
        ahead.drop(List.of(ZERO));
        assertThat(ahead.hasRoom()).isTrue();
    }

    @SafeVarargs
    private static ConsumerRecords<byte[], byte[]> polled(ConsumerRecord<byte[], byte[]>... messages) {
        return new ConsumerRecords<>(List.of(messages).stream().collect(Collectors.groupingBy(KafkaInput::partition)),
                Map.of());
    }
}
