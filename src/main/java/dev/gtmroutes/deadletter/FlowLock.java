// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time do something with the dead letters of a flow, be it in this program or in another one. Whoever
 * comes second waits.
 */
final class FlowLock implements Closeable {

    /** By folder. The lock on a file keeps other programs away; two threads of one program it would only confuse. */
    private static final Map<Path, ReentrantLock> IN_THIS_PROGRAM = new ConcurrentHashMap<>();

    private final ReentrantLock inThisProgram;
    private final FileChannel file;

    /** @param folder where the dead letters of the flow lie */
    FlowLock(Path folder) throws IOException {
        inThisProgram = IN_THIS_PROGRAM.computeIfAbsent(folder.toAbsolutePath().normalize(),
                each -> new ReentrantLock());
        inThisProgram.lock();
        FileChannel opened = null;
        try {
            Files.createDirectories(folder);
            opened = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            opened.lock();
            file = opened;
        } catch (IOException | RuntimeException e) {
            if (opened != null) {
                opened.close();
            }
            inThisProgram.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            inThisProgram.unlock();
        }
    }
}
