// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.record.PlacedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of one input, handed out as they are read from Kafka: requests are filled from one poll and the next one,
 * and while they are in flight, more are made. It ends when no more messages come, so that the records of a request that
 * is not full do not wait, and after {@value #LONGEST_MILLIS} ms, so that the flow tells now and then what it has done.
 *
 * <p>No more messages are handed out than the window: those are not committed yet, and would come again after a crash.
 */
final class MessageStream implements Iterator<PlacedRecord> {

    private static final long LONGEST_MILLIS = 10_000;
    /** The longest wait for a message that is on its way from the broker. */
    private static final long WAIT_MILLIS = 100;
    /** The longest of all such waits: a slow trickle of messages must not keep the first one from being sent. */
    private static final long ALL_WAITS_MILLIS = 200;
    /** Longer than a commit takes. */
    private static final long COMMIT_MILLIS = 200;

    private final KafkaInput input;
    private final ReadAhead ahead;
    private final int window;
    private final Runnable commit;
    private long waitsLeft = TimeUnit.MILLISECONDS.toNanos(ALL_WAITS_MILLIS);
    private PlacedRecord next;
    private boolean ended;

    /**
     * @param window the highest number of messages that are handed out and not committed
     * @param commit has what is settled committed, on another thread
     */
    MessageStream(KafkaInput input, ReadAhead ahead, int window, Runnable commit) {
        this.input = input;
        this.ahead = ahead;
        this.window = window;
        this.commit = commit;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                ConsumerRecord<byte[], byte[]> message = read();
                next = message == null ? null : new PlacedRecord(message.value(), new MessageOrigin(message));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            ended = next == null;
        }
        return next != null;
    }

    @Override
    public PlacedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more messages.");
        }
        PlacedRecord record = next;
        next = null;
        return record;
    }

    private ConsumerRecord<byte[], byte[]> read() throws InterruptedException {
        if (input.isEnding() || input.millis() > LONGEST_MILLIS || !windowOpens()) {
            return null;
        }
        long begun = System.nanoTime();
        ConsumerRecord<byte[], byte[]> message = ahead.take(input,
                Math.min(WAIT_MILLIS, TimeUnit.NANOSECONDS.toMillis(waitsLeft)));
        waitsLeft -= System.nanoTime() - begun;
        return message;
    }

    /**
     * Where nothing can be committed, what is in work waits for its end: perhaps for a request that is not full, and that
     * no more records will fill.
     */
    private boolean windowOpens() throws InterruptedException {
        if (input.uncommitted() < window) {
            return true;
        }
        if (!input.hasCommittable()) {
            return false;
        }
        commit.run();
        return input.awaitCommitted(window, COMMIT_MILLIS);
    }
}
