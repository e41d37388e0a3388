// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is killed again and again while it renames a flow. */
@Tag("long")
class RenameIT {

    private static final String KEY = "rename-key-77c1";
    private static final int KILLS = 8;
    private static final int REJECTED = 20;
    private static final int FILES = 5;
    private static final int PER_FILE = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;
    private Program program;

    @Test
    void whateverItWasDoingWhenItWasKilledEachRecordArrivesExactlyOnce() throws Exception {
        Arrivals arrivals = new Arrivals();
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY).onRequest(arrivals::count)) {
            program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_BASE_URL",
                    sandbox.baseUrl("people-ai"));
            try (Program running = program) {
                rejectSome(sandbox);
                for (int file = 0; file < FILES; file++) {
                    write("waiting-" + file + ".ndjson", REJECTED + file * PER_FILE, PER_FILE);
                }
                for (int kill = 0; kill < KILLS; kill++) {
                    program.start();
                    awaitApi();
                    requireWhole(name());
                    killWhileItRenames(kill);
                }
                program.start();
                awaitApi();
                String name = name();
                requireWhole(name);
                assertThat(program.output()).anyMatch(each -> each.contains("the program ended in the middle of this"));
                assertThat(arrivals.records()).isZero();
                assertThat(request("POST", "/api/flows/" + name + "/activate", "").statusCode()).isEqualTo(200);
                await("the records that waited").atMost(PATIENCE).until(() -> arrivals.different() == FILES * PER_FILE);
                assertThat(program.run("dead-letters", "replay", name, "--all").status()).isZero();
                await("the dead letters").atMost(PATIENCE)
                        .until(() -> arrivals.different() == FILES * PER_FILE + REJECTED);
                await("the end of all files").atMost(PATIENCE).until(() -> waiting(name).isEmpty());
                assertThat(arrivals.records()).isEqualTo(FILES * PER_FILE + REJECTED);
            }
        }
    }

    /** Some records become dead letters; then the flow is not active any more. */
    private void rejectSome(Sandbox sandbox) throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().status(422, "{\"error\":\"no\"}"));
        write("rejected.ndjson", 0, REJECTED);
        program.start();
        await("the dead letters").atMost(PATIENCE).until(() -> letters("calls").size() == REJECTED);
        await("the end of the file").atMost(PATIENCE).until(() -> waiting("calls").isEmpty());
        program.terminate();
        sandbox.clearMisbehaviours();
        Path flow = file("calls");
        Files.writeString(flow, Files.readString(flow).replace("autoStartup: true", "autoStartup: false"));
    }

    /** Renames back and forth until the program is gone. @param kill how many milliseconds into a rename it is killed */
    private void killWhileItRenames(int kill) throws Exception {
        AtomicReference<String> refused = new AtomicReference<>();
        Thread renaming = new Thread(() -> {
            try {
                for (String name = name();; name = other(name)) {
                    HttpResponse<String> answer = request("POST", "/api/flows/" + name + "/rename",
                            "{\"id\":\"" + other(name) + "\"}");
                    if (answer.statusCode() != 204) {
                        refused.set(answer.body());
                        return;
                    }
                }
            } catch (Exception e) {
                // The program was killed.
            }
        });
        renaming.start();
        Path intent = directory.resolve("data/rename.json");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Files.notExists(intent) && renaming.isAlive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        long at = System.nanoTime() + Duration.ofMillis(kill).toNanos();
        while (System.nanoTime() < at) {
            Thread.onSpinWait();
        }
        program.kill();
        renaming.join();
        assertThat(refused.get()).isNull();
    }

    private void requireWhole(String name) throws IOException {
        assertThat(file(other(name))).doesNotExist();
        assertThat(directory.resolve("data/rename.json")).doesNotExist();
        assertThat(waiting(name)).hasSize(FILES);
        assertThat(letters(name)).hasSize(REJECTED);
        assertThat(directory.resolve("data/inbox").resolve(other(name))).doesNotExist();
        assertThat(directory.resolve("data/dead-letters").resolve(other(name))).doesNotExist();
        assertThat(directory.resolve("data/versions").resolve(other(name))).doesNotExist();
    }

    private String name() {
        return Files.exists(file("calls")) ? "calls" : "people";
    }

    private static String other(String name) {
        return name.equals("calls") ? "people" : "calls";
    }

    private Path file(String flow) {
        return directory.resolve("routes/flows/" + flow + ".yaml");
    }

    private void write(String name, int from, int count) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/calls"));
        Path hidden = Files.write(inbox.resolve("." + name),
                IntStream.range(from, from + count).mapToObj(each -> "{\"n\":" + each + "}").toList());
        Files.move(hidden, inbox.resolve(name));
    }

    private List<Path> waiting(String flow) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("data/inbox").resolve(flow))) {
            return files.filter(each -> each.toString().endsWith(".ndjson")).toList();
        }
    }

    private List<String> letters(String flow) {
        return program.lines("data/dead-letters/" + flow);
    }

    private void awaitApi() {
        await("the program").atMost(PATIENCE).ignoreExceptions()
                .until(() -> request("GET", "/api/flows/" + name(), "").statusCode() == 200);
    }

    private HttpResponse<String> request(String method, String path, String json) throws Exception {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json)).build(),
                BodyHandlers.ofString());
    }
}
