// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.disk.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendOnlyFileTest {

    private final Object lock = new Object();
    @TempDir
    Path folder;

    @Test
    void linesAreSyncedBesideWhoeverWritesThem() throws IOException {
        CountDownLatch slow = new CountDownLatch(1);
        AtomicInteger syncs = new AtomicInteger();
        AppendOnlyFile notes = notes(new Disk() {
            @Override
            public void sync(FileChannel file) throws IOException {
                syncs.incrementAndGet();
                awaitUninterruptibly(slow);
                super.sync(file);
            }
        });

        await().until(() -> {
            append(notes);
            return syncs.get() == 1;
        });
        long before = notes.length();
        append(notes);
        append(notes);
        assertThat(notes.length()).as("appended while the disk is busy").isEqualTo(before + 10);
        assertThat(syncs).hasValue(1);
        slow.countDown();
        await().until(() -> {
            append(notes);
            return syncs.get() == 2;
        });
        synchronized (lock) {
            assertThat(notes.isDoubtful()).isFalse();
        }
    }

    @Test
    void afterAFailedSyncAllIsWrittenAnew() throws IOException {
        AtomicInteger syncs = new AtomicInteger();
        AppendOnlyFile notes = notes(new Disk() {
            @Override
            public void sync(FileChannel file) throws IOException {
                if (syncs.incrementAndGet() == 1) {
                    throw new IOException("the disk is gone");
                }
                super.sync(file);
            }
        });

        await().until(() -> {
            append(notes);
            synchronized (lock) {
                return notes.isDoubtful();
            }
        });
        synchronized (lock) {
            notes.writeAnew("all\n");
            assertThat(notes.isDoubtful()).isFalse();
            notes.append("more\n");
        }
        assertThat(folder.resolve("notes")).hasContent("all\nmore");
    }

    @Test
    void aFileThatSomebodyTookAwayIsDoubtful() throws IOException {
        AppendOnlyFile notes = notes(new Disk());
        append(notes);
        synchronized (lock) {
            notes.close();
            assertThat(notes.isDoubtful()).isFalse();
            Files.delete(folder.resolve("notes"));
            assertThat(notes.isDoubtful()).isTrue();
        }
    }

    private AppendOnlyFile notes(Disk disk) {
        return new AppendOnlyFile(folder.resolve("notes"), 0, false, disk, lock);
    }

    private void append(AppendOnlyFile notes) throws IOException {
        synchronized (lock) {
            notes.append("note\n");
            notes.syncSoon();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
