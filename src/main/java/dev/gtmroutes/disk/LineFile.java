// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows by whole lines. Half a line that a crash left at its end was never acknowledged, and is cut off
 * before anything follows it. One writer at a time; who reads meanwhile leaves out what has no line end yet.
 */
public final class LineFile {

    private static final int BLOCK = 8192;

    private final Path file;
    private final Disk disk;

    /** @param file need not exist */
    public LineFile(Path file, Disk disk) {
        this.file = file.toAbsolutePath();
        this.disk = disk;
    }

    /**
     * Returns when the lines are on the disk.
     *
     * @param  lines whole lines, each with its line end
     * @throws IOException if they are not; the file is then as it was before
     */
    public void append(byte[] lines) throws IOException {
        disk.createFolder(file.getParent());
        try (FileChannel channel = PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long end = endOfLastLine(channel);
            disk.truncate(channel, end);
            try {
                disk.write(channel, ByteBuffer.wrap(lines));
                disk.sync(channel);
                // Not only if it was just made: who made it may not have come as far as here.
                if (end == 0) {
                    disk.syncFolder(file.getParent());
                }
            } catch (IOException e) {
                disk.truncate(channel, end);
                throw e;
            }
        }
    }

    /** Cuts off half a line at the end, if there is a file and such a line. */
    public void mend() throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                disk.truncate(channel, endOfLastLine(channel));
                disk.sync(channel);
            }
        }
    }

    /** Where the last whole line ends, in bytes from the start of the file. */
    public static long endOfLastLine(FileChannel file) throws IOException {
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
