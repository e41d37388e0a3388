package dev.gtmroutes.kafka;

import java.util.Properties;

import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.kafka.clients.consumer.Consumer;

/** Makes the consumers of {@code kafka-records-source}: with the endpoint's settings, but patient. */
public class PatientConsumers extends DefaultKafkaClientFactory {

    private String flow = "";

    /** The id of the flow, for the log. */
    public void setFlow(String flow) {
        this.flow = flow;
    }

    @Override
    public Consumer<?, ?> getConsumer(Properties settings) {
        return new PatientConsumer(flow, settings);
    }
}
