// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;

/** What an earlier run left unfinished in a flow's folder, after a crash or a power cut. */
final class CrashCleanup {

    private final InboxFolder folder;
    private final Disk disk;

    CrashCleanup(InboxFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Publishes what was acknowledged and deletes what never was. */
    void settle() throws IOException {
        settleOpenFile();
        try (Stream<Path> parts = folder.parts()) {
            // A large body is acknowledged after its rename, so one that still has this name never was.
            for (Path part : (Iterable<Path>) parts::iterator) {
                Files.deleteIfExists(part);
            }
        }
    }

    private void settleOpenFile() throws IOException {
        Path open = folder.openFile();
        if (!Files.exists(open)) {
            return;
        }
        long length;
        try (FileChannel file = FileChannel.open(open, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Every acknowledged append ends with a newline: what comes after the last one is torn.
            length = LineFile.endOfLastLine(file);
            disk.truncate(file, length);
            disk.sync(file);
        }
        if (length == 0) {
            Files.delete(open);
        } else {
            folder.publish(open, BodyFormat.NDJSON);
        }
    }
}
