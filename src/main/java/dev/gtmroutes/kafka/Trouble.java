package dev.gtmroutes.kafka;

import java.util.Properties;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once why a consumer gets nothing, and once that it does again; in between it waits longer and longer. */
final class Trouble {

    private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);
    private static final long FIRST_WAIT_MILLIS = 250;
    private static final long LONGEST_WAIT_MILLIS = 4000;

    private final String flow;
    private final Object brokers;
    private String told;
    private long wait = FIRST_WAIT_MILLIS;

    Trouble(String flow, Properties settings) {
        this.flow = flow;
        this.brokers = settings.get("bootstrap.servers");
    }

    /** Tells of it unless it is told already, and waits. An interrupted thread waits no more. */
    void tell(KafkaException e) {
        if (!e.toString().equals(told)) {
            told = e.toString();
            LOG.error("{}: nothing can be read from Kafka at {}: {}. It is tried again until it works", flow, brokers,
                    e.getMessage());
        }
        try {
            Thread.sleep(wait);
            wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** It works. */
    void isOver() {
        if (told != null) {
            LOG.info("{}: goes on, Kafka can be read again", flow);
            told = null;
            wait = FIRST_WAIT_MILLIS;
        }
    }
}
