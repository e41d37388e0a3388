// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.gtmroutes.PlainCamel;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A source as a process of its own, to be killed. Each chunk becomes a file in {@code out/}. Arguments: the data directory,
 * the source with its parameters, with which chunk to end by force, when the sink has it but before it says so (0 for none),
 * and settings, each a name and a value. With the setting {@link #DESTINATION}, records go to that template instead.
 */
final class SourceProgram {

    /** The id of its flow. */
    static final String FLOW = "history";

    /** Name of a setting: the template that the chunks go to, with its parameters. */
    static final String DESTINATION = "destination";

    private SourceProgram() {
    }

    static Process start(Path data, String source, int lastChunk, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                SourceProgram.class.getName(), data.toString(), source, String.valueOf(lastChunk)));
        command.addAll(List.of(settings));
        return new ProcessBuilder(command).inheritIO().start();
    }

    /** All records that the sink has got, in all runs. */
    static List<String> records(Path data) throws IOException {
        List<String> records = new ArrayList<>();
        for (Path each : files(data)) {
            records.addAll(Files.readAllLines(each));
        }
        return records;
    }

    /** What the sink has got, a file for each chunk. */
    static List<Path> files(Path data) throws IOException {
        if (Files.notExists(data.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(data.resolve("out"))) {
            return files.toList();
        }
    }

    public static void main(String... arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        Path out = Files.createDirectories(data.resolve("out"));
        int last = Integer.parseInt(arguments[2]);
        AtomicInteger chunks = new AtomicInteger();
        Properties settings = new Properties();
        settings.putAll(Map.of("gtm.data", data.toString(), "people-ai.rate-limit", "none", "gtm.retry-max-delay", "100ms"));
        for (int i = 3; i < arguments.length; i += 2) {
            settings.put(arguments[i], arguments[i + 1]);
        }
        DefaultCamelContext camel = PlainCamel.create();
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                if (settings.containsKey(DESTINATION)) {
                    from("kamelet:" + arguments[1]).routeId(FLOW).to("kamelet:" + settings.getProperty(DESTINATION));
                    return;
                }
                from("kamelet:" + arguments[1]).routeId(FLOW).process(exchange -> {
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
