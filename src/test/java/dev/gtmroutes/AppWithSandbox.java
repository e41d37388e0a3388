// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.sandbox.Sandbox;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * One application for all tests that need one: its own routes and data directories, a sandbox as People.ai and a
 * webhook server. Each flow below belongs to the tests of one class, so that they do not get into each other's way.
 */
public class AppWithSandbox implements QuarkusTestResourceLifecycleManager {

    /** The API key of the tests: no log line, event or dead letter may hold it. */
    public static final String KEY = "test-key-3f1c";

    /** How large a posted body may be, in bytes. */
    public static final int MAX_BODY = 60 << 20;

    /** Flows that do not run: what is posted to them can be looked at. */
    private static final List<String> INACTIVE = List.of("inactive", "taken", "one-by-one", "at-once", "forms", "large",
            "broken", "cut", "full");

    private static final String BATCH = "people-ai-push-batch-call-activities-sink";
    private static final String SINGLE = "people-ai-push-call-activity-sink";

    private final TestDestination destination = new TestDestination();
    private Path directory;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("gtm-test");
            Path flows = Files.createDirectories(directory.resolve("routes/flows"));
            String webhook = "responseWebhook: \"RAW(" + destination.webhookUrl() + "?team=gtm&kind=calls)\"";
            flow(flows, "calls", BATCH, "batchSize: 100");
            flow(flows, "single", SINGLE, "maxInFlight: 8");
            flow(flows, "posted", BATCH, "batchSize: 100");
            flow(flows, "tapped", BATCH, "batchSize: 100, retryFor: 1s, " + webhook);
            flow(flows, "twice", BATCH, "batchSize: 10, " + webhook.replace("kind=calls", "kind=first"));
            Files.writeString(flows.resolve("twice.yaml"), """
                            - to:
                                uri: kamelet:%s
                                parameters: {%s}
                    """.formatted(SINGLE, webhook.replace("kind=calls", "kind=second")), StandardOpenOption.APPEND);
            flow(flows, "answers", BATCH, "batchSize: 10, retryFor: 20s");
            flow(flows, "impatient", BATCH, "batchSize: 10, retryFor: 1s");
            flow(flows, "stopped", BATCH, "batchSize: 10, maxInFlight: 2");
            flow(flows, "rewritten", BATCH, "batchSize: 10, maxInFlight: 2");
            flow(flows, "shaped", BATCH, "excludeAttributes: \"secret, owner.email, people.phone\", maxBatchBytes: 1000");
            flow(flows, "across", BATCH, "batchSize: 100, batchTimeout: 1000, groupBy: region");
            flow(flows, "both", BATCH, "batchSize: 10, maxInFlight: 2");
            flow(flows, "paced", BATCH, "batchSize: 10, maxInFlight: 2, credential: paced");
            secondDestination(flows, "both");
            flow(flows, "replayed", BATCH, "batchSize: 10");
            secondDestination(flows, "replayed");
            flow(flows, "counted", BATCH, "batchSize: 10, maxInFlight: 1");
            flow(flows, "watched", BATCH, "batchSize: 10, maxInFlight: 1");
            flow(flows, "refused", SINGLE, "maxInFlight: 1");
            flow(flows, "locked", SINGLE, "maxInFlight: 1");
            flow(flows, "paused", SINGLE, "maxInFlight: 1");
            flow(flows, "elsewhere", BATCH, "batchSize: 10");
            Path elsewhere = flows.resolve("elsewhere.yaml");
            Files.writeString(elsewhere, Files.readString(elsewhere).replace("{flow: elsewhere}",
                    "{flow: elsewhere, folder: drops}"));
            Files.writeString(flows.resolve("elsewhere-off.yaml"), Files.readString(elsewhere)
                    .replace("elsewhere", "elsewhere-off").replace("autoStartup: true", "autoStartup: false"));
            flow(flows, "charted", BATCH, "batchSize: 10, " + webhook);
            export(flows, "exported");
            for (String each : INACTIVE) {
                flow(flows, each, BATCH, "batchSize: 100");
                Path inactive = flows.resolve(each + ".yaml");
                Files.writeString(inactive, Files.readString(inactive).replace("autoStartup: true", "autoStartup: false"));
            }
            BadFlows.write(flows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.ofEntries(Map.entry("gtm.routes", directory.resolve("routes").toString()),
                Map.entry("gtm.data", directory.resolve("data").toString()), Map.entry("gtm.inbox.quiet", "200ms"),
                Map.entry("gtm.intake.max-bytes", String.valueOf(MAX_BODY)), Map.entry("people-ai.api-key", KEY),
                Map.entry("people-ai.base-url", destination.sandbox().baseUrl("people-ai")),
                Map.entry("people-ai.rate-limit", "none"),
                Map.entry("people-ai.pull-url", destination.sandbox().url() + "/people-ai/pull/v1"),
                Map.entry("people-ai.exporting.access-token", KEY), Map.entry("people-ai.paced.api-key", KEY),
                Map.entry("camel.kamelet.people-ai-api-action.people-ai-paced.rateLimit", "1/1h"));
    }

    private static void flow(Path flows, String id, String sink, String parameters) throws IOException {
        Files.writeString(flows.resolve(id + ".yaml"), """
                - route:
                    id: %1$s
                    autoStartup: true
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%2$s
                            parameters: {%3$s}
                """.formatted(id, sink, parameters));
    }

    private void export(Path flows, String id) throws IOException {
        Files.writeString(flows.resolve(id + ".yaml"), """
                - route:
                    id: %s
                    autoStartup: true
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "2025-01-01", endDate: "2025-01-02", credential: exporting}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: "%s"}
                """.formatted(id, directory.resolve(id)));
    }

    private static void secondDestination(Path flows, String id) throws IOException {
        Files.writeString(flows.resolve(id + ".yaml"), """
                        - to:
                            uri: kamelet:%s
                            parameters: {maxInFlight: 2}
                """.formatted(SINGLE), StandardOpenOption.APPEND);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(destination, new TestInjector.MatchesType(TestDestination.class));
        injector.injectIntoFields(destination.sandbox(), new TestInjector.MatchesType(Sandbox.class));
        injector.injectIntoFields(new DataDirectory(directory.resolve("data")),
                new TestInjector.MatchesType(DataDirectory.class));
    }

    @Override
    public void stop() {
        destination.close();
    }
}
