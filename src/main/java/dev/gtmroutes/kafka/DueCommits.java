// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offsets that a consumer has to commit, until Kafka has taken them. For one thread at a time, but for {@link #hurry}.
 */
final class DueCommits {

    private static final Logger LOG = LoggerFactory.getLogger(DueCommits.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** How often what is settled of an input is committed, unless the flow waits for it. */
    private static final long INTERVAL_NANOS = 200_000_000;
    /** The same where half of the messages that may be in work are not committed. */
    private static final long SHORT_INTERVAL_NANOS = 20_000_000;

    private final String flow;
    private final Consumer<?, ?> consumer;
    private final BrokerProblemLog trouble;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    private volatile FlowProgress progress;
    private volatile boolean hurried;
    private long tried = System.nanoTime();

    DueCommits(String flow, Consumer<?, ?> consumer, BrokerProblemLog trouble) {
        this.flow = flow;
        this.consumer = consumer;
        this.trouble = trouble;
    }

    /** @param progress told what is committed; null for nobody */
    void tell(FlowProgress progress) {
        this.progress = progress;
    }

    void add(Map<TopicPartition, OffsetAndMetadata> more) {
        offsets.putAll(more);
    }

    boolean isEmpty() {
        return offsets.isEmpty();
    }

    /** These are no longer the consumer's: a commit might take back what their new owner has committed. */
    void forget(Collection<TopicPartition> partitions) {
        offsets.keySet().removeAll(partitions);
    }

    /** The flow waits for a commit. */
    void hurry() {
        hurried = true;
    }

    /**
     * Whether it is time for a commit of what is settled of the input.
     *
     * @param window the highest number of its messages that may be in work and not committed
     */
    boolean isDue(KafkaInput input, int window) {
        long nanos = System.nanoTime() - tried;
        return hurried || nanos >= INTERVAL_NANOS || input.uncommitted() > window / 2 && nanos >= SHORT_INTERVAL_NANOS;
    }

    /** Tries to commit what is settled of the input, and all else. @return whether Kafka has taken it */
    boolean commit(KafkaInput input) {
        hurried = false;
        tried = System.nanoTime();
        add(input.committable());
        boolean done = commit();
        if (done) {
            input.committed();
        }
        return done;
    }

    /**
     * Tries to commit them.
     *
     * @return whether Kafka has taken them all
     * @throws WakeupException    if the consumer is being stopped
     * @throws InterruptException likewise
     */
    boolean commit() {
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(offsets);
            consumer.commitSync(taken, LONGEST);
            offsets.clear();
            if (progress != null) {
                taken.forEach((partition, end) -> progress.committed(partition, end.offset()));
            }
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (CommitFailedException e) {
            LOG.warn("{}: the consumer group continued without this program. Messages before {} arrive again; messages with "
                    + "a saved outcome are not sent again", flow, offsets);
            offsets.clear();
            return false;
        } catch (RebalanceInProgressException e) {
            LOG.debug("{}: committed when the rebalance has ended: {}", flow, offsets);
        } catch (KafkaException e) {
            trouble.tell("offsets cannot be committed", e);
        }
        return offsets.isEmpty();
    }
}
