package dev.gtmroutes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleVendor;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;

/** Plain Camel with the templates as they lie in {@code routes/kamelets}: each sample becomes a flow of its own. */
final class SampleRoutes implements AutoCloseable {

    private final CamelContext camel = PlainCamel.create();
    private final Path data;

    /** @param baseUrl gives the base URL of a vendor */
    SampleRoutes(Path data, Function<SampleVendor, String> baseUrl) {
        this.data = data;
        Properties settings = new Properties();
        settings.put("gtm.data", data.toString());
        SampleCatalog.vendors().forEach(vendor -> settings.putAll(vendor.settingsFor(baseUrl.apply(vendor))));
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
        return new SamplePayloads(camel).of(sample.template(), sample.settings(), lines(sample));
    }

    private static byte[] lines(Sample sample) {
        return sample.records().stream().map(each -> each + "\n").collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Delivers the records of a sample, and returns when each has its outcome. */
    Account deliver(Sample sample) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:" + sample.id()).routeId(sample.id()).to(kamelet(sample));
            }
        });
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            return producer.request("direct:" + sample.id(),
                    exchange -> exchange.getMessage().setBody(lines(sample)))
                    .getProperty(Account.PROPERTY, Account.class);
        } finally {
            camel.getRouteController().stopRoute(sample.id());
        }
    }

    private static String kamelet(Sample sample) {
        return sample.settings().entrySet().stream().map(SampleRoutes::parameter)
                .collect(Collectors.joining("", "kamelet:" + sample.template() + "/" + sample.id() + "-to?retryFor=0s", ""));
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
