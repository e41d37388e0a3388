package dev.gtmroutes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
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
 * A consumer that hands out one poll at a time and keeps its place in the group while that is in work, however long:
 * Kafka takes the partitions of a consumer away that does not poll, and an API that is down for a day must not do that.
 * So a thread polls in its place, with all partitions paused.
 *
 * <p>It commits nothing but what {@link #end} tells it of, and hands out nothing more until that is committed: after a
 * crash no more than one poll comes again.
 */
final class PatientConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(PatientConsumer.class);

    /** The longest a poll waits for messages: a flow that stops waits for it. */
    private static final Duration WAIT = Duration.ofMillis(200);
    /** Long enough for a step of a rebalance. */
    private static final Duration KEEP = Duration.ofMillis(50);
    private static final long MOST_KEEP_MILLIS = 1000;
    private static final long FIRST_WAIT_MILLIS = 1000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final String flow;
    private final Trouble trouble;
    private final DueCommits commits;
    private final Backoff waits = new Backoff(FIRST_WAIT_MILLIS, LONGEST_WAIT_MILLIS);
    /** Kafka's client refuses a second thread; here it waits. */
    private final ReentrantLock lock = new ReentrantLock();
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "kafka-keeper");
        thread.setDaemon(true);
        return thread;
    });
    private final Metric connections;
    private final long keepMillis;
    private final Set<TopicPartition> pausedHere = new HashSet<>();
    private Poll inWork;
    private boolean handedOut;

    /** @param settings as camel-kafka makes them */
    PatientConsumer(String flow, Properties settings) {
        super(settings);
        this.flow = flow;
        trouble = new Trouble(flow, settings);
        commits = new DueCommits(flow, this, trouble);
        connections = metrics().values().stream().filter(each -> each.metricName().name().equals("connection-count"))
                .findFirst().orElseThrow();
        int pollInterval = Integer.parseInt(settings.getOrDefault("max.poll.interval.ms", "300000").toString());
        keepMillis = Math.min(MOST_KEEP_MILLIS, Math.max(1, pollInterval / 10));
        keeper.scheduleWithFixedDelay(this::keep, keepMillis, keepMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * @param  ignored camel-kafka's own waiting time would also be the time it waits for a second poll
     * @return         messages, and behind them nothing once: with that camel-kafka ends a batch, so one batch is one poll
     */
    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration ignored) {
        if (handedOut) {
            handedOut = false;
            return ConsumerRecords.empty();
        }
        lock.lock();
        try {
            // Whatever Camel does: one poll at a time, and none ahead of its commit.
            if (inWork != null || !commits.commit()) {
                keepPlace();
                return ConsumerRecords.empty();
            }
            resume(pausedHere);
            pausedHere.clear();
            ConsumerRecords<byte[], byte[]> polled = super.poll(WAIT);
            trouble.polled((double) connections.metricValue() > 0);
            if (!polled.isEmpty()) {
                handedOut = true;
                inWork = new Poll(polled);
            }
            return polled;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            trouble.tell("nothing can be read", e);
            trouble.pause();
            return ConsumerRecords.empty();
        } finally {
            lock.unlock();
        }
    }

    /** What the last poll handed out. */
    Poll inWork() {
        return inWork;
    }

    /** How long to wait before what failed of a poll comes again. */
    Backoff waits() {
        return waits;
    }

    /**
     * A poll is no longer in work: commits what has its outcome, and goes back to what has none.
     *
     * @return whether it was in work until now
     */
    boolean end(Poll poll) {
        lock.lock();
        try {
            if (inWork != poll) {
                return false;
            }
            commits.add(poll.committable());
            poll.unsettled().forEach(this::seek);
            inWork = null;
            commits.commit();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What the thread does that polls in the place of a consumer whose poll is in work. */
    private void keep() {
        lock.lock();
        try {
            if (inWork != null && inWork.millis() >= keepMillis) {
                keepPlace();
            }
        } catch (RuntimeException e) {
            // The next one may succeed, and if none does, what is in work comes again.
            LOG.debug("{}: polling while messages are in work", flow, e);
        } finally {
            lock.unlock();
        }
    }

    private void keepPlace() {
        pauseHere(assignment());
        ConsumerRecords<byte[], byte[]> unwanted = super.poll(KEEP);
        unwanted.partitions().forEach(each -> seek(each, unwanted.records(each).get(0).offset()));
    }

    private void pauseHere(Collection<TopicPartition> partitions) {
        Set<TopicPartition> running = new HashSet<>(partitions);
        running.removeAll(paused());
        super.pause(running);
        pausedHere.addAll(running);
    }

    /** Camel pauses the consumer of a flow that is being stopped: these do not go on when a poll has ended. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        lock.lock();
        try {
            super.pause(partitions);
            pausedHere.removeAll(partitions);
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
        keeper.shutdown();
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
            if (inWork != null) {
                pauseHere(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (inWork != null) {
                commits.add(inWork.committable());
            }
            commits.commit();
            forget(partitions);
            others.onPartitionsRevoked(partitions);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            forget(partitions);
            others.onPartitionsLost(partitions);
        }

        private void forget(Collection<TopicPartition> partitions) {
            commits.forget(partitions);
            pausedHere.removeAll(partitions);
            if (inWork != null) {
                inWork.release(partitions);
            }
        }
    }
}
