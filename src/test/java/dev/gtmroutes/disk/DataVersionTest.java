// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory of another version of the program. */
class DataVersionTest {

    @TempDir
    Path directory;

    @Test
    void aNewerOneIsRefusedAndNotChanged() throws Exception {
        Files.writeString(directory.resolve("VERSION"), "3\n");

        assertThatThrownBy(() -> DirectoryLock.of(directory)).hasMessageContaining("data format 3 of a newer version")
                .hasMessageContaining("reads formats up to 2").hasMessageNotContaining("\n");
        assertThat(directory.resolve("VERSION")).hasContent("3");
        // The refusal keeps no lock.
        Files.writeString(directory.resolve("VERSION"), "1\n");
        DirectoryLock.of(directory).close();
    }

    @Test
    void oneWithoutAVersionIsVersion1AndSaysSoFromThenOn() throws Exception {
        Files.writeString(Files.createDirectories(directory.resolve("inbox/calls")).resolve("a.ndjson"), "{}");
        DataVersion.check(directory);

        DirectoryLock.of(directory).close();

        assertThat(directory.resolve("VERSION")).hasContent("1");
        DirectoryLock.of(directory).close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "one", "-1", "1.0", "0", "99999999999999999999"})
    void whatIsNoVersionIsRefused(String text) throws Exception {
        Files.writeString(directory.resolve("VERSION"), text);

        assertThatThrownBy(() -> DataVersion.check(directory)).hasMessageContaining("contains no version");
    }

    @Test
    void aDirectoryThatIsNotThereHasNone() throws Exception {
        DataVersion.check(directory.resolve("none"));
        assertThat(directory).isEmptyDirectory();
    }
}
