// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Where files go that the inbox is done with. */
final class FinishedFiles {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);

    /** The folder beside it for a file whose records all have an outcome. */
    static final String DONE = ".done";

    private FinishedFiles() {
    }

    /** Each record has its outcome. */
    static Path done(Path file) throws IOException {
        return move(file, DONE);
    }

    /** It holds no records; the reason is written beside it, and first: without room for that the file stays. */
    static Path failed(Path file, String reason) throws IOException {
        Path to = target(file, ".failed");
        Path text = to.resolveSibling(to.getFileName() + ".reason.txt");
        try {
            Files.writeString(text, reason + "\n");
            return Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(text);
            throw e;
        }
    }

    private static Path move(Path file, String directory) throws IOException {
        return Files.move(file, target(file, directory), StandardCopyOption.ATOMIC_MOVE);
    }

    /** An earlier file of the same name is kept: a rename would replace it without a word. */
    private static Path target(Path file, String directory) throws IOException {
        Path to = Files.createDirectories(file.resolveSibling(directory)).resolve(file.getFileName());
        if (Files.exists(to)) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
            to = to.resolveSibling(name.substring(0, dot) + "." + STAMP.format(Instant.now()) + name.substring(dot));
        }
        return to;
    }
}
