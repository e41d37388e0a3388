// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process per data directory, whatever its flows do with it. */
@Tag("long")
class OneProgramIT {

    private static final String REFUSED = "Another running program uses the data directory";

    @TempDir
    Path directory;

    private Program program() throws Exception {
        return Program.in(directory).env("PEOPLE_AI_API_KEY", "one-key-90aa");
    }

    @Test
    void ofTwoThatStartAtTheSameMomentOneRunsAndAKilledOneHindersNobody() throws Exception {
        try (Program one = program(); Program other = program(); Program next = program()) {
            one.start();
            other.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> !one.isAlive() || !other.isAlive());
            Program refused = one.isAlive() ? other : one;
            Program running = one.isAlive() ? one : other;
            running.awaitStarted();

            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.output()).filteredOn(each -> each.contains(REFUSED)).hasSize(1);
            assertThat(refused.output()).noneMatch(each -> each.matches("^\\s+at .*|.*Exception.*"));

            running.kill();
            next.start().awaitStarted();
            assertThat(next.output()).noneMatch(each -> each.contains(REFUSED));
        }
    }

    @Test
    void anEmbeddingProgramKeepsTheProgramOutAndTheOtherWayRound() throws Exception {
        try (Program program = program()) {
            Process embedder = embedder();
            try {
                await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(directory.resolve("up")));
                int status = program.start().awaitExit();

                assertThat(status).isNotZero();
                assertThat(program.output()).filteredOn(each -> each.contains(REFUSED)).hasSize(1);
            } finally {
                embedder.destroyForcibly().waitFor();
            }
            program.start().awaitStarted();
            Process refused = embedder();
            assertThat(refused.waitFor()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("embedder.log"))).contains(REFUSED);
        }
    }

    private Process embedder() throws Exception {
        Files.deleteIfExists(directory.resolve("up"));
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath(),
                Embedder.class.getName(), directory.toString()).redirectErrorStream(true)
                .redirectOutput(directory.resolve("embedder.log").toFile()).start();
    }

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(each -> Path.of(each).toAbsolutePath().toString()).reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** A Camel without Quarkus and without an inbox, as another program has it. */
    static final class Embedder {

        private Embedder() {
        }

        public static void main(String... arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            try (CamelContext camel = new DefaultCamelContext()) {
                Properties settings = new Properties();
                settings.put("gtm.data", directory.resolve("data").toString());
                settings.put("people-ai.api-key", "one-key-90aa");
                camel.getPropertiesComponent().setOverrideProperties(settings);
                camel.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from("direct:calls").to("kamelet:people-ai-push-call-activity-sink");
                    }
                });
                camel.start();
                Files.createFile(directory.resolve("up"));
                Thread.sleep(Duration.ofMinutes(2).toMillis());
            }
        }
    }
}
