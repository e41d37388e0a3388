package dev.gtmroutes.kafka;

import java.util.Properties;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once what Kafka keeps a consumer from, and once that it works again. */
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

    /** Tells of it, unless that is what it told last. */
    void tell(String what, KafkaException why) {
        if (!why.toString().equals(told)) {
            told = why.toString();
            LOG.error("{}: {}, Kafka at {}: {}. It is tried again until it works", flow, what, brokers, reason(why));
        }
    }

    /** What Kafka says is often only where it happened; the cause says what it was. */
    private static String reason(Throwable why) {
        Throwable cause = why;
        StringBuilder reason = new StringBuilder(String.valueOf(why.getMessage()));
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
            reason.append(": ").append(cause.getMessage());
        }
        return reason.toString();
    }

    /** Waits before the next try. An interrupted thread waits no more. */
    void pause() {
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
            LOG.info("{}: goes on, Kafka works again", flow);
            told = null;
            wait = FIRST_WAIT_MILLIS;
        }
    }
}
