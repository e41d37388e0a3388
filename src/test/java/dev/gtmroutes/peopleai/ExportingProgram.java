package dev.gtmroutes.peopleai;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * An export as a process of its own, to be killed. Each chunk becomes a file in {@code out/}. Arguments: the data directory,
 * the URLs of the API and of its tokens, and with which chunk to end by force, when the sink has it but before it says so;
 * 0 for none.
 */
final class ExportingProgram {

    private ExportingProgram() {
    }

    public static void main(String... arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        Path out = Files.createDirectories(data.resolve("out"));
        int last = Integer.parseInt(arguments[3]);
        AtomicInteger chunks = new AtomicInteger();
        Properties settings = new Properties();
        settings.putAll(Map.of("gtm.data", data.toString(), "people-ai.pull-url", arguments[1], "people-ai.token-url",
                arguments[2], "people-ai.client-id", "key", "people-ai.client-secret", "secret-secret", "people-ai.rate-limit",
                "none", "gtm.retry-max-delay", "100ms"));
        DefaultCamelContext camel = new DefaultCamelContext();
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:people-ai-export-activities-source?period=50&parallelFragments=1&startDate=2026-02-01"
                        + "&endDate=2026-02-10&exportType=delta").routeId(ExportRun.FLOW).process(exchange -> {
                            String name = exchange.getMessage().getHeader(Exchange.FILE_NAME) + "-" + UUID.randomUUID();
                            try (InputStream chunk = exchange.getMessage().getBody(InputStream.class)) {
                                Files.copy(chunk, out.resolve(name));
                            }
                            if (chunks.incrementAndGet() == last) {
                                Runtime.getRuntime().halt(1);
                            }
                        });
            }
        });
        camel.start();
        Thread.currentThread().join();
    }
}
