package dev.gtmroutes.kafka;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The messages of one poll while they are in work: the records of one chunk, in this order. It knows how far each
 * partition may be committed. Partitions that are taken away meanwhile are no longer its business.
 */
final class Poll {

    private final List<ConsumerRecord<byte[], byte[]>> messages = new ArrayList<>();
    private final Set<TopicPartition> held;
    private final long begun = System.nanoTime();
    private volatile Supplier<BitSet> settled = BitSet::new;

    Poll(ConsumerRecords<byte[], byte[]> polled) {
        polled.forEach(messages::add);
        held = new HashSet<>(polled.partitions());
    }

    List<ConsumerRecord<byte[], byte[]>> messages() {
        return messages;
    }

    /** How long it is in work. */
    long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    /** @param settled tells at any time which of the messages, by their ordinals, have a durable outcome */
    void settledBy(Supplier<BitSet> settled) {
        this.settled = settled;
    }

    /** These were taken away: their next owner begins behind what is committed. */
    void release(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
    }

    /** @return behind which messages each held partition goes on, all before them being settled; some may be missing */
    Map<TopicPartition, OffsetAndMetadata> committable() {
        Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>();
        BitSet done = settled.get();
        for (int i = 0; i < messages.size(); i++) {
            ConsumerRecord<byte[], byte[]> each = messages.get(i);
            TopicPartition partition = partition(each);
            if (!done.get(i)) {
                open.add(partition);
            } else if (held.contains(partition) && !open.contains(partition)) {
                ends.put(partition, new OffsetAndMetadata(each.offset() + 1, each.leaderEpoch(), ""));
            }
        }
        return ends;
    }

    /** @return the first message without an outcome, for each held partition that has one */
    Map<TopicPartition, Long> unsettled() {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        BitSet done = settled.get();
        for (int i = 0; i < messages.size(); i++) {
            TopicPartition partition = partition(messages.get(i));
            if (!done.get(i) && held.contains(partition)) {
                firsts.putIfAbsent(partition, messages.get(i).offset());
            }
        }
        return firsts;
    }

    private static TopicPartition partition(ConsumerRecord<?, ?> message) {
        return new TopicPartition(message.topic(), message.partition());
    }
}
