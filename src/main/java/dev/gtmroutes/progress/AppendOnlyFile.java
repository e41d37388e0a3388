// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * A file of lines that is only appended to, or written anew as a whole. There is none before the first line. What a failed
 * call has left of it nobody knows: {@link #isDoubtful()} says so until it is written anew.
 */
final class AppendOnlyFile {

    private static final long SYNC_NANOS = 1_000_000_000L;

    private Path path;
    private final Disk disk;
    private final Object lock;
    private FileChannel channel;
    private long length;
    private boolean doubtful;
    /** Whether the name of the file is on the disk. */
    private boolean named;
    private boolean syncing;
    private long synced = System.nanoTime();

    /**
     * @param length   of what is good of it, in bytes; what is behind will be cut off
     * @param doubtful whether it has to be written anew first
     * @param lock     held by whoever calls
     */
    AppendOnlyFile(Path path, long length, boolean doubtful, Disk disk, Object lock) {
        this.path = path;
        this.length = length;
        this.doubtful = doubtful;
        this.disk = disk;
        this.lock = lock;
    }

    /** Bytes. */
    long length() {
        return length;
    }

    /** Whether appending to it makes no sense, also because somebody took it away, or a part of it. */
    boolean isDoubtful() throws IOException {
        return doubtful || !isOpen() && length > 0 && (!Files.exists(path) || Files.size(path) < length);
    }

    /** Whether lines were appended since it was written anew. */
    boolean isOpen() {
        return channel != null && channel.isOpen();
    }

    void append(String lines) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        try {
            open();
            disk.write(channel, ByteBuffer.wrap(bytes));
            length += bytes.length;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Whatever was written behind the last whole line is cut off. */
    private void open() throws IOException {
        if (!isOpen()) {
            channel = PrivateFiles.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            disk.truncate(channel, length);
        }
    }

    /** Returns when all lines are on the disk. */
    void sync() throws IOException {
        disk.sync(channel);
        if (!named) {
            disk.syncFolder(path.getParent());
            named = true;
        }
        synced = System.nanoTime();
    }

    /** Brings the lines to the disk beside the caller, once a second: no request waits for it. */
    void syncSoon() {
        if (syncing || System.nanoTime() - synced < SYNC_NANOS) {
            return;
        }
        syncing = true;
        FileChannel written = channel;
        boolean hasName = named;
        Path folder = path.getParent();
        CompletableFuture.runAsync(() -> {
            boolean well = false;
            try {
                disk.sync(written);
                if (!hasName) {
                    disk.syncFolder(folder);
                }
                well = true;
            } catch (IOException | RuntimeException | Error e) {
                // Whether that matters is seen below: the file may have been closed meanwhile.
            }
            synchronized (lock) {
                syncing = false;
                synced = System.nanoTime();
                named |= well;
                doubtful |= !well && written == channel;
            }
        });
    }

    /** Returns when these lines, and no others, are on the disk. */
    void writeAnew(String lines) throws IOException {
        close();
        // Should it fail half-way, nobody knows how much there is of which.
        doubtful = true;
        length = write(path, lines, disk);
        doubtful = false;
        named = true;
        synced = System.nanoTime();
    }

    /** From now on it is there, in the place of any other file of the name. */
    void move(Path to) throws IOException {
        close();
        if (Files.exists(path)) {
            disk.move(path, to);
        } else {
            Files.deleteIfExists(to);
        }
        path = to;
    }

    /** @return how many bytes */
    static long write(Path to, String lines, Disk disk) throws IOException {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        disk.replace(to, bytes);
        return bytes.length;
    }

    void close() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
