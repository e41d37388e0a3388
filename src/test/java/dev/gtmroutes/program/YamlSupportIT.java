// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.kafka.Broker;
import dev.gtmroutes.program.YamlSupport.Kind;
import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.RecordingServer.Arrived;
import dev.gtmroutes.samples.RecordingServer.Reply;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flows that a user has written by hand, without templates: each part of Camel of {@link YamlSupport} does its work. */
class YamlSupportIT {

    static final Path FLOWS = Path.of("src/test/resources/yaml-support");

    private static final String IN = "yaml-in";
    private static final String OUT = "yaml-out";
    private static final Duration LONG = Duration.ofSeconds(20);

    private static RecordingServer server;
    private static Broker broker;
    private static Program program;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        server = new RecordingServer();
        server.answer(request -> request.path().equals("/fails") ? new Reply(500, "{}") : Reply.OK);
        broker = new Broker();
        broker.createTopic(IN, 1);
        broker.createTopic(OUT, 1);
        broker.send(List.of(new ProducerRecord<>(IN, "message")));
        program = Program.in(directory).recorded().env("YAML_SUPPORT", "from outside");
        Path flows = directory.resolve("routes/flows");
        try (Stream<Path> own = Files.list(flows)) {
            own.forEach(file -> file.toFile().delete());
        }
        try (Stream<Path> files = Files.list(FLOWS)) {
            for (Path file : files.toList()) {
                Files.copy(file, flows.resolve(file.getFileName()));
            }
        }
        Files.writeString(flows.resolve("throws.yaml"), YamlSupport.throwingFlows());
        Files.writeString(directory.resolve("application.properties"),
                "server=" + server.url() + "\nbrokers=" + broker.address() + "\ngreeting=Hello\n");
        Files.writeString(Files.createDirectories(directory.resolve("in")).resolve("words.txt"), "tea\nmilk\n\nlemonade\n");
        program.start().awaitStarted();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        broker.close();
        server.close();
    }

    /** The first request of this path. */
    private static Arrived arrived(String path) {
        try {
            await("a request of " + path).atMost(LONG).until(() -> !all(path).isEmpty());
        } catch (RuntimeException e) {
            throw new AssertionError("no request of " + path + "; the program says\n" + problems(), e);
        }
        return all(path).get(0);
    }

    private static String problems() {
        return program.output().stream().filter(line -> line.matches(".* (WARN|ERROR) .*"))
                .filter(line -> !line.endsWith("[compact-yaml]")).collect(Collectors.joining("\n"));
    }

    private static List<Arrived> all(String path) {
        return server.arrived().stream().filter(each -> each.path().equals(path)).toList();
    }

    private static String body(String path) {
        return arrived(path).body();
    }

    @Test
    void allFlowsRun() {
        assertThat(problems()).doesNotContain("not started");
    }

    @Test
    void valuesAreSetAndRemoved() {
        Arrived request = arrived("/values");
        Map<String, String> headers = request.headers().entrySet().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(), header -> header.getValue().get(0)));

        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.body()).isEqualTo("Ada");
        assertThat(headers).containsEntry("x-kind", "first").containsEntry("x-upper", "ADA").containsEntry("x-length", "3")
                .containsEntry("x-property", "first").containsEntry("x-texts", "first first Ada values")
                .containsEntry("x-variable", "Ada").containsEntry("x-setting", "Hello")
                .containsEntry("x-environment", "from outside").containsEntry("x-without", "[]")
                .doesNotContainKeys("x-gone", "x-random");
        assertThat(LocalDate.parse(headers.get("x-day"))).isBetween(LocalDate.now().minusDays(1), LocalDate.now());
        assertThat(headers.get("x-uuid")).matches("[-0-9A-F]{20,}|[-0-9a-f]{20,}");
        assertThat(program.output()).anyMatch(line -> line.contains("values sends Ada"))
                .anyMatch(line -> line.contains("X-Upper") && line.contains("Body: Ada"));
    }

    @Test
    void aFileIsReadLineByLineAndWrittenToFiles() throws IOException {
        arrived("/files/end");

        assertThat(Files.readString(program.resolve("out/with-a-words.txt"))).isEqualTo("tealemonade");
        assertThat(Files.readString(program.resolve("out/without-a.txt"))).isEqualTo("milk");
        await().atMost(LONG).until(() -> Files.exists(program.resolve("in/done/words.txt")));
    }

    @Test
    void aMessageTakesEachWay() {
        assertThat(body("/ways/end")).isEqualTo("end");
        assertThat(body("/ways/tapped")).isEqualTo("again");
        assertThat(all("/ways/one")).extracting(Arrived::body).containsExactly("one turns:012", "one enriched again");
        assertThat(all("/ways/other")).extracting(Arrived::body).containsExactly("turns:012", "enriched again");
        assertThat(all("/ways/after-the-stop")).isEmpty();
    }

    @Test
    void beansAreMadeAndCalled() {
        assertThat(body("/beans/counter")).isEqualTo("2");
        assertThat(arrived("/beans/list").headers().getFirst("X-Size")).isEqualTo("3");
        assertThat(body("/beans/list")).isEqualTo("a c");
    }

    @Test
    void jsonIsReadAndWritten() {
        Arrived request = arrived("/json");

        assertThat(request.body()).isEqualTo("{\"name\":\"Ada\",\"tags\":[\"x\",\"y\"],\"address\":{\"town\":\"London\"}}");
        assertThat(Stream.of("X-Name", "X-Town", "X-Size", "X-Tag", "X-Get").map(request.headers()::getFirst))
                .containsExactly("Ada", "London", "3", "y", "Ada");
    }

    @Test
    void aMessageGoesFromTopicToTopic() {
        await().atMost(LONG).until(() -> !broker.messages(OUT).isEmpty());

        assertThat(broker.messages(OUT)).extracting(ConsumerRecord::key, ConsumerRecord::value)
                .containsExactly(tuple("key", "handed on: message"));
    }

    @Test
    void errorsAreHandled() {
        assertThat(body("/errors/handled")).isEqualTo("told");
        assertThat(body("/responses/status")).isEqualTo("status 500");
        assertThat(body("/responses/unread")).isEqualTo("not JSON");
        assertThat(body("/responses/unconverted")).isEqualTo("no number");
        arrived("/responses/refused");
        arrived("/responses/finally");
    }

    @Test
    void exceptionsAreThrownAndCaught() {
        assertThat(YamlSupport.names(Kind.THROWN)).allSatisfy(
                exception -> assertThat(body("/thrown/" + exception)).isEqualTo("thrown"));
    }
}
