// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Says that this process, and no other, works in a data directory. Within the process it may be held any number of times.
 * The system gives it up when the process ends in any way; the file {@code .lock} that stays behind means nothing.
 */
public final class DirectoryLock implements Closeable {

    private static final Map<Path, Held> HELD = new HashMap<>();

    private static final class Held {

        private final FileChannel file;
        private int times;

        private Held(FileChannel file) {
            this.file = file;
        }
    }

    private final Path directory;
    private boolean closed;

    private DirectoryLock(Path directory) {
        this.directory = directory;
    }

    /**
     * @param  directory created if missing
     * @throws IOException if another process has it, or it cannot be written; the message is one line for a person
     */
    public static DirectoryLock of(Path directory) throws IOException {
        try {
            new Disk().createFolder(directory);
            Path real = directory.toRealPath();
            synchronized (HELD) {
                Held held = HELD.get(real);
                if (held == null) {
                    held = claimed(real, directory);
                    HELD.put(real, held);
                }
                held.times++;
            }
            return new DirectoryLock(real);
        } catch (InUseException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("the data directory " + directory + " cannot be used: "
                    + FileErrors.text(e), e);
        }
    }

    private static Held claimed(Path real, Path shown) throws IOException {
        FileChannel file = lock(real, shown);
        try {
            DataVersion.claim(real, new Disk());
            return new Held(file);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static FileChannel lock(Path real, Path shown) throws IOException {
        FileChannel file = PrivateFiles.open(real.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return file;
            }
            file.close();
        } catch (OverlappingFileLockException e) {
            // The same program under another class loader is another one. The file stays open: closing it would give up
            // the lock that the other one has.
        }
        throw new InUseException("Another running program uses the data directory " + shown
                + ". Set a different gtm.data for each program");
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            if (closed) {
                return;
            }
            closed = true;
            Held held = HELD.get(directory);
            held.times--;
            if (held.times == 0) {
                HELD.remove(directory);
                held.file.close();
            }
        }
    }

    private static final class InUseException extends IOException {

        private static final long serialVersionUID = 1;

        private InUseException(String message) {
            super(message);
        }
    }
}
