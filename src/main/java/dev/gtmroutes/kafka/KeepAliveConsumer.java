// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import dev.gtmroutes.api.Backoff;
import dev.gtmroutes.thread.VitalThread;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consumer that hands out one input at a time, reads ahead while that is in work, and keeps its place in the group,
 * however long that takes: Kafka takes the partitions of a consumer away that does not poll, and an API that is down for
 * a day must not do that. A thread of its own polls then; with all partitions paused where it has read ahead enough.
 *
 * <p>It commits nothing but what is settled of an input, at once and partition by partition, and hands out no other input
 * until all of that is committed: after a crash no more than {@code window} messages come again.
 */
final class KeepAliveConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAliveConsumer.class);

    /** The longest a poll waits for messages: a flow that stops waits for it. */
    private static final Duration WAIT = Duration.ofMillis(200);
    /** The same while an input is in work: its end, and its commits, wait for it. */
    private static final Duration AHEAD = Duration.ofMillis(5);
    /** Long enough for a step of a rebalance, where nothing else is to be done. */
    private static final Duration KEEP = Duration.ofMillis(50);
    /** How often a consumer with nothing to read polls: the others of its group wait for it when one joins or leaves. */
    private static final long MOST_KEEP_MILLIS = 50;
    /** How often the reading thread looks what there is to do, should nothing tell it. */
    private static final long LOOK_MILLIS = 50;
    /** The same while nothing is in work; it is told when that changes. */
    private static final long IDLE_MILLIS = 60_000;
    /** The longest wait for requests in flight when their partition is taken away. */
    private static final long MOST_LAND_MILLIS = 3000;
    /** How long what is settled may wait for its commit before it is noted, and as long again. */
    private static final long NOTE_NANOS = 500_000_000;
    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    private final String flow;
    private final int window;
    private final BrokerProblemLog trouble;
    private final DueCommits commits;
    /** Kafka's client refuses a second thread; here it waits, and for no longer than the others before it. */
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Metric connections;
    private final long keepNanos;
    private final long landMillis;
    private final Set<TopicPartition> pausedHere = new HashSet<>();
    private final Semaphore wanted = new Semaphore(0);
    private final ReadAhead ahead;
    private volatile KafkaInput inWork;
    private final VitalThread reader;
    private volatile boolean closed;
    /** Only for the reading thread: whether it has something to do at once. */
    private boolean isMore;
    /** In a row. Inputs end one after the other. */
    private volatile int failures;
    private boolean keeping;
    private long polled = System.nanoTime();
    private long noted = System.nanoTime();

    /**
     * @param settings as camel-kafka makes them
     * @param window   the highest number of messages that are in work and not committed; as many are read ahead
     */
    KeepAliveConsumer(String flow, Properties settings, int window) {
        super(settings);
        this.flow = flow;
        this.window = window;
        ahead = new ReadAhead(window, wanted::release);
        trouble = new BrokerProblemLog(flow, settings);
        commits = new DueCommits(flow, this, trouble);
        connections = metrics().values().stream().filter(each -> each.metricName().name().equals("connection-count"))
                .findFirst().orElseThrow();
        int pollInterval = Integer.parseInt(settings.getOrDefault("max.poll.interval.ms", "300000").toString());
        keepNanos = TimeUnit.MILLISECONDS.toNanos(Math.min(MOST_KEEP_MILLIS, Math.max(1, pollInterval / 10)));
        landMillis = Math.min(MOST_LAND_MILLIS, pollInterval / 4);
        reader = VitalThread.start("kafka-reader " + flow, this::readAhead);
    }

    @SuppressWarnings("deprecation") // Its successor is not there in Kafka 3, which other Camel runtimes bring.
    private static ConsumerRecords<byte[], byte[]> only(ConsumerRecord<byte[], byte[]> first) {
        return new ConsumerRecords<>(Map.of(KafkaInput.partition(first), List.of(first)));
    }

    /**
     * @param  ignored the consumer itself knows how long to wait
     * @return         one message that stands for the next input, {@link #inWork}: Camel would make an exchange of each
     */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration ignored) {
        lock.lock();
        try {
            // Whatever Camel does: one input at a time, and none ahead of the commit of the last one.
            if (inWork != null || !commits.commit()) {
                keepPlace(KEEP);
                return ConsumerRecords.empty();
            }
            if (ahead.first() == null) {
                read(WAIT);
            }
            ConsumerRecord<byte[], byte[]> first = ahead.first();
            if (first == null) {
                return ConsumerRecords.empty();
            }
            inWork = new KafkaInput(first);
            wanted.release();
            return only(first);
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            trouble.tell("no messages can be read", e);
            trouble.pause();
            return ConsumerRecords.empty();
        } finally {
            lock.unlock();
        }
    }

    /** The input that the last poll stands for. */
    KafkaInput inWork() {
        return inWork;
    }

    /** @return the messages of the input, handed out as they come */
    MessageStream stream(KafkaInput input) {
        input.isStream();
        return new MessageStream(input, ahead, window, () -> {
            commits.hurry();
            wanted.release();
        });
    }

    /** @return the messages of the input: those that have been read */
    List<ConsumerRecord<byte[], byte[]>> messages(KafkaInput input) {
        return ahead.takeAll(input, window);
    }

    /** @param progress told what is committed; null for nobody */
    void tellCommits(FlowProgress progress) {
        commits.tell(progress);
    }

    /** An input failed: how long to wait before what failed of it comes again. */
    Duration failed() {
        return BACKOFF.delay(++failures);
    }

    /** An input was accepted. */
    void worked() {
        failures = 0;
    }

    /**
     * An input is no longer in work: commits what has its outcome, and goes back to what has none.
     *
     * @return whether it was in work until now
     */
    boolean end(KafkaInput input) {
        lock.lock();
        try {
            if (inWork != input) {
                return false;
            }
            Map<TopicPartition, Long> again = input.unsettled();
            ahead.drop(again.keySet());
            again.forEach(this::seek);
            inWork = null;
            try {
                commits.commit(input);
            } finally {
                noteUncommitted(input, true);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void noteUncommitted(KafkaInput input, boolean all) {
        noted = System.nanoTime();
        try {
            input.noteUncommitted(all);
        } catch (IOException e) {
            LOG.warn("{}: cannot save the progress of messages ({}). After a crash, messages that are not committed are "
                    + "sent again", flow, e.toString());
        }
    }

    /** What the reading thread does over and over, until the consumer is closed. */
    private void readAhead() throws InterruptedException {
        boolean more = isMore;
        isMore = false;
        try {
            if (!more) {
                wanted.tryAcquire(inWork == null ? IDLE_MILLIS : LOOK_MILLIS, TimeUnit.MILLISECONDS);
                wanted.drainPermits();
            }
            isMore = inWork != null && goOn();
        } catch (InterruptException e) {
            // Kafka's client has set the flag again, with which the next wait would end at once.
            Thread.interrupted();
        } catch (RuntimeException e) {
            // The next try may succeed, and if none does, what is in work comes again.
            LOG.debug("{}: reading ahead", flow, e);
        }
    }

    /** @return whether there is more to do at once */
    private boolean goOn() {
        lock.lock();
        try {
            KafkaInput input = inWork;
            if (input == null || closed) {
                return false;
            }
            boolean committed = !commits.isDue(input, window) || commits.commit(input);
            if (System.nanoTime() - noted >= NOTE_NANOS) {
                noteUncommitted(input, false);
            }
            if (committed && commits.isEmpty() && ahead.hasRoom()) {
                return read(AHEAD) && ahead.hasRoom();
            }
            // What cannot be committed may wait for a rebalance, which polling ends.
            if (!committed) {
                keepPlace(KEEP);
            } else if (System.nanoTime() - polled >= keepNanos) {
                keepPlace(Duration.ZERO);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private boolean read(Duration wait) {
        resume(pausedHere);
        pausedHere.clear();
        ConsumerRecords<byte[], byte[]> messages = super.poll(wait);
        polled = System.nanoTime();
        trouble.polled((double) connections.metricValue() > 0);
        ahead.add(messages);
        return !messages.isEmpty();
    }

    private void keepPlace(Duration wait) {
        keeping = true;
        try {
            pauseHere(assignment());
            ConsumerRecords<byte[], byte[]> unwanted = super.poll(wait);
            polled = System.nanoTime();
            unwanted.partitions().forEach(each -> seek(each, unwanted.records(each).get(0).offset()));
        } finally {
            keeping = false;
        }
    }

    private void pauseHere(Collection<TopicPartition> partitions) {
        Set<TopicPartition> running = new HashSet<>(partitions);
        running.removeAll(paused());
        super.pause(running);
        pausedHere.addAll(running);
    }

    /**
     * Camel pauses the consumer of a flow that is being stopped: these do not go on when an input has ended, and what was
     * read ahead of them is read again when they do.
     */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            super.pause(partitions);
            pausedHere.removeAll(partitions);
            ahead.drop(partitions).forEach(this::seek);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Changes(listener));
    }

    @Override
    public void subscribe(Pattern topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Changes(listener));
    }

    @Override
    public void unsubscribe() {
        lock.lock();
        try {
            super.unsubscribe();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        reader.stop();
        wanted.release();
        lock.lock();
        try {
            super.close();
            inWork = null;
        } finally {
            lock.unlock();
        }
    }

    /** What the group gives this consumer and takes from it. Called within a poll, with the lock held. */
    private final class Changes implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener others;

        Changes(ConsumerRebalanceListener others) {
            this.others = others;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            others.onPartitionsAssigned(partitions);
            if (keeping) {
                pauseHere(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            ahead.drop(partitions);
            KafkaInput input = inWork;
            if (input != null) {
                if (!closed && !partitions.isEmpty()) {
                    // Their next owner would send once more what is in flight.
                    input.land(partitions, landMillis);
                }
                noteUncommitted(input, true);
                commits.commit(input);
            } else {
                commits.commit();
            }
            forget(partitions);
            others.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            // First: others may have sent what waits here already.
            forget(partitions);
            if (inWork != null) {
                noteUncommitted(inWork, true);
            }
            others.onPartitionsLost(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            ahead.drop(partitions);
            commits.forget(partitions);
            pausedHere.removeAll(partitions);
            if (inWork != null) {
                inWork.release(partitions);
            }
        }
    }
}
