// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time work with the files of a folder, be it a thread of this program or another program, such as a command.
 * Whoever comes second waits. The file {@value #FILE} that stays behind means nothing.
 */
public final class FolderLock implements Closeable {

    /** In the folder: what is locked. */
    public static final String FILE = ".lock";
    /** By folder. The lock on a file keeps other programs away; two threads of one program it would only confuse. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock threads;
    private final FileChannel file;

    /**
     * @param folder must be there
     * @throws IOException if its file cannot be opened or locked
     */
    public FolderLock(Path folder) throws IOException {
        threads = THREADS.computeIfAbsent(folder.toAbsolutePath().normalize(), each -> new ReentrantLock());
        threads.lock();
        FileChannel opened = null;
        try {
            opened = PrivateFiles.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            opened.lock();
            file = opened;
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            threads.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            threads.unlock();
        }
    }
}
