// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import dev.gtmroutes.disk.Disk;

/**
 * A small file that only this user may read, replaced as a whole: whoever reads it, also after a power cut, finds the
 * bytes before or the bytes after. Where a file system knows no POSIX permissions, its own defaults have to do.
 */
public final class SecretFile {

    /** More bytes than tokens have. */
    private static final int ROOM = 16 * 1024;

    private final Path file;
    private final Path next;
    private final Disk disk = new Disk();

    public SecretFile(Path file) {
        this.file = file.toAbsolutePath();
        this.next = this.file.resolveSibling(file.getFileName() + ".tmp");
    }

    /** @return its bytes, null if there is no such file */
    byte[] read() throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Opens the file that is going to take the place of this one. What can go wrong before the bytes are known goes
     * wrong here: a folder that cannot be written, permissions that cannot be set, a full disk.
     */
    Replacement replace() throws IOException {
        disk.createFolder(file.getParent());
        Files.deleteIfExists(next);
        FileChannel channel = create();
        try {
            reserve(channel);
            return new Replacement(channel);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(next);
            throw e;
        }
    }

    /** A full disk has to be noticed before the bytes are known, not when they are all that is left of a token. */
    private void reserve(FileChannel channel) throws IOException {
        disk.write(channel, ByteBuffer.allocate(ROOM));
        channel.force(true);
        channel.position(0);
    }

    private FileChannel create() throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        FileAttribute<?>[] attributes = next.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        return FileChannel.open(next, options, attributes);
    }

    /** Its name in its folder. */
    String name() {
        return file.getFileName().toString();
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** A new content on its way; closed without {@link #commit} it changes nothing. */
    final class Replacement implements AutoCloseable {

        private final FileChannel channel;

        private Replacement(FileChannel channel) {
            this.channel = channel;
        }

        /** Returns when these bytes are the content of the file, and on the disk. */
        void commit(byte[] bytes) throws IOException {
            disk.write(channel, ByteBuffer.wrap(bytes));
            channel.truncate(bytes.length);
            channel.force(true);
            channel.close();
            try {
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
            }
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            } catch (IOException e) {
                // Windows opens no folder as a file; there the file system's own journal has to do.
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            Files.deleteIfExists(next);
        }
    }
}
