// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Finds out whether files can be written in a folder, by writing one. For any number of threads. */
public final class WriteProbe {

    private static final int BLOCK = 4096;

    private final Path folder;
    private final Disk disk;

    /** @param folder created if missing */
    public WriteProbe(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Why not, in one sentence without a full stop; null if they can. */
    public synchronized String problem() {
        Path probe = folder.resolve(".write-probe");
        try {
            disk.createFolder(folder);
            try (FileChannel file = FileChannel.open(probe, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                disk.write(file, ByteBuffer.allocate(BLOCK));
            } finally {
                Files.deleteIfExists(probe);
            }
            return null;
        } catch (IOException e) {
            return Objects.requireNonNullElseGet(FreeSpace.shortage(e, folder), () -> FileErrors.text(e));
        }
    }
}
