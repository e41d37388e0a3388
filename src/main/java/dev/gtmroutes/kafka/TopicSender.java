// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.RequestForms;
import dev.gtmroutes.api.RequestTaker;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.WholeText;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultMessage;
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
public class TopicSender extends ServiceSupport implements Processor, CamelContextAware, RequestTaker, RequestForms.Form {

    private static final int OK = 200;
    /** The rest, such as timeouts and TLS, is in the settings of Camel's Kafka component. */
    private static final String ENDPOINT = "kafka:%s?brokers=RAW(%s)&requestRequiredAcks=all&enableIdempotence=true"
            + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";

    private CamelContext camel;
    private ProducerTemplate producer;
    private String routeId = "";
    private String topic = "";
    private String brokers = "localhost:9092";
    private AttributePath key;
    private Attributes attributes = new Attributes(List.of());

    @Override
    public void process(Exchange exchange) {
        ApiRequest request = exchange.getMessage().getBody(ApiRequest.class);
        SentMessages sent = new SentMessages(messages(request));
        boolean left = false;
        ApiAnswer answer;
        try {
            request.leaving().note();
            left = true;
            send(sent);
            answer = ApiAnswer.status(OK)
                    .body(sent.allTaken() ? new byte[0] : sent.results().getBytes(StandardCharsets.UTF_8))
                    .build();
        } catch (IOException e) {
            answer = ApiAnswer.failed(e).maybeSent(left).problem(e.getMessage()).refusal(refusal(e.getCause())).build();
        }
        Message message = new DefaultMessage(camel);
        message.setBody(answer);
        exchange.setMessage(message);
    }

    private List<Exchange> messages(ApiRequest request) {
        List<Exchange> messages = new ArrayList<>();
        for (ShapedRecord each : request.records()) {
            messages.add(message(each));
        }
        return messages;
    }

    @Override
    public List<ApiRequest> shown(ApiRequest request) {
        return messages(request).stream().filter(each -> !each.isFailed()).map(each -> {
            Object key = each.getMessage().getHeader(KafkaConstants.KEY);
            return request.at(topic, key == null ? Map.of() : Map.of("key", key.toString()))
                    .withBody(each.getMessage().getBody(byte[].class));
        }).toList();
    }

    @Override
    public String baseUrl(ApiRequest shown) {
        return null;
    }

    private Exchange message(ShapedRecord record) {
        Exchange message = new DefaultExchange(camel);
        message.getMessage().setBody(record.part());
        Attributes.Value value = key == null ? null : attributes.of(record.mapped()).get(key);
        if (value != null && value.isThere()) {
            try {
                String text = value.text() == null ? new String(value.json(), StandardCharsets.UTF_8)
                        : WholeText.of(key, value.text());
                message.getMessage().setHeader(KafkaConstants.KEY, text);
            } catch (UnfitRecordException e) {
                message.setException(e);
            }
        }
        return message;
    }

    private void send(SentMessages sent) throws IOException {
        Exchange all = producer.send(ENDPOINT.formatted(topic, brokers), each -> each.getMessage().setBody(sent));
        Exception failure = sent.failure(all.getException());
        if (failure != null) {
            throw new IOException("brokers " + brokers + ": " + Exceptions.text(failure), failure);
        }
    }

    private String refusal(Throwable failure) {
        return failure instanceof AuthenticationException || failure instanceof AuthorizationException
                ? "Kafka rejects the topic " + topic + ": " + failure.getMessage() : null;
    }

    @Override
    protected void doStart() {
        producer = camel.createProducerTemplate();
        RequestForms.of(camel).add(routeId, this);
    }

    @Override
    protected void doStop() throws Exception {
        producer.close();
    }

    /** Id of the route that it belongs to. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
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
        if (!Opening.isKnown(topic)) {
            return;
        }
        if (!topic.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new IllegalArgumentException("topic is '" + topic
                    + "'. Use letters, digits, '.', '_' and '-'");
        }
        this.topic = topic;
    }

    /** The attribute whose value is the message's key; blank for no keys. */
    public void setKeyBy(String keyBy) {
        if (!Opening.isKnown(keyBy)) {
            return;
        }
        List<AttributePath> paths = AttributePath.list(keyBy);
        if (paths.size() > 1) {
            throw new IllegalArgumentException("keyBy is '" + keyBy + "'. Enter one attribute");
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
