// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The messages that one input consists of, in the order in which they were handed out. It knows how far each partition may
 * be committed, and counts the messages that would come again after a crash. Partitions that are taken away are no longer
 * its business. For any number of threads.
 */
final class KafkaInput {

    private final ConsumerRecord<byte[], byte[]> first;
    private final long begun = System.nanoTime();
    private final Map<TopicPartition, PartitionProgress> held = new HashMap<>();
    /** Of the message that was handed out last. */
    private TopicPartition last;
    private PartitionProgress lastProgress;
    private volatile Supplier<BitSet> settled = BitSet::new;
    private volatile InputJournal journal;
    private volatile boolean stream;
    private volatile boolean ending;
    private volatile boolean over;
    private int handedOut;
    private int uncommitted;

    /** Nothing is handed out yet. @param first the message it begins with, which names it */
    KafkaInput(ConsumerRecord<byte[], byte[]> first) {
        this.first = first;
    }

    /** Topic, partition and offset of its first message. */
    String name() {
        return first.topic() + "-" + first.partition() + "-" + first.offset();
    }

    /** The topic of its first message. */
    String topic() {
        return first.topic();
    }

    /** How long it has been in work, in milliseconds. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** @param settled tells at any time which of the messages, by their ordinals, have a durable outcome */
    void settledBy(Supplier<BitSet> settled) {
        this.settled = settled;
    }

    /** Messages are handed out as long as there are some, and what becomes of each is known as it happens. */
    void isStream() {
        stream = true;
    }

    /** Whether nothing more is to be handed out. */
    boolean isEnding() {
        return ending;
    }

    /** Whether nothing of it is to be sent any more: others send messages that have no outcome here. */
    boolean isOver() {
        return over;
    }

    /** @param journal what is known of its messages from before; what becomes of them now is noted there */
    void noteIn(InputJournal journal) {
        this.journal = journal;
    }

    /**
     * The message is in work from now on; the caller hands it out next.
     *
     * @return false if it has its outcome already, and is not to be handed out
     */
    synchronized boolean handOut(ConsumerRecord<byte[], byte[]> message) {
        PartitionProgress progress = progress(message);
        boolean open = journal == null || journal.handOut(handedOut, MessageId.of(message, last));
        if (open) {
            progress.add(handedOut++, message.offset(), message.leaderEpoch());
        } else {
            progress.addDone(message.offset(), message.leaderEpoch());
        }
        uncommitted++;
        return open;
    }

    /** Messages of one partition come in a row. */
    private PartitionProgress progress(ConsumerRecord<byte[], byte[]> message) {
        if (last == null || last.partition() != message.partition() || !last.topic().equals(message.topic())) {
            last = partition(message);
            lastProgress = held.computeIfAbsent(last, each -> new PartitionProgress());
        }
        return lastProgress;
    }

    /** How many messages were handed out. */
    synchronized int handedOut() {
        return handedOut;
    }

    /** How many messages of held partitions would come again after a crash. */
    synchronized int uncommitted() {
        return uncommitted;
    }

    /**
     * Waits until fewer messages than that are uncommitted.
     *
     * @param millis the longest wait
     * @return       whether it is so
     */
    synchronized boolean awaitCommitted(int fewerThan, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; uncommitted >= fewerThan && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return uncommitted < fewerThan;
    }

    /**
     * These were taken away: their next owner begins behind what is committed, and sends it. Where that is in work here,
     * the input {@linkplain #isOver is over}; a message that is about to be sent only once is noted before this returns, or
     * cannot be any more.
     */
    void release(Collection<TopicPartition> partitions) {
        endIfOpen(partitions);
        InputJournal notes = journal;
        if (notes != null) {
            notes.release(partitions);
        }
        synchronized (this) {
            held.keySet().removeAll(partitions);
            last = null;
            count();
        }
    }

    private void endIfOpen(Collection<TopicPartition> partitions) {
        if (isOpen(partitions)) {
            over = true;
            ending = true;
        }
    }

    /**
     * For the one who commits.
     *
     * @return behind which messages each held partition goes on, all before them being settled; some may be missing
     */
    synchronized Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        settle();
        held.forEach((partition, progress) -> progress.toCommit().ifPresent(end -> ends.put(partition, end)));
        return ends;
    }

    /** Kafka has taken what {@link #committable} returned last. */
    synchronized void committed() {
        Map<TopicPartition, Integer> last = new HashMap<>();
        held.forEach((partition, progress) -> last.put(partition, progress.committed()));
        if (journal != null) {
            journal.committed(last);
        }
        count();
    }

    /**
     * Notes what has its outcome and is not committed, so that it does not come again.
     *
     * @param all false for those only that had it when this was last called
     * @throws IOException if they could not be noted
     */
    void noteUncommitted(boolean all) throws IOException {
        InputJournal notes = journal;
        if (notes != null) {
            notes.noteUncommitted(all);
        }
    }

    /** Whether {@link #committable} has something to return. */
    synchronized boolean hasCommittable() {
        settle();
        return held.values().stream().anyMatch(PartitionProgress::hasToCommit);
    }

    private void settle() {
        BitSet done = settled.get();
        held.values().forEach(each -> each.settle(done));
    }

    private void count() {
        uncommitted = held.values().stream().mapToInt(PartitionProgress::uncommitted).sum();
        notifyAll();
    }

    /** @return the first message without an outcome, for each held partition that has one */
    synchronized Map<TopicPartition, Long> unsettled() {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        settle();
        held.forEach((partition, progress) -> progress.firstUnsettled().ifPresent(each -> firsts.put(partition, each)));
        return firsts;
    }

    /**
     * Hands out nothing more, and waits until each message of these partitions that is in work has its outcome; not at all
     * where that is not known before the end. Then the input {@linkplain #isOver is over}, if one has none. An interrupted
     * thread waits no more.
     *
     * @param millis the longest wait
     */
    void land(Collection<TopicPartition> partitions, long millis) {
        ending = true;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (stream && isOpen(partitions) && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        endIfOpen(partitions);
    }

    private boolean isOpen(Collection<TopicPartition> partitions) {
        return unsettled().keySet().stream().anyMatch(partitions::contains);
    }

    static TopicPartition partition(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }
}
