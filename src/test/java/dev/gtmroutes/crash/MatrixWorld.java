// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.sandbox.Sandbox;

/** The program with the flows of all cells, the vendors and the broker around it, and what can happen to them. */
final class MatrixWorld implements AutoCloseable {

    /** Downloads are so slow while faults happen that these find some under way. */
    private static final long SLOW_BYTES_PER_SECOND = 8_000;
    private static final int SLOW_PAGE_MS = 500;

    private final List<MatrixCell> cells;
    private final Path directory;
    private final Sandbox sandbox = Sandbox.start(0);
    private final CuttableProxy proxy = new CuttableProxy(sandbox.port());
    private final Broker broker;
    private final MatrixVendor vendor;
    private final ProgramProcess program;
    private int runs;
    private int edits;

    /**
     * @param directory of the program
     * @param arguments the file with the program's arguments
     */
    MatrixWorld(List<MatrixCell> cells, Path directory, String arguments) throws IOException {
        this.cells = cells;
        this.directory = directory;
        this.vendor = new MatrixVendor(cells);
        this.program = new ProgramProcess(directory, arguments);
        int records = cells.get(0).records();
        sandbox.activities().perDay(MatrixSource.PER_DAY);
        sandbox.exports().take(Duration.ZERO, Duration.ofMillis(100)).fragments(MatrixSource.fragments(records));
        Files.createDirectories(directory.resolve("routes/flows"));
        Files.createDirectories(directory.resolve("data/.matrix"));
        boolean needed = cells.stream().anyMatch(cell -> cell.source().readsTopic());
        broker = needed ? new Broker() : null;
        if (needed) {
            broker.createTopic(MatrixSource.TASKS, 1);
            cells.stream().filter(cell -> cell.source() == MatrixSource.KAFKA)
                    .forEach(cell -> broker.createTopic(cell.name(), 1));
        }
        if (cells.stream().anyMatch(cell -> cell.source() == MatrixSource.FRAGMENTS)) {
            write(MatrixSource.HAND_OVER, MatrixSource.handOver(records));
        }
        writeFlows();
        Files.writeString(directory.resolve("application.properties"), """
                people-ai.sandbox.api-key=sandbox-key
                camel.kamelet.people-ai-api-action.people-ai-sandbox.baseUrl=%s
                """.formatted(proxied(sandbox.baseUrl("people-ai"))));
    }

    private String proxied(String url) {
        return url.replace(":" + sandbox.port() + "/", ":" + proxy.port() + "/");
    }

    Path data() {
        return directory.resolve("data");
    }

    Broker broker() {
        return broker;
    }

    MatrixVendor vendor() {
        return vendor;
    }

    ProgramProcess program() {
        return program;
    }

    /** Makes all sources slow, or as quick as they can be. */
    void slowSources(boolean slow) {
        sandbox.downloads().bytesPerSecond(slow ? SLOW_BYTES_PER_SECOND : 0);
        sandbox.latencyMs(slow ? SLOW_PAGE_MS : 0);
    }

    /** Starts the program and waits until it listens. */
    void start() throws IOException, InterruptedException {
        Map<String, String> settings = new HashMap<>(Map.of("PEOPLE_AI_API_KEY", "run-" + runs, "PEOPLE_AI_RATE_LIMIT",
                "none", "PEOPLE_AI_BASE_URL", vendor.url(), "CUSTOMERLY_BASE_URL", vendor.url(),
                "CUSTOMERLY_ACCESS_TOKEN", "run-" + runs, "PEOPLE_AI_CLIENT_ID", "sandbox-client",
                "PEOPLE_AI_CLIENT_SECRET", "sandbox-secret"));
        settings.put("PEOPLE_AI_PULL_URL", proxied(sandbox.baseUrl("people-ai-pull")));
        settings.put("PEOPLE_AI_TOKEN_URL", proxied(sandbox.tokenUrl("people-ai")));
        settings.put("GTM_KAFKA_BROKERS", broker == null ? "127.0.0.1:1" : broker.address());
        program.start(runs++, settings);
        program.awaitStarted();
    }

    /** Lets a fault happen, and everything be there again after it. */
    MatrixFault.Happened let(MatrixFault fault) throws IOException, InterruptedException {
        long start = System.nanoTime();
        switch (fault) {
            case NONE -> throw new IllegalArgumentException("no fault cannot happen");
            case SIGTERM -> program.stop();
            case KILL9 -> program.kill();
            case EDIT -> {
                edits++;
                writeFlows();
            }
            case RESTART -> restartOthers();
        }
        MatrixFault.Happened happened = new MatrixFault.Happened(fault, start, System.nanoTime());
        if (fault == MatrixFault.SIGTERM || fault == MatrixFault.KILL9) {
            start();
        }
        return happened;
    }

    private void restartOthers() throws IOException {
        vendor.server().goAway();
        proxy.goAway();
        if (broker != null) {
            broker.kill();
            broker.start();
        }
        vendor.server().comeBack();
        proxy.comeBack();
    }

    private void writeFlows() throws IOException {
        for (MatrixCell cell : cells) {
            write(cell.name(), cell.yaml(edits));
        }
    }

    private void write(String flow, String yaml) throws IOException {
        Path written = Files.writeString(data().resolve(".matrix/" + flow + ".yaml"), yaml);
        Files.move(written, directory.resolve("routes/flows/" + flow + ".yaml"), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        program.kill();
        vendor.close();
        proxy.close();
        sandbox.close();
        if (broker != null) {
            broker.close();
        }
    }
}
