// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds of an application that has a template of GTM Routes in a route of its own, on whatever Camel runtime.
 * Beside it runs what is in {@code camel/own.yaml}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ApplicationChecks {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** Settings that an application may have, and that are also names of Kamelets' parameters. */
    private static final Map<String, String> OWN_SETTINGS = Map.of("template", "letter", "path", "/own",
            "batchSize", "7", "credential", "own", "baseUrl", "http://own.invalid", "method", "GET");

    /** Where the application has its files. */
    @TempDir
    protected static Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Vendor vendor;

    /** Starts the application by its main method. */
    protected abstract void run() throws Exception;

    /** The path under the base URL that the calls go to. */
    protected String path() {
        return "/activities/call/_bulk";
    }

    @BeforeAll
    void start() throws Exception {
        vendor = new Vendor(path());
        OWN_SETTINGS.forEach(System::setProperty);
        System.setProperty("people-ai.base-url", vendor.baseUrl());
        System.setProperty("people-ai.api-key", Vendor.API_KEY);
        System.setProperty("gtm.data", directory.resolve("data").toString());
        System.setProperty("calls.directory", directory.resolve("calls").toString());
        System.setProperty("own.directory", directory.resolve("own").toString());
        // Before a logger holds one of them.
        System.setOut(both(System.out));
        System.setErr(both(System.err));
        run();
    }

    private PrintStream both(PrintStream console) {
        return new PrintStream(console, true) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                printed.write(bytes, from, length);
            }
        };
    }

    @AfterAll
    void stop() {
        vendor.close();
    }

    @AfterEach
    void eachRequestWasRight() {
        assertThat(vendor.faults()).isEmpty();
    }

    /** Camel lists the settings that it has used, with their values, when it has started. */
    @Test
    void theLogContainsNoSecret() {
        await().atMost(LONG).until(() -> printed.toString().contains("started"));
        assertThat(printed.toString()).doesNotContain(Vendor.API_KEY, "api-key = ");
    }

    @Test
    void aFileIsDoneOnlyWhenTheLastOfItsRequestsWasAnswered() throws IOException {
        Path file = put("calls/many.ndjson", records(249, "calls") + record("slow calls"));
        await().atMost(LONG).until(() -> vendor.asked("calls").size() == 3 && vendor.accepted("calls").size() == 2);
        await().during(Duration.ofMillis(500)).until(() -> Files.exists(file));

        vendor.answerSlow();
        await().atMost(LONG).until(() -> Files.exists(file.resolveSibling(".done/many.ndjson")));
        assertThat(vendor.accepted("calls")).extracting(List::size).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(vendor.accepted("calls").stream().flatMap(List::stream)).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void aRequestThatComesTooEarlyIsSentAgain() throws IOException {
        Path file = put("calls/busy.ndjson", record("busy early") + records(4, "early"));
        await().atMost(LONG).until(() -> Files.exists(file.resolveSibling(".done/busy.ndjson")));
        assertThat(vendor.asked("early")).hasSize(2);
        assertThat(vendor.accepted("early")).extracting(List::size).containsExactly(5);
    }

    /** More often than the application's own error handler would try. */
    @Test
    void aRequestWithoutAnAnswerIsSentAgainByTheTemplate() throws IOException {
        Path file = put("calls/gone.ndjson", record("gone astray"));
        await().atMost(LONG).until(() -> Files.exists(file.resolveSibling(".done/gone.ndjson")));
        assertThat(vendor.asked("astray")).hasSize(4);
        assertThat(vendor.accepted("astray")).hasSize(1);
        assertThat(directory.resolve("own/failed/gone.ndjson")).doesNotExist();
    }

    @Test
    void aRecordThatIsRefusedIsADeadLetterAndTheOthersArrive() throws IOException {
        Path file = put("calls/bad.ndjson", records(6, "faulty") + record("bad faulty") + records(3, "more faulty"));
        await().atMost(LONG).until(() -> Files.exists(file.resolveSibling(".done/bad.ndjson")));
        assertThat(vendor.accepted("faulty").stream().flatMap(List::stream)).hasSize(9).doesNotHaveDuplicates();
        assertThat(deadLetters()).singleElement().asString().contains("bad faulty", "422", "bad.ndjson");
    }

    @Test
    void theApplicationsOwnRouteBeansAndErrorHandlerWorkAsBefore() throws IOException {
        put("own/good.txt", "count this");
        put("own/broken.txt", "fail");
        await().atMost(LONG).until(() -> Files.exists(directory.resolve("own/failed/broken.txt"))
                && Files.exists(directory.resolve("own/counted/good.txt")));
        assertThat(directory.resolve("own/counted/good.txt")).hasContent("1");
    }

    @Test
    void thereIsNoQuarkusInItAndNoOthersSettings() throws IOException {
        ClassLoader loader = getClass().getClassLoader();
        assertThat(loader.getResource("io/quarkus/runtime/Quarkus.class")).isNull();
        assertThat(Collections.list(loader.getResources("application.properties"))).hasSize(1);
    }

    /** A file that is complete as soon as it can be seen. */
    private Path put(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Path hidden = Files.writeString(directory.resolve(file.getFileName() + ".hidden"), content);
        return Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String records(int count, String kind) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> record(kind + " " + i)).collect(Collectors.joining());
    }

    private static String record(String id) {
        return "{\"external_id\": \"" + id + "\", \"duration\": 60, \"internal_note\": \"for us\"}\n";
    }

    private List<String> deadLetters() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/dead-letters/calls"))) {
            Path only = files.filter(each -> each.toString().endsWith(".ndjson")).findFirst().orElseThrow();
            return Files.readAllLines(only);
        }
    }
}
