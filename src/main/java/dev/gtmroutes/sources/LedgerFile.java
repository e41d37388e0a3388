// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.disk.Disk;

/**
 * The state document of an export, replaced as a whole: whoever reads it, also after a power cut, finds the one before or
 * the one after.
 */
public final class LedgerFile {

    private final Path file;
    /** Why nothing is written. */
    public static final String NOT_OURS = "another instance of the cluster reads now";

    private final Disk disk;
    private final BooleanSupplier ours;

    public LedgerFile(Path file, Disk disk) {
        this(file, disk, () -> true);
    }

    /** @param ours whether this instance of a cluster may write it */
    public LedgerFile(Path file, Disk disk, BooleanSupplier ours) {
        this.ours = ours;
        this.file = file.toAbsolutePath();
        this.disk = disk;
    }

    public Path path() {
        return file;
    }

    /** @return its bytes, null if there is none yet */
    public byte[] read() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Returns when these bytes are on the disk in place of those before. */
    public void write(byte[] bytes) throws IOException {
        if (!ours.getAsBoolean()) {
            throw new IOException(NOT_OURS);
        }
        disk.createFolder(file.getParent());
        disk.replace(file, bytes);
    }

    /** Puts the document aside, for a person. @return where it is now */
    public Path setAside(Instant now) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + "." + now.truncatedTo(ChronoUnit.SECONDS).toString()
                .replace(":", "") + ".old");
        disk.move(file, aside);
        return aside;
    }
}
