// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Dead letters of the flow "calls" as the delivery writes them, and what lies in its inbox. */
public record LetterFiles(Path data) {

    public static final String FIRST = "calls:1-delivery";
    static final String SECOND = "calls:2-delivery";

    public Path folder() {
        return data.resolve("dead-letters/calls");
    }

    Path inbox() {
        return data.resolve("inbox/calls");
    }

    public LetterFiles withInbox() throws IOException {
        Files.createDirectories(inbox());
        return this;
    }

    /** Appends a letter. */
    public LetterFiles add(String file, String state, String destination, String reason, String record) throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(file + ".ndjson"), """
                {"record":%s,"state":"%s","reason":"%s","status":422,"answer":"no\\nsuch\\u001bthing","flow":"calls",\
                "destination":"%s","template":"push-call","sourceFile":"calls.ndjson","line":7,"time":"%sT10:00:00Z"}
                """.formatted(record, state, reason, destination, file.substring(0, 10)),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }

    /** Appends a rejected letter for the first destination. */
    public LetterFiles add(String file, String record) throws IOException {
        return add(file, "rejected", FIRST, "responded with 422", record);
    }

    /** The files in the inbox, without hidden ones. */
    List<Path> handed() {
        return list(inbox(), "replay-");
    }

    /** What lies in the hidden folder of replays. */
    List<Path> spooled() {
        return list(inbox().resolve(".replays"), "");
    }

    /** Where the progress of a file in the inbox is. */
    static Path progress(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".progress");
    }

    private static List<Path> list(Path folder, String prefix) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(each -> each.getFileName().toString().startsWith(prefix)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
