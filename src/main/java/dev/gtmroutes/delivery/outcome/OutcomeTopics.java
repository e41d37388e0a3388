// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.api.Exceptions;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Kafka topics that get dead letters or responses. One object for a Camel context; it knows nothing of Kafka but its
 * component's name, so that all else runs where there is none. For any number of threads.
 */
public final class OutcomeTopics extends ServiceSupport {

    /** The rest, such as timeouts and TLS, is in the settings of Camel's Kafka component. */
    private static final String ENDPOINT = "kafka:%s?brokers=RAW(%s)"
            + "&requestRequiredAcks=all&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";
    private static final String KEY = "kafka.KEY";

    /** The topic takes no message of this size, and never will. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1;

        private TooLargeException(String message) {
            super(message);
        }
    }

    private final ProducerTemplate producer;
    private final String brokers;

    private OutcomeTopics(CamelContext camel) {
        brokers = camel.resolvePropertyPlaceholders("{{gtm.kafka.brokers:localhost:9092}}");
        producer = camel.createProducerTemplate();
    }

    /** @return those of this context; the same object for as long as it lives */
    public static OutcomeTopics of(CamelContext camel) {
        return ContextService.of(camel, OutcomeTopics.class, () -> new OutcomeTopics(camel));
    }

    /**
     * Returns when all replicas that are in sync have the message.
     *
     * @param  flow its key
     * @param  json its value
     * @throws IOException if they do not, as far as can be told; it says why in one line
     */
    public void append(String topic, String flow, byte[] json) throws IOException {
        Exception failure;
        try {
            failure = producer.request(ENDPOINT.formatted(topic, brokers), each -> {
                each.getMessage().setHeader(KEY, flow);
                each.getMessage().setBody(json);
            }).getException();
        } catch (RuntimeException e) {
            failure = e;
        }
        if (failure != null) {
            String why = "topic " + topic + " at " + brokers + ": " + Exceptions.text(failure);
            throw failure.getClass().getSimpleName().equals("RecordTooLargeException") ? new TooLargeException(why)
                    : new IOException(why, failure);
        }
    }

    @Override
    protected void doStart() {
        producer.start();
    }

    @Override
    protected void doStop() {
        producer.stop();
    }
}
