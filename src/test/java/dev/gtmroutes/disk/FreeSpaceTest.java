// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.SmallDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the two ran out. */
class FreeSpaceTest {

    @TempDir
    Path directory;

    @Test
    void inodesAreReadFromWhatDfPrints() {
        assertThat(FreeSpace.freeInodes("""
                Filesystem      Inodes  IUsed    IFree IUse% Mounted on
                /dev/sda1      6553600 417237  6136363    7% /
                """)).hasValue(6136363);
        assertThat(FreeSpace.freeInodes("""
                Filesystem        Inodes IUsed IFree IUse% Mounted on
                //server/my share    100    90    10   90% /var/lib/my data
                """)).hasValue(10);
        assertThat(FreeSpace.freeInodes("""
                Filesystem     Inodes IUsed IFree IUse% Mounted on
                /dev/sdb            0     0     0     - /mnt/btrfs
                """)).isEmpty();
        assertThat(FreeSpace.freeInodes("")).isEmpty();
    }

    @Test
    void outOfInodesIsToldFromOutOfBytes() throws Exception {
        try (SmallDisk disk = SmallDisk.withInodes(directory.resolve("few-inodes"), 50)) {
            Path folder = directory.resolve("few-inodes");
            assertThat(FreeSpace.inodes(folder).orElseThrow()).isBetween(40L, 50L);
            disk.fillWithFiles();

            Throwable failure = catchThrowable(() -> Files.createFile(folder.resolve("one-more")));

            assertThat(FreeSpace.inodes(folder)).hasValue(0);
            assertThat(FreeSpace.shortage(failure, folder)).contains("no free inodes").contains("gtm.keep-done");
        }
    }

    @Test
    void outOfBytesIsToldFromOutOfInodes() throws Exception {
        try (SmallDisk disk = SmallDisk.at(directory.resolve("few-bytes"))) {
            Path folder = directory.resolve("few-bytes");
            Path file = Files.createFile(folder.resolve("a"));
            disk.fill();

            Throwable failure = catchThrowable(() -> Files.write(file, new byte[100_000]));

            assertThat(FreeSpace.shortage(failure, folder)).contains("no free bytes").contains("enlarge the volume");
        }
    }

    /** When its file is deleted again, there is room once more. */
    @Test
    void aLargeBodyThatDidNotFitIsNoShortageOfInodes() {
        assertThat(FreeSpace.shortage(new IOException("No space left on device"), directory)).contains("no free bytes");
    }

    @Test
    void anotherFailureIsNoShortage() {
        assertThat(FreeSpace.shortage(new IOException("Input/output error"), directory)).isNull();
        assertThat(FreeSpace.shortage(new FileSystemException("a", null, "Disk quota exceeded"), directory))
                .contains("quota");
        assertThat(FreeSpace.shortage(new IOException(), directory)).isNull();
    }
}
