// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.Properties;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Makes the consumers of {@code kafka-records-source}: with the endpoint's settings, but patient, and reading ahead. */
public class KeepAliveConsumers extends DefaultKafkaClientFactory {

    private String flow = "";
    private int recordsPerPoll = 1;

    /** The id of the flow, for the log. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    /** The highest number of messages of each consumer that are in work and not committed, at least 1. */
    public void setRecordsPerPoll(int recordsPerPoll) {
        if (recordsPerPoll < 1) {
            throw new IllegalArgumentException("recordsPerPoll is " + recordsPerPoll + "; it must be at least 1");
        }
        this.recordsPerPoll = recordsPerPoll;
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties settings) {
        Properties own = new Properties();
        own.putAll(settings);
        own.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(ReadAhead.perPoll(recordsPerPoll)));
        return new KeepAliveConsumer(flow, own, recordsPerPoll);
    }
}
