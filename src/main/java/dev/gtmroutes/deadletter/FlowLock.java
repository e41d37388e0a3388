package dev.gtmroutes.deadletter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time do something with the dead letters of a flow, be it in this program or in another one. Whoever
 * comes second waits.
 */
final class FlowLock implements Closeable {

    /** The lock on a file keeps other programs away; two threads of one program it would only confuse. */
    private static final ReentrantLock IN_THIS_PROGRAM = new ReentrantLock();

    private final FileChannel file;

    /** @param folder where the dead letters of the flow lie */
    FlowLock(Path folder) throws IOException {
        IN_THIS_PROGRAM.lock();
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
            IN_THIS_PROGRAM.unlock();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            IN_THIS_PROGRAM.unlock();
        }
    }
}
