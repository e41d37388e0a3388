// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.server.RecordedRequest;

/** The {@code routes/} of a running application, as people edit them, and what arrives by them. */
final class LiveRoutes {

    private static final AtomicInteger PROBES = new AtomicInteger();
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Path routes;
    private final DataDirectory data;
    private final TestDestination destination;

    LiveRoutes(DataDirectory data, TestDestination destination) {
        this.routes = data.path().resolveSibling("routes");
        this.data = data;
        this.destination = destination;
    }

    /** A flow that sends single records and tells its version in a header. */
    static String flow(String id, String version) {
        return flow(id, version, "people-ai-push-call-activity-sink");
    }

    static String flow(String id, String version, String template) {
        return """
                - route:
                    id: %1$s
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s, quiet: 0s}
                      steps:
                        - to:
                            uri: kamelet:%3$s
                            parameters: {requestHeaders: "X-Version:%2$s"}
                """.formatted(id, version, template);
    }

    Path flowFile(String id) {
        return routes.resolve("flows/" + id + ".yaml");
    }

    /** Writes a flow as an editor does that renames. */
    Path write(String id, String text) {
        return write(flowFile(id), text);
    }

    static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Path hidden = Files.writeString(file.resolveSibling("." + file.getFileName() + ".swp"), text);
            return Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String id) {
        try {
            Files.deleteIfExists(flowFile(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A Kamelet of this project under another name, with other names in it. */
    Path kamelet(String name, String original, UnaryOperator<String> edit) {
        try {
            String text = Files.readString(Path.of("routes/kamelets", original + ".kamelet.yaml"));
            String own = original.substring(original.lastIndexOf('/') + 1);
            return write(routes.resolve("kamelets/test/" + name + ".kamelet.yaml"),
                    edit.apply(text.replace("name: " + own + "\n", "name: " + name + "\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one record through a flow. */
    RecordedRequest probe(String flow) {
        String test = "probe-" + PROBES.incrementAndGet();
        data.drop(flow, test + ".ndjson", "{\"test\":\"" + test + "\"}\n");
        await().atMost(LONG).until(() -> !destination.requests(test).isEmpty());
        data.awaitDone(flow, test + ".ndjson");
        List<RecordedRequest> requests = destination.requests(test);
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    /** Sends records until one arrives with this value of a header. */
    void awaitHeader(String flow, String header, String value) {
        await().atMost(LONG).untilAsserted(() -> assertThat(probe(flow).header(header)).isEqualTo(value));
    }

    void awaitVersion(String flow, String version) {
        awaitHeader(flow, "x-version", version);
    }
}
