// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/**
 * The file that the small bodies of one flow are appended to, until it is sealed. It never holds a byte that was not
 * synced, beyond the one append that is under way. For one thread.
 */
final class OpenFile {

    private static final long RETRY_NANOS = 1_000_000_000L;

    private final InboxFolder folder;
    private final Disk disk;
    private final IntakeSettings settings;

    private FileChannel channel;
    private long synced;
    private boolean torn;
    private boolean suspect;
    private long openedAt;
    private long appendedAt;
    private Long retryAt;

    OpenFile(InboxFolder folder, Disk disk, IntakeSettings settings) {
        this.folder = folder;
        this.disk = disk;
        this.settings = settings;
    }

    /**
     * Adds lines and returns when they are on the disk.
     *
     * @throws IOException if they are not; the file is then as it was before
     */
    void append(ByteBuffer lines) throws IOException {
        if (channel == null) {
            open();
        }
        cutTornTail();
        int length = lines.remaining();
        try {
            disk.write(channel, lines);
            disk.sync(channel);
        } catch (IOException | RuntimeException e) {
            torn = true;
            // After a failed sync nobody knows what the system still writes of this file: the next append gets a new one.
            suspect = true;
            try {
                cutTornTail();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
        synced += length;
        appendedAt = System.nanoTime();
    }

    /** Nanoseconds until the file should be sealed; zero or less: now; {@code Long.MAX_VALUE}: there is none. */
    long nanosUntilDue() {
        if (channel == null) {
            return Long.MAX_VALUE;
        }
        long now = System.nanoTime();
        if (retryAt != null) {
            return retryAt - now;
        }
        if (suspect || synced >= settings.sealBytes()) {
            return 0;
        }
        return Math.min(appendedAt + settings.quiet().toNanos(), openedAt + settings.linger().toNanos()) - now;
    }

    /**
     * Makes what was appended visible under its final name; the next append begins a new file. Without an open file
     * it does nothing.
     *
     * @throws IOException if that failed; the records are kept and {@link #nanosUntilDue()} says when to try again
     */
    void seal() throws IOException {
        if (channel == null) {
            return;
        }
        try {
            cutTornTail();
            if (synced == 0) {
                Files.deleteIfExists(folder.openFile());
            } else {
                folder.publish(folder.openFile(), BodyFormat.NDJSON);
            }
        } catch (IOException | RuntimeException e) {
            if (Files.exists(folder.openFile())) {
                retryAt = System.nanoTime() + RETRY_NANOS;
            } else {
                // Renamed, but not synced, or deleted by somebody: nothing appended to it now would be found again.
                forget();
            }
            throw e;
        }
        forget();
    }

    private void open() throws IOException {
        folder.create();
        channel = PrivateFiles.open(folder.openFile(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        synced = 0;
        torn = false;
        suspect = false;
        retryAt = null;
        openedAt = System.nanoTime();
        appendedAt = openedAt;
        try {
            // Without this a power cut could take the file's name, and with it records that were acknowledged.
            disk.syncFolder(folder.openFile().getParent());
        } catch (IOException e) {
            suspect = true;
            throw e;
        }
    }

    private void cutTornTail() throws IOException {
        if (torn) {
            disk.truncate(channel, synced);
            disk.sync(channel);
            torn = false;
        }
    }

    private void forget() throws IOException {
        FileChannel done = channel;
        channel = null;
        done.close();
    }
}
