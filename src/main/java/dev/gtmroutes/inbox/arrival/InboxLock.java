package dev.gtmroutes.inbox.arrival;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Says that one running program owns an inbox. A second one, started by mistake, would take the first one's unfinished
 * files for leftovers and lose records that the first one acknowledges.
 */
final class InboxLock implements Closeable {

    private final FileChannel file;

    /** @throws IOException if another program, or another intake in this one, owns the inbox */
    InboxLock(Path inbox) throws IOException {
        file = FileChannel.open(inbox.resolve(".intake.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock() == null) {
            file.close();
            throw new IOException("Another running program accepts records into " + inbox
                    + ". Set a different gtm.data for each program");
        }
    }

    /** Gives the inbox up; the system does the same when the program ends in any way. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private FileLock lock() throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
