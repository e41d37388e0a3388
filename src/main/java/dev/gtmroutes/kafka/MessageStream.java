// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.Iterator;
import java.util.NoSuchElementException;

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
    /** Longer than a commit takes. */
    private static final long COMMIT_MILLIS = 200;

    private final KafkaInput input;
    private final ReadAhead ahead;
    private final int window;
    private final Runnable commit;
    private final WaitBudget waits = new WaitBudget();
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
        ConsumerRecord<byte[], byte[]> message = ahead.take(input, 0);
        if (message != null) {
            waits.came(0);
            return message;
        }
        long begun = System.nanoTime();
        message = ahead.take(input, waits.nextMillis());
        waits.came(System.nanoTime() - begun);
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
