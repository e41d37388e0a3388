// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.program.ProgramApi.Counts;
import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.RecordingServer.Arrived;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleForm.Input;
import dev.gtmroutes.samples.SampleOutcome;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged program with flows for samples, whose requests go to a server that records them. */
final class SampleProgram implements AutoCloseable {

    private static final Duration LONG = Duration.ofMinutes(5);

    private final RecordingServer server = new RecordingServer();
    private final SampleTopics topics = new SampleTopics();
    private final Program program;
    private final SampleFlows flows;
    private final DataDirectory data;
    private final ProgramApi api;

    SampleProgram(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("routes/flows"));
        program = Program.in(directory).env("GTM_CONSOLE_FLOWS", "any").recorded();
        try (Stream<Path> ownFlows = Files.list(folder)) {
            ownFlows.forEach(file -> file.toFile().delete());
        }
        flows = new SampleFlows(folder);
        data = new DataDirectory(directory.resolve("data"));
        api = new ProgramApi(program.port());
    }

    /** Records that a flow gets. */
    record Delivery(WayIn way, String flow, List<Input> inputs) {

        long records() {
            return inputs.stream().mapToLong(input -> input.records().size()).sum();
        }
    }

    /** Where flow files are written to; the running program finds them. */
    SampleFlows flows() {
        return flows;
    }

    /** Waits until so many flows run. */
    void awaitActive(int count) {
        await().atMost(LONG).pollInterval(Duration.ofSeconds(1)).until(() -> api.counts().values().stream()
                .filter(flow -> flow.state().startsWith("active")).count() == count);
    }

    RecordingServer server() {
        return server;
    }

    SampleTopics topics() {
        return topics;
    }

    DataDirectory data() {
        return data;
    }

    ProgramApi api() {
        return api;
    }

    /** Starts it, as yet without flows: previews take less time then. */
    void start() throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of("gtm.inbox.quiet", "0s", "gtm.intake.quiet", "100ms",
                "gtm.pause-after-rejections", "0", "gtm.kafka.brokers", topics.brokers()));
        SampleCatalog.vendors().forEach(vendor -> settings.putAll(vendor.settings(server.url())));
        Files.write(program.resolve("application.properties"), settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue()).toList());
        program.start().awaitStarted();
    }

    /**
     * Hands records over, all at once, and waits until each of them is counted.
     *
     * @param destinations how many destinations each flow has
     * @return what became of them, by flow; what does not come in time is missing
     */
    Map<String, SampleOutcome> deliver(List<Delivery> deliveries, int destinations) throws Exception {
        server.clear();
        Map<String, Counts> before = api.counts();
        Map<String, Integer> letters = new LinkedHashMap<>();
        for (Delivery delivery : deliveries) {
            letters.put(delivery.flow(), deadLetters(delivery.flow()).size());
            for (int i = 0; i < delivery.inputs().size(); i++) {
                delivery.way().door().hand(delivery.inputs().get(i), delivery.way(), delivery.flow(), i, this);
            }
        }
        awaitCounted(deliveries, before, destinations);
        Map<String, Counts> after = api.counts();
        Map<String, List<Arrived>> arrived = server.arrived().stream()
                .collect(Collectors.groupingBy(request -> String.valueOf(request.headers().getFirst(SampleFlows.HEADER))));
        Map<String, SampleOutcome> outcomes = new LinkedHashMap<>();
        for (String flow : letters.keySet()) {
            List<String> all = deadLetters(flow);
            Counts from = before.getOrDefault(flow, Counts.NONE);
            Counts to = after.getOrDefault(flow, Counts.NONE);
            outcomes.put(flow, new SampleOutcome(arrived.getOrDefault(flow, List.of()),
                    all.subList(letters.get(flow), all.size()), to.delivered() - from.delivered(),
                    to.rejected() - from.rejected()));
        }
        return outcomes;
    }

    /** A flow that does not come to an end fails its own cases, and not those of all the others. */
    private void awaitCounted(List<Delivery> deliveries, Map<String, Counts> before, int destinations) {
        TreeSet<String> open = new TreeSet<>();
        try {
            await().atMost(LONG).pollInterval(Duration.ofMillis(200)).until(() -> {
                Map<String, Counts> now = api.counts();
                open.clear();
                deliveries.stream().filter(delivery -> now.getOrDefault(delivery.flow(), Counts.NONE).settled()
                        - before.getOrDefault(delivery.flow(), Counts.NONE).settled() < destinations * delivery.records())
                        .forEach(delivery -> open.add(delivery.flow() + " "
                                + now.getOrDefault(delivery.flow(), Counts.NONE)));
                return open.isEmpty();
            });
        } catch (ConditionTimeoutException e) {
            System.out.println("Not all records have an outcome: " + open);
        }
    }

    private List<String> deadLetters(String flow) throws IOException {
        Path directory = data.path().resolve("dead-letters").resolve(flow);
        if (Files.notExists(directory)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }

    List<String> output() {
        return program.output();
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
        topics.close();
        server.close();
    }
}
