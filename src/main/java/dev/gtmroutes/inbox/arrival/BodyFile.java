// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.PrivateFiles;

/** Streams bodies to the disk, each into a file of its own; memory does not grow with their size. */
final class BodyFile {

    private static final int BUFFER = 64 * 1024;

    private final InboxFolder folder;
    private final Disk disk;

    BodyFile(InboxFolder folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /**
     * Writes and syncs a body under a hidden name.
     *
     * @param head what was already read of the body
     * @return the file, to be published or deleted
     * @throws IntakeRefused as {@link IncomingBody#read} does; no file is left then
     * @throws IOException   if the disk does not take it; no file is left then
     */
    Path write(byte[] head, IncomingBody rest) throws IntakeRefused, IOException {
        Path part = folder.newPart();
        try (FileChannel file = PrivateFiles.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            disk.write(file, ByteBuffer.wrap(head));
            byte[] buffer = new byte[BUFFER];
            for (int length; (length = rest.read(buffer, 0)) >= 0;) {
                disk.write(file, ByteBuffer.wrap(buffer, 0, length));
            }
            disk.sync(file);
            return part;
        } catch (IntakeRefused | IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
