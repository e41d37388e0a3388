// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the packaged program deletes by itself, with settings from the environment. */
class RetentionIT {

    private static final String KEY = "retention-key-1b5c";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Path old(String name) throws Exception {
        Path file = directory.resolve("data/inbox").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    }

    @Test
    void oldFilesGoSoonAfterTheStartAndAFileOfTheIntakeWithItsLastRecord() throws Exception {
        Path calls = old("calls/.done/a.ndjson");
        Path failed = old("calls/.failed/b.html");
        Path other = old("other-flow/.done/c.ndjson");
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY);
                Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY)
                        .env("PEOPLE_AI_BASE_URL", sandbox.baseUrl("people-ai"))
                        .env("GTM_KEEP_DONE", "1h").env("GTM_KEEP_DONE_OTHER_FLOW", "3h")) {
            program.start().awaitStarted();
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/intake/calls"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"n\":1}")).build();
            assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
            await().atMost(LONG).until(() -> sandbox.summary().accepted() == 1 && left("calls").size() == 1);
            await().atMost(LONG).until(() -> Files.notExists(calls));

            program.awaitLine("Retention removed 1 files with 1 MB: 1 finished files");
            assertThat(failed).exists();
            assertThat(other).exists();
            assertThat(directory.resolve("data/VERSION")).hasContent("2");
        }
    }

    /** All but the file that was finished two hours ago, until it is gone, too. */
    private List<Path> left(String flow) throws Exception {
        try (Stream<Path> files = Files.walk(directory.resolve("data/inbox").resolve(flow))) {
            return files.filter(Files::isRegularFile).filter(each -> !each.endsWith("a.ndjson")).toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"GTM_KEEP_DONE, soon", "GTM_KEEP_DEAD_LETTERS, 7", "GTM_KEEP_OPEN_DEAD_LETTERS, 1d+1G"})
    void aValueThatSaysNothingEndsTheStartInOneLine(String name, String value) throws Exception {
        try (Program program = Program.in(directory).env(name, value)) {
            program.start();

            assertThat(program.awaitExit()).isNotZero();
            assertThat(program.output()).filteredOn(each -> each.contains("'" + value + "' does not say how long"))
                    .hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }
}
