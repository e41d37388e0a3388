package dev.gtmroutes.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.SampleRequest;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;
import dev.gtmroutes.record.ShapedRecord;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Sends the records of a request to a topic, one message each, and answers as an HTTP API would: 200, with
 * {@code results} for each record where not all were taken. The step of {@code kafka-topic-action}.
 *
 * <p>It fails with what kept the broker from taking records that are not at fault; all are to be sent again then. It
 * waits on the request's own thread, where Camel's producer by itself would go on with another one.
 */
public class TopicSender extends ServiceSupport implements Processor, CamelContextAware {

    private static final int OK = 200;
    /** The rest, such as timeouts and TLS, is in the settings of Camel's Kafka component. */
    private static final String ENDPOINT = "kafka:%s?brokers=RAW(%s)&requestRequiredAcks=all&enableIdempotence=true"
            + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";

    private CamelContext camel;
    private ProducerTemplate producer;
    private String topic = "";
    private String brokers = "localhost:9092";
    private AttributePath key;
    private Attributes attributes = new Attributes(List.of());

    @Override
    public void process(Exchange exchange) throws IOException {
        List<Exchange> messages = new ArrayList<>();
        for (ShapedRecord each : RequestSender.records(exchange)) {
            messages.add(message(each));
        }
        SentMessages sent = new SentMessages(messages);
        Preview preview = exchange.getProperty(Preview.PROPERTY, Preview.class);
        if (preview == null) {
            send(sent, exchange);
        } else {
            messages.forEach(each -> preview.add(sample(each.getMessage())));
        }
        Message answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, OK);
        answer.setBody(preview != null || sent.allTaken() ? "" : sent.results());
    }

    private Exchange message(ShapedRecord record) {
        Exchange message = new DefaultExchange(camel);
        message.getMessage().setBody(record.part());
        Attributes.Value value = key == null ? null : attributes.of(record.source().bytes()).get(key);
        if (value != null && value.isThere()) {
            String text = value.text() != null ? value.text() : new String(value.json(), StandardCharsets.UTF_8);
            message.getMessage().setHeader(KafkaConstants.KEY, text);
        }
        return message;
    }

    private void send(SentMessages sent, Exchange request) throws IOException {
        Exchange all = producer.send(ENDPOINT.formatted(topic, brokers), each -> each.getMessage().setBody(sent));
        Exception failure = sent.failure(all.getException());
        if (failure instanceof AuthenticationException || failure instanceof AuthorizationException) {
            request.setProperty(RequestSender.CREDENTIAL_REFUSED, "Kafka refuses the topic " + topic + ": "
                    + failure.getMessage());
        }
        if (failure != null) {
            throw new IOException("brokers " + brokers + ": " + failure.getClass().getSimpleName() + ": "
                    + failure.getMessage(), failure);
        }
    }

    private SampleRequest sample(Message message) {
        Object keyed = message.getHeader(KafkaConstants.KEY);
        return new SampleRequest("topic", topic, keyed == null ? Map.of() : Map.of("key", keyed.toString()),
                message.getBody(byte[].class), null);
    }

    @Override
    protected void doStart() {
        producer = camel.createProducerTemplate();
    }

    @Override
    protected void doStop() throws Exception {
        producer.close();
    }

    /** Some brokers of the cluster, as host:port, comma-separated. */
    public void setBrokers(String brokers) {
        this.brokers = brokers;
    }

    /**
     * The topic.
     *
     * @throws IllegalArgumentException if no topic can have this name
     */
    public void setTopic(String topic) {
        if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("topic is '" + topic
                    + "'; it is made of letters, digits, '.', '_' and '-'");
        }
        this.topic = topic;
    }

    /** The attribute whose value is the message's key; blank for no keys. */
    public void setKeyBy(String keyBy) {
        List<AttributePath> paths = AttributePath.list(keyBy);
        if (paths.size() > 1) {
            throw new IllegalArgumentException("keyBy is '" + keyBy + "', it has to be one attribute");
        }
        this.key = paths.isEmpty() ? null : paths.get(0);
        this.attributes = new Attributes(paths);
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
