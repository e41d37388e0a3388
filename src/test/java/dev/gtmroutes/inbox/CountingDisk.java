// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.disk.Disk;

/** A disk that counts, can be slow, and can be full or broken. */
public final class CountingDisk extends Disk {

    public final AtomicInteger syncs = new AtomicInteger();
    public volatile long syncMillis;
    volatile boolean full;
    volatile boolean syncFails;
    volatile boolean truncateFails;
    volatile boolean moveFails;

    @Override
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        if (full) {
            // As a full disk does: what still fits is written.
            int half = bytes.remaining() / 2;
            super.write(file, bytes.slice(bytes.position(), half));
            throw new IOException("No space left on device");
        }
        super.write(file, bytes);
    }

    @Override
    public void sync(FileChannel file) throws IOException {
        if (syncMillis > 0) {
            try {
                Thread.sleep(syncMillis);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        super.sync(file);
        syncs.incrementAndGet();
        if (syncFails) {
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void truncate(FileChannel file, long length) throws IOException {
        if (truncateFails) {
            throw new IOException("Input/output error");
        }
        super.truncate(file, length);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        if (moveFails) {
            throw new IOException("No space left on device");
        }
        super.move(from, to);
    }
}
