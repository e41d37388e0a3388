// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** A flow in a Camel of its own, without Quarkus: a topic to People.ai, and what arrives there. */
final class KafkaFlow implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();
    private final Sandbox sandbox = Sandbox.start(0).accept("people-ai", "some-key");
    private final List<Integer> arrived = new ArrayList<>();
    private final String id;
    private final Path data;
    private final Properties settings = new Properties();
    private String source = "";
    private String destination = "";
    private Consumer<Exchange> step;
    private Consumer<Exchange> last;

    /** Not started yet. @param id of the flow, and of its topic */
    KafkaFlow(String id, Path data, String brokers) {
        this.id = id;
        this.data = data;
        sandbox.onRequest(this::count);
        settings.putAll(Map.of("people-ai.api-key", "some-key", "people-ai.base-url", sandbox.baseUrl("people-ai"),
                "gtm.kafka.brokers", brokers, "gtm.data", data.toString(), "people-ai.rate-limit", "none",
                "gtm.retry-max-delay", "200ms"));
    }

    /** @param parameters of the source, such as {@code recordsPerPoll=10} */
    KafkaFlow with(String parameters) {
        source = "&" + parameters;
        return this;
    }

    /** @param parameters of the destination, such as {@code onceOnly=true} */
    KafkaFlow to(String parameters) {
        destination = "&" + parameters;
        return this;
    }

    KafkaFlow set(String name, String value) {
        settings.setProperty(name, value);
        return this;
    }

    /** What happens to each chunk before it is delivered. */
    KafkaFlow before(Consumer<Exchange> step) {
        this.step = step;
        return this;
    }

    /** What happens to each chunk behind its delivery. */
    KafkaFlow after(Consumer<Exchange> step) {
        this.last = step;
        return this;
    }

    KafkaFlow start() throws Exception {
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String uri = "kamelet:kafka-records-source/" + id + ":0?flow=" + id + "&topic=" + id + source;
                RouteDefinition flow = from(uri).routeId(id);
                if (step != null) {
                    flow.process(LeftBehind::assertNothing).process(step::accept);
                }
                flow.to("kamelet:people-ai-push-batch-call-activities-sink/" + id + ":1?batchSize=10" + destination);
                if (last != null) {
                    flow.process(last::accept);
                }
            }
        });
        camel.start();
        return this;
    }

    private void count(RecordedRequest request) {
        if (request.accepted() > 0) {
            List<Integer> numbers = new ArrayList<>();
            TestDestination.json(new String(request.body())).forEach(each -> numbers.add(each.get("n").asInt()));
            synchronized (arrived) {
                arrived.addAll(numbers);
            }
        }
    }

    /** The attribute n of each record that was accepted, in this order. */
    List<Integer> arrived() {
        synchronized (arrived) {
            return List.copyOf(arrived);
        }
    }

    Sandbox sandbox() {
        return sandbox;
    }

    CamelContext camel() {
        return camel;
    }

    List<JsonNode> deadLetters() {
        return new DataDirectory(data).deadLetters(id, each -> true);
    }

    @Override
    public void close() {
        camel.stop();
        sandbox.close();
    }
}
