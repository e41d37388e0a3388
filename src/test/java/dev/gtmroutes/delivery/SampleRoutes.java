// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleForm;
import dev.gtmroutes.samples.SampleVendor;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.ProcessorDefinition;
import org.awaitility.Awaitility;

/** Plain Camel with the templates as they lie in {@code routes/kamelets}: each sample becomes a flow of its own. */
final class SampleRoutes implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();
    private final Path data;

    /** @param baseUrl gives the base URL of a vendor */
    SampleRoutes(Path data, Function<SampleVendor, String> baseUrl) {
        this(data, baseUrl, Map.of());
    }

    /** @param more further settings */
    SampleRoutes(Path data, Function<SampleVendor, String> baseUrl, Map<String, String> more) {
        this.data = data;
        Properties settings = new Properties();
        settings.put("gtm.data", data.toString());
        SampleCatalog.vendors().forEach(vendor -> settings.putAll(vendor.settingsFor(baseUrl.apply(vendor))));
        settings.putAll(more);
        // Not the initial ones: those of application.properties would win, with the vendors' real addresses.
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.getComponent("kamelet", KameletComponent.class).setLocation(locations());
        camel.start();
    }

    private static String locations() {
        try (Stream<Path> files = Files.list(SampleCatalog.KAMELETS)) {
            return files.filter(Files::isDirectory).map(each -> "file:" + each.toAbsolutePath())
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What would be sent for the records of a sample. */
    Preview preview(Sample sample) throws Exception {
        return preview(sample, SampleForm.NDJSON.inputs(sample).get(0).text());
    }

    /** What would be sent for a body with records of a sample. */
    Preview preview(Sample sample, Object body) throws Exception {
        return new SamplePayloads(camel).of(sample.template(), sample.settings(), body);
    }

    /** Delivers the records of a sample, and returns when each has its outcome. */
    InputSummary deliver(Sample sample) throws Exception {
        return deliver(List.of(sample), MessageKind.BYTES, Duration.ZERO).get(0);
    }

    /**
     * Delivers the records of a sample in messages of this kind, and returns when each has its outcome.
     *
     * @param destinations cases with the same id and records: the destinations of one flow, in their order
     * @param retryFor     how long a passing failure is retried
     * @return             for each message what the last destination made of it
     */
    List<InputSummary> deliver(List<Sample> destinations, MessageKind kind, Duration retryFor) throws Exception {
        Sample sample = destinations.get(0);
        Path folder = data.resolve("files").resolve(sample.id());
        List<InputSummary> accounts = new CopyOnWriteArrayList<>();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> route = from(kind.from(sample.id(), folder)).routeId(sample.id());
                for (int i = 0; i < destinations.size(); i++) {
                    route = route.to(kamelet(destinations.get(i), "-to" + i, retryFor));
                }
                route.process(exchange -> accounts.add(exchange.getProperty(InputSummary.PROPERTY, InputSummary.class)));
            }
        });
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            List<Object> bodies = kind.bodies(sample);
            for (Object body : bodies) {
                kind.hand(body, producer, sample.id(), folder);
            }
            Awaitility.await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20))
                    .until(() -> accounts.size() == bodies.size());
            return accounts;
        } finally {
            camel.getRouteController().stopRoute(sample.id());
            camel.removeRoute(sample.id());
            KameletRoutes.remove(camel, route -> route.startsWith(sample.id() + "-to"));
        }
    }

    private static String kamelet(Sample sample, String ending, Duration retryFor) {
        return sample.settings().entrySet().stream().map(SampleRoutes::parameter).collect(Collectors.joining("",
                "kamelet:" + sample.template() + "/" + sample.id() + ending + "?retryFor=" + retryFor.toSeconds() + "s",
                ""));
    }

    private static String parameter(Map.Entry<String, String> setting) {
        return "&" + setting.getKey() + "=RAW(" + setting.getValue() + ")";
    }

    /** The dead letters of a sample, each a line of JSON. */
    List<String> deadLetters(Sample sample) throws IOException {
        Path directory = data.resolve("dead-letters").resolve(sample.id());
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().flatMap(SampleRoutes::lines).toList();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
