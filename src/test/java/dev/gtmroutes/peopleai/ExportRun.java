// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;

/** An export in a Camel of its own, without Quarkus, whose fragments go to a step of the test. */
public final class ExportRun extends Handler implements AutoCloseable {

    public static final String FLOW = "history";

    /** A fragment as the sink got it. */
    public record Chunk(Map<String, Object> headers, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }

    public final List<Chunk> chunks = new CopyOnWriteArrayList<>();
    private final List<LogRecord> log = new CopyOnWriteArrayList<>();
    private final DefaultCamelContext camel = PlainCamel.create();
    private final Path data;
    private final Properties settings = new Properties();
    private Processor sink = exchange -> {};

    public ExportRun(Path data, ExportApi api) {
        this(data, api.pullUrl(), api.tokenUrl(), "key", "export-secret-1");
    }

    ExportRun(Path data, Sandbox sandbox) {
        this(data, sandbox.baseUrl("people-ai-pull"), sandbox.tokenUrl("people-ai"), "sandbox-client", "sandbox-secret");
    }

    private ExportRun(Path data, String pullUrl, String tokenUrl, String id, String secret) {
        this.data = data;
        Logger.getLogger("").addHandler(this);
        settings.putAll(Map.of("gtm.data", data.toString(), "people-ai.pull-url", pullUrl, "people-ai.token-url", tokenUrl,
                "people-ai.client-id", id, "people-ai.client-secret", secret, "people-ai.rate-limit", "none",
                "gtm.retry-max-delay", "100ms"));
    }

    ExportRun set(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public ExportRun sink(Processor step) {
        sink = step;
        return this;
    }

    public ExportRun start(String parameters) throws Exception {
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.getShutdownStrategy().setTimeout(5);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:people-ai-export-activities-source?period=50&" + parameters).routeId(FLOW)
                        .process(exchange -> sink.process(exchange)).process(ExportRun.this::keep);
            }
        });
        camel.start();
        return this;
    }

    private void keep(Exchange exchange) {
        LeftBehind.assertNothing(exchange);
        chunks.add(new Chunk(Map.copyOf(exchange.getMessage().getHeaders()), exchange.getMessage().getBody(String.class)));
    }

    public DefaultCamelContext camel() {
        return camel;
    }

    public Path folder() {
        return data.resolve("state/people-ai-export");
    }

    /** The state document. */
    public JsonNode document() {
        try {
            return new ObjectMapper().readTree(folder().resolve(FLOW + ".json").toFile());
        } catch (IOException e) {
            return new ObjectMapper().missingNode();
        }
    }

    /** Waits until this holds for the state document. */
    public JsonNode await(Predicate<JsonNode> wanted) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> wanted.test(document()));
        return document();
    }

    /** Waits until everything up to this day is delivered. */
    public JsonNode awaitWatermark(String day) {
        return await(each -> each.path("watermark").asText().equals(day));
    }

    public ExportRun awaitLine(String text) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !lines(text).isEmpty());
        return this;
    }

    /** What was logged with this text. */
    public List<String> lines(String text) {
        return log.stream().map(each -> each.getLevel() + " " + each.getMessage()).filter(each -> each.contains(text))
                .toList();
    }

    /** Stack traces that were logged, but for what Camel says of a sink that fails. */
    public List<Throwable> traces() {
        return log.stream().filter(each -> each.getLevel().intValue() >= 800 && each.getThrown() != null)
                .filter(each -> !each.getLoggerName().endsWith("DefaultErrorHandler")).map(LogRecord::getThrown).toList();
    }

    /** The records of all chunks. */
    public List<String> records() {
        return chunks.stream().flatMap(each -> each.lines().stream()).toList();
    }

    @Override
    public void publish(LogRecord entry) {
        log.add(entry);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        camel.stop();
        Logger.getLogger("").removeHandler(this);
    }
}
