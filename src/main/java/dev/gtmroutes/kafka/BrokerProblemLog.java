// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.time.Duration;
import java.util.Properties;

import dev.gtmroutes.api.Backoff;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once what Kafka keeps a consumer from, and once that it works again. */
final class BrokerProblemLog {

    private static final Logger LOG = LoggerFactory.getLogger(BrokerProblemLog.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(4));
    /** A connection that is lost is mostly there again by then. */
    private static final long SILENT_NANOS = 5_000_000_000L;

    private final String flow;
    private final Object brokers;
    private String told;
    private long lastConnected = System.nanoTime();
    private int failures;

    BrokerProblemLog(String flow, Properties settings) {
        this.flow = flow;
        this.brokers = settings.get("bootstrap.servers");
    }

    /** Tells of it, unless that is what it told last. */
    void tell(String what, KafkaException why) {
        tell(what, reason(why));
    }

    private void tell(String what, String why) {
        if (!why.equals(told)) {
            told = why;
            LOG.error("{}: {}, Kafka at {}: {}. The flow tries again until it works", flow, what, brokers, why);
        }
    }

    /**
     * A poll that nothing is wrong with, except perhaps that it came from nowhere: the client itself tells nobody.
     *
     * @param connected whether there is a connection to any broker
     */
    void polled(boolean connected) {
        if (connected) {
            lastConnected = System.nanoTime();
            isOver();
        } else if (System.nanoTime() - lastConnected > SILENT_NANOS) {
            tell("no messages can be read", "no broker can be reached");
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
            Thread.sleep(BACKOFF.delay(++failures).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void isOver() {
        if (told != null) {
            LOG.info("{}: resumed, because Kafka works again", flow);
            told = null;
            failures = 0;
        }
    }
}
