// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The few calls that make bytes durable, in one place so that tests can count them and let them fail. */
public class Disk {

    /** What a file gets that is written as a whole. */
    public interface Content {

        /** @param out an empty file; it is synced and closed by the caller */
        void write(FileChannel out) throws IOException;
    }

    /** Writes all bytes. */
    public void write(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    /** Returns when the bytes of the file, and its length, are on the disk. */
    public void sync(FileChannel file) throws IOException {
        file.force(false);
    }

    /** Cuts the file and goes on writing at its new end. */
    public void truncate(FileChannel file, long length) throws IOException {
        file.truncate(length);
        file.position(length);
    }

    /** Renames in one step, so that nobody sees half of it, and returns when both folders are on the disk. */
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to.getParent());
        syncFolder(from.getParent());
    }

    /**
     * The same, but never in the place of another file, whoever puts one there meanwhile.
     *
     * @return false if there is one of that name; nothing has happened then
     */
    public boolean moveToNew(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            // Not all file systems have links. If something else is wrong, the move says so.
            if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            move(from, to);
            return true;
        }
        Files.deleteIfExists(from);
        syncFolder(to.getParent());
        syncFolder(from.getParent());
        return true;
    }

    /** Writes a file of just these bytes, as {@link #replace(Path, Content)} does. */
    public void replace(Path file, byte[] bytes) throws IOException {
        replace(file, out -> write(out, ByteBuffer.wrap(bytes)));
    }

    /**
     * Writes a file anew. A reader finds the content before or the new content, also after a power cut; the method returns
     * when the new content is on the disk. Meanwhile, and after a crash, a file with the ending {@code .part} lies beside
     * it.
     *
     * @param file in a folder that exists
     */
    public void replace(Path file, Content content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = PrivateFiles.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            content.write(out);
            sync(out);
        }
        move(part, file);
    }

    /**
     * Writes a file of text anew in the same way, but for others to read as well, and meanwhile under a name that begins
     * with a dot and ends with {@code .new}: whoever looks for files of flows in the folder passes it over.
     *
     * @param file in a folder that exists
     */
    public void replaceShared(Path file, String text) throws IOException {
        Path hidden = file.resolveSibling("." + file.getFileName() + ".new");
        try (FileChannel out = FileChannel.open(hidden, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            write(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            sync(out);
        }
        move(hidden, file);
    }

    /** Creates the folder and its missing parents, for the user of the program alone, so that they outlive a power cut. */
    public void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        createFolder(parent);
        PrivateFiles.createFolder(folder);
        syncFolder(parent);
    }

    /** Returns when the names in the folder are on the disk. */
    public void syncFolder(Path folder) throws IOException {
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        } catch (AccessDeniedException | NoSuchFileException e) {
            // Windows, and a file system in a zip file, open no folder as a file; there their own journal has to do.
            if (!isWindows() && folder.getFileSystem().equals(FileSystems.getDefault())) {
                throw e;
            }
        }
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }
}
