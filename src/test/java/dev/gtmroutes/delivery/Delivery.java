// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A flow in a Camel of its own, without Quarkus: {@code direct:flow} to the manual People.ai destination. */
public final class Delivery implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();
    private final Path data;

    /**
     * @param parameters of people-ai-request-sink, such as {@code batch=true&batchSize=10}; the url is /things
     * @param settings   names and values, as in application.properties
     */
    public Delivery(Path data, String baseUrl, String parameters, String... settings) throws Exception {
        this.data = data;
        Properties properties = new Properties();
        properties.putAll(Map.of("people-ai.api-key", "some-key", "people-ai.base-url", baseUrl, "gtm.data",
                data.toString(), "people-ai.rate-limit", "none", "gtm.response-timeout", "3s"));
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty(settings[i], settings[i + 1]);
        }
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow").to("kamelet:people-ai-request-sink/flow:1?method=PUT&"
                        + (parameters.contains("url=") ? "" : "url=/things&") + parameters);
            }
        });
        camel.start();
    }

    /** Lines {@code {"n":1}} to {@code {"n":count}}. */
    public static String records(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining());
    }

    /** Sends a chunk, and waits until it is acknowledged. */
    public InputSummary deliver(String chunk) throws Exception {
        Exchange done = camel.createProducerTemplate().request("direct:flow", each -> each.getMessage().setBody(chunk));
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
    }

    /** Sends a chunk on a thread of its own. */
    public CompletableFuture<InputSummary> deliverMeanwhile(String chunk) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return deliver(chunk);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    public DestinationStatus destination() {
        return DestinationRegistry.of(camel).of("flow").get(0);
    }

    public CamelContext camel() {
        return camel;
    }

    public List<JsonNode> deadLetters() {
        return new DataDirectory(data).deadLetters("flow", each -> true);
    }

    /** Takes the dead letters away. */
    void forget() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("dead-letters"))) {
            files.filter(Files::isRegularFile).forEach(each -> each.toFile().delete());
        } catch (NoSuchFileException e) {
            // There were none.
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
