// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFilesTest {

    @TempDir
    Path directory;

    private static String rights(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void theDataDirectoryAndWhatIsInItAreForItsUser() throws IOException {
        Path data = directory.resolve("below/data");
        try (DirectoryLock lock = DirectoryLock.of(data)) {
            new Disk().replace(data.resolve("file"), "secret".getBytes(StandardCharsets.UTF_8));

            assertThat(rights(data)).isEqualTo("rwx------");
            assertThat(rights(data.resolve(".lock"))).isEqualTo("rw-------");
            assertThat(rights(data.resolve("file"))).isEqualTo("rw-------");
            assertThat(PrivateFiles.isOpenToOthers(data)).isFalse();
        }
    }

    @Test
    void aDirectoryThatExistsStaysAsItIsAndIsNoticed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));

        DirectoryLock.of(data).close();

        assertThat(rights(data)).isEqualTo("rwxrwxr-x");
        assertThat(PrivateFiles.isOpenToOthers(data)).isTrue();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwx---"));
        assertThat(PrivateFiles.isOpenToOthers(data)).isFalse();
    }

    @Test
    void noLinkIsFollowedWhereThatIsAskedFor() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));

        assertThatThrownBy(() -> PrivateFiles.open(link, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)).isInstanceOf(IOException.class);
        assertThat(directory.resolve("nothing")).doesNotExist();
    }
}
