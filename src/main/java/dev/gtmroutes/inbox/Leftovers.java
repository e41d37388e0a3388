package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** What an earlier run left unfinished in a flow's folder, after a crash or a power cut. */
final class Leftovers {

    private static final int BLOCK = 8192;

    private final FlowFolder folder;
    private final Disk disk;

    Leftovers(FlowFolder folder, Disk disk) {
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
            length = endOfLastLine(file);
            disk.truncate(file, length);
            disk.sync(file);
        }
        if (length == 0) {
            Files.delete(open);
        } else {
            folder.publish(open, BodyFormat.NDJSON);
        }
    }

    private static long endOfLastLine(FileChannel file) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = file.size(); end > 0;) {
            long start = Math.max(0, end - BLOCK);
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && file.read(block, start + block.position()) >= 0) {
                // reads on until the block is full
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
            end = start;
        }
        return 0;
    }
}
