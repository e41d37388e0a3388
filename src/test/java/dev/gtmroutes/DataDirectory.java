// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;

/** The data directory of a running application, as a user sees it. */
public record DataDirectory(Path path) {

    public Path inbox(String flow) {
        return path.resolve("inbox").resolve(flow);
    }

    /** Drops a finished file into a flow's inbox. */
    public Path drop(String flow, String name, String content) {
        return drop(flow, name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Path drop(String flow, String name, byte[] content) {
        try {
            Path inbox = Files.createDirectories(inbox(flow));
            Path hidden = Files.write(inbox.resolve("." + name), content);
            return Files.move(hidden, inbox.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops a file and waits until it has been dealt with. */
    public Path deliver(String flow, String name, String content) {
        drop(flow, name, content);
        return awaitDone(flow, name);
    }

    public Path awaitDone(String flow, String name) {
        return await(inbox(flow).resolve(".done").resolve(name));
    }

    public Path await(Path file) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file));
        return file;
    }

    /** The dead letters of a flow that came from this file. */
    public List<JsonNode> deadLetters(String flow, String sourceFile) {
        return deadLetters(flow, each -> each.path("sourceFile").asText().equals(sourceFile));
    }

    /** The dead letters of a flow for which this holds. */
    public List<JsonNode> deadLetters(String flow, Predicate<JsonNode> wanted) {
        Path directory = path.resolve("dead-letters").resolve(flow);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> each.getFileName().toString().matches("\\d.*\\.ndjson")).sorted()
                    .flatMap(DataDirectory::lines).map(TestDestination::json)
                    .filter(wanted).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
