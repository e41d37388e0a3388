// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that has no memory left ends, and whatever started it can start it anew. */
class OutOfMemoryIT {

    private static final int STATUS = 3;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    /** One record of 200 MB, with a heap of 100 MB. */
    private Program program(String option) throws Exception {
        // Java reads this variable behind all other options.
        Program program = Program.in(directory).java("-Xmx100m").env("_JAVA_OPTIONS", option)
                .env("GTM_MAX_RECORD_BYTES", "512M")
                .env("PEOPLE_AI_API_KEY", "unused").env("PEOPLE_AI_BASE_URL", "http://127.0.0.1:1");
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/calls"));
        byte[] text = "x".repeat(MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
        try (OutputStream file = Files.newOutputStream(inbox.resolve("large.ndjson"))) {
            file.write("{\"text\":\"".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 200; i++) {
                file.write(text);
            }
            file.write("\"}\n".getBytes(StandardCharsets.US_ASCII));
        }
        return program.start();
    }

    @Test
    void withTheOptionsOfTheShippedStart() throws Exception {
        try (Program program = program("")) {
            assertThat(program.awaitExit()).isEqualTo(STATUS);
        }
    }

    @Test
    void withoutThem() throws Exception {
        try (Program program = program("-XX:-ExitOnOutOfMemoryError")) {
            assertThat(program.awaitExit()).isEqualTo(STATUS);
            assertThat(program.output())
                    .anyMatch(line -> line.startsWith("The program ends, because it has no memory left."));
        }
    }
}
