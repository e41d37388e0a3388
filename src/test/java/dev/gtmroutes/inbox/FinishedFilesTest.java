// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is no file of records, and the reason beside it. */
class FinishedFilesTest {

    @TempDir
    Path inbox;

    @Test
    void itLiesBesideTheReason() throws Exception {
        Path file = Files.writeString(inbox.resolve("a.txt"), "<none>");

        Path failed = FinishedFiles.failed(file, "it is no JSON");

        assertThat(file).doesNotExist();
        assertThat(failed).hasContent("<none>").isEqualTo(inbox.resolve(".failed/a.txt"));
        assertThat(inbox.resolve(".failed/a.txt.reason.txt")).hasContent("it is no JSON");
    }

    @Test
    void withoutTheReasonItStaysInTheInbox() throws Exception {
        Path file = Files.writeString(inbox.resolve("a.txt"), "<none>");
        Path inTheWay = Files.createDirectories(inbox.resolve(".failed/a.txt.reason.txt"));

        assertThatThrownBy(() -> FinishedFiles.failed(file, "it is no JSON")).isInstanceOf(IOException.class);

        assertThat(file).exists();
        Files.deleteIfExists(inTheWay);
        assertThat(FinishedFiles.failed(file, "it is no JSON")).exists();
    }
}
