// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Messages that were read before the flow asked for them, in the order in which they came. They are bounded in number, and
 * no more are read while they are {@value #MOST_BYTES} bytes or more: what is read long before it is sent outlives young
 * generations. For any number of threads.
 */
final class ReadAhead {

    private static final long MOST_BYTES = 4_000_000;

    private final Deque<ConsumerRecord<byte[], byte[]>> messages = new ArrayDeque<>();
    private final int perPoll;
    private final int most;
    private final Runnable whenWanted;
    private long bytes;

    /**
     * @param window     the highest number of messages in work; as many are read ahead
     * @param whenWanted runs when there is room for another poll, or when someone waits for a message
     */
    ReadAhead(int window, Runnable whenWanted) {
        this.perPoll = perPoll(window);
        this.most = Math.max(window, perPoll);
        this.whenWanted = whenWanted;
    }

    /** The highest number of messages that one poll may bring, where so many may be in work. */
    static int perPoll(int window) {
        return Math.max(1, window / 2);
    }

    synchronized boolean hasRoom() {
        return messages.size() + perPoll <= most && bytes < MOST_BYTES;
    }

    synchronized void add(ConsumerRecords<byte[], byte[]> polled) {
        for (ConsumerRecord<byte[], byte[]> message : polled) {
            messages.add(message);
            bytes += size(message);
        }
        notifyAll();
    }

    /** The message that is taken next, or null. */
    synchronized ConsumerRecord<byte[], byte[]> first() {
        return messages.peek();
    }

    /**
     * Hands out the next message that has no outcome yet: it is part of the input from then on, and so are those before it.
     *
     * @param millis the longest wait for one
     * @return       null if none came
     */
    ConsumerRecord<byte[], byte[]> take(KafkaInput input, long millis) throws InterruptedException {
        ConsumerRecord<byte[], byte[]> message = takeNow(input);
        if (message == null && millis > 0) {
            whenWanted.run();
            await(millis);
            message = takeNow(input);
        }
        return message;
    }

    private synchronized void await(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = millis; messages.isEmpty() && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
    }

    private ConsumerRecord<byte[], byte[]> takeNow(KafkaInput input) {
        ConsumerRecord<byte[], byte[]> message;
        boolean roomAgain;
        synchronized (this) {
            boolean room = hasRoom();
            message = messages.poll();
            boolean open = false;
            while (message != null && !open) {
                bytes -= size(message);
                open = input.handOut(message);
                message = open ? message : messages.poll();
            }
            roomAgain = !room && hasRoom();
        }
        if (roomAgain) {
            whenWanted.run();
        }
        return message;
    }

    /** Hands out what there is, up to so many, for an input of which nothing was handed out yet. */
    List<ConsumerRecord<byte[], byte[]>> takeAll(KafkaInput input, int most) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each = takeNow(input); each != null; each = all.size() < most ? takeNow(input)
                : null) {
            all.add(each);
        }
        return all;
    }

    /**
     * Forgets what was read of these partitions.
     *
     * @return the offset of the first message of each partition that had some
     */
    synchronized Map<TopicPartition, Long> drop(Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> firsts = new HashMap<>();
        messages.removeIf(message -> {
            TopicPartition partition = KafkaInput.partition(message);
            boolean dropped = partitions.contains(partition);
            if (dropped) {
                firsts.putIfAbsent(partition, message.offset());
                bytes -= size(message);
            }
            return dropped;
        });
        return firsts;
    }

    private static long size(ConsumerRecord<byte[], byte[]> message) {
        return Math.max(0, message.serializedKeySize()) + Math.max(0, message.serializedValueSize());
    }
}
