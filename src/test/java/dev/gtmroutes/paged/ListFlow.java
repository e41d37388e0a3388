// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A flow in a Camel of its own that reads a list, and a sink that keeps what it accepts. */
final class ListFlow implements AutoCloseable {

    static final Consumer<Exchange> TAKE = chunk -> {};

    private final CamelContext camel = PlainCamel.create();
    private final Path data;
    private final boolean keeps;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** @param parameters of the source beside api and name, as in a URI */
    ListFlow(Path data, ListServer server, String parameters, Consumer<Exchange> sink, String... settings) throws Exception {
        this(data, server, parameters, sink, true, settings);
    }

    /** @param keeps whether it keeps what it accepts */
    ListFlow(Path data, ListServer server, String parameters, Consumer<Exchange> sink, boolean keeps, String... settings)
            throws Exception {
        this.data = data;
        this.keeps = keeps;
        Properties properties = new Properties();
        properties.putAll(Map.of("salesloft.access-token", "secret", "salesloft.base-url", server.url(), "gtm.data",
                data.toString(), "salesloft.rate-limit", "none", "gtm.response-timeout", "5s", "gtm.retry-max-delay",
                "50ms"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                String api = parameters.contains("api=") ? "" : "&api=RAW(kamelet:salesloft-api-action/salesloft-default)";
                from("kamelet:rest-records-source/flow:0?name=things" + api + "&" + parameters).routeId("flow")
                        .process(exchange -> accept(exchange, sink));
            }
        });
        camel.start();
    }

    private void accept(Exchange exchange, Consumer<Exchange> sink) {
        LeftBehind.assertNothing(exchange);
        if (!keeps) {
            sink.accept(exchange);
            return;
        }
        String text = exchange.getMessage().getBody(String.class);
        sink.accept(exchange);
        text.lines().forEach(lines::add);
    }

    /** The records that were accepted. */
    List<String> lines() {
        return lines;
    }

    /** Their ids. */
    List<Long> ids() {
        return lines.stream().map(ListFlow::id).toList();
    }

    static long id(String line) {
        return Long.parseLong(line.replaceAll(".*\"id\":(\\d+).*", "$1"));
    }

    CamelContext camel() {
        return camel;
    }

    List<String> concerns() {
        return PagedReads.concerns(camel).getOrDefault("flow", List.of());
    }

    Path document() {
        return data.resolve("state/lists/flow.json");
    }

    boolean isOver() {
        try {
            return Files.exists(document()) && Files.readString(document()).contains("\"begun\" : null");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(this::isOver);
    }

    @Override
    public void close() {
        camel.stop();
    }
}
