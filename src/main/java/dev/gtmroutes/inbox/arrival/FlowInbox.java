// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.disk.Disk;

/** Takes the bodies of one flow: small ones into a shared file, large and faulty ones into a file of their own. */
final class FlowInbox implements AutoCloseable {

    /** Up to this many bytes a body is small. */
    static final int SMALL_BYTES = 64 * 1024;

    private final InboxFolder folder;
    private final AppendLog log;
    private final BodyFile spool;
    private volatile boolean released;

    FlowInbox(Path folder, IntakeSettings settings, Disk disk) throws IOException {
        this.folder = new InboxFolder(folder, disk);
        this.spool = new BodyFile(this.folder, disk);
        this.log = new AppendLog(new OpenFile(this.folder, disk, settings), folder);
    }

    /** Returns when the body is on the disk. */
    void take(BodyFormat format, IncomingBody body) throws IntakeRefused {
        try {
            store(format, body);
        } catch (IntakeRefused e) {
            throw released ? IntakeRefused.released() : e;
        }
    }

    private void store(BodyFormat format, IncomingBody body) throws IntakeRefused {
        byte[] head = body.readUpTo(SMALL_BYTES + 1);
        byte[] lines = head.length > SMALL_BYTES ? null : RecordLines.of(head, format);
        if (lines == null) {
            takeAlone(format, head, body);
        } else if (lines.length > 0) {
            log.append(lines);
        }
    }

    @Override
    public void close() {
        log.close();
    }

    /** The same, and from then on nothing is made in the folder. */
    void release() {
        released = true;
        close();
        folder.release();
    }

    private void takeAlone(BodyFormat format, byte[] head, IncomingBody rest) throws IntakeRefused {
        try {
            Path part = spool.write(head, rest);
            try {
                // Bodies that share a file and were answered before this one must also come before it in the inbox.
                log.seal();
                folder.publish(part, format);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw IntakeRefused.notStored(e, folder.path());
        }
    }
}
