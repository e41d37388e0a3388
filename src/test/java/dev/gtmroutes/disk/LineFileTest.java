// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {

    @TempDir
    Path directory;

    private Path path() {
        return directory.resolve("new/lines.ndjson");
    }

    private void append(String lines) throws IOException {
        new LineFile(path(), new Disk()).append(lines.getBytes(UTF_8));
    }

    @Test
    void growsByWholeLines() throws IOException {
        append("one\n");
        append("two\nthree\n");

        assertThat(path()).hasContent("one\ntwo\nthree\n");
    }

    @Test
    void halfALineIsCutOffBeforeAnythingFollowsIt() throws IOException {
        append("one\n");
        Files.writeString(path(), "one\n" + "half".repeat(5000));

        append("two\n");

        assertThat(path()).hasContent("one\ntwo\n");
    }

    @Test
    void aFileOfNothingButHalfALineIsMendedToNothing() throws IOException {
        append("one\n");
        Files.writeString(path(), "half");

        new LineFile(path(), new Disk()).mend();

        assertThat(path()).isEmptyFile();
    }

    @Test
    void linesThatAreNotOnTheDiskAreNotInTheFile() throws IOException {
        append("one\n");
        Disk broken = new Disk() {
            @Override
            public void sync(FileChannel file) throws IOException {
                throw new IOException("Input/output error");
            }
        };

        assertThatThrownBy(() -> new LineFile(path(), broken).append("two\n".getBytes(UTF_8)))
                .hasMessage("Input/output error");
        assertThat(path()).hasContent("one\n");
    }
}
