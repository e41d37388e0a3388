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

/** Offsets that a consumer has to commit, until Kafka has taken them. For one thread at a time. */
final class DueCommits {

    private static final Logger LOG = LoggerFactory.getLogger(DueCommits.class);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final String flow;
    private final Consumer<?, ?> consumer;
    private final Trouble trouble;
    private final Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();

    DueCommits(String flow, Consumer<?, ?> consumer, Trouble trouble) {
        this.flow = flow;
        this.consumer = consumer;
        this.trouble = trouble;
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

    /**
     * Tries to commit them.
     *
     * @return whether nothing is left to commit
     * @throws WakeupException    if the consumer is being stopped
     * @throws InterruptException likewise
     */
    boolean commit() {
        if (offsets.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(Map.copyOf(offsets), LONGEST);
            offsets.clear();
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (CommitFailedException e) {
            LOG.warn("{}: the group has gone on without this program: what is delivered may come again, before {}",
                    flow, offsets);
            offsets.clear();
        } catch (RebalanceInProgressException e) {
            LOG.debug("{}: committed when the rebalance has ended: {}", flow, offsets);
        } catch (KafkaException e) {
            trouble.tell("what is delivered cannot be committed", e);
        }
        return offsets.isEmpty();
    }
}
