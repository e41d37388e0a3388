// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.cluster.FileLockClusterService;
import org.apache.camel.model.RouteDefinition;

/** A flow in a Camel of its own, without Quarkus: a paged source, and a sink that keeps what it accepts. */
public final class PagedFlow implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();
    private final List<Chunk> chunks = new CopyOnWriteArrayList<>();

    /**
     * A chunk that the sink accepted.
     *
     * @param properties names of the exchange's own ones
     */
    public record Chunk(String name, String type, String text, List<String> properties) {

        public List<String> uids() {
            return text.lines().map(line -> line.replaceAll(".*\"uid\":\"([^\"]*)\".*", "$1")).toList();
        }
    }

    /**
     * @param source   such as {@code people-ai-activities-source?startDate=2025-01-01}
     * @param sink     what happens to a chunk before it is accepted
     * @param settings names and values, as in application.properties
     */
    public PagedFlow(Path data, Sandbox sandbox, String source, Consumer<Exchange> sink, String... settings)
            throws Exception {
        configure(data, sandbox, settings);
        start(source, flow -> flow.process(exchange -> accept(exchange, sink)));
    }

    private PagedFlow() {
    }

    /** One of several instances, which share a directory of locks. */
    static PagedFlow inCluster(Path data, Path locks, Sandbox sandbox, String source, Consumer<Exchange> sink,
            String... settings) throws Exception {
        PagedFlow flow = new PagedFlow();
        flow.configure(data, sandbox, settings);
        FileLockClusterService cluster = new FileLockClusterService();
        cluster.setRoot(locks.toString());
        cluster.setAcquireLockDelay(1, TimeUnit.MILLISECONDS);
        cluster.setAcquireLockInterval(200, TimeUnit.MILLISECONDS);
        flow.camel.addService(cluster);
        flow.start(source, each -> each.process(exchange -> flow.accept(exchange, sink)));
        return flow;
    }

    /** @param destination the template that the chunks go to, with its parameters */
    public PagedFlow(Path data, Sandbox sandbox, String source, String destination) throws Exception {
        configure(data, sandbox);
        start(source, flow -> flow.to("kamelet:" + destination + "/flow:1"));
    }

    private void configure(Path data, Sandbox sandbox, String... settings) {
        Properties properties = new Properties();
        properties.putAll(Map.of("people-ai.api-key", "sandbox-key", "people-ai.base-url", sandbox.baseUrl("people-ai"),
                "gtm.data", data.toString(), "people-ai.rate-limit", "none", "gtm.response-timeout", "5s",
                "gtm.retry-max-delay", "50ms"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        camel.getPropertiesComponent().setOverrideProperties(properties);
    }

    private void start(String source, Consumer<RouteDefinition> steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.accept(from("kamelet:" + source.replace("?", "/flow:0?")).routeId("flow"));
            }
        });
        camel.start();
    }

    private void accept(Exchange exchange, Consumer<Exchange> sink) {
        LeftBehind.assertNothing(exchange);
        String text = exchange.getMessage().getBody(String.class);
        sink.accept(exchange);
        chunks.add(new Chunk(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class),
                exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class), text,
                exchange.getProperties().keySet().stream().filter(each -> each.startsWith("Gtm")).toList()));
    }

    public CamelContext camel() {
        return camel;
    }

    public List<Chunk> chunks() {
        return chunks;
    }

    public List<String> uids() {
        return chunks.stream().flatMap(each -> each.uids().stream()).toList();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
