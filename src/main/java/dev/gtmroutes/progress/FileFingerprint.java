// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;

import dev.gtmroutes.disk.Sha256;

/**
 * What a file was when it was taken. It tells whether somebody wrote to it since, and whether a file of the same name
 * is the same file, perhaps longer by now.
 *
 * @param print a hash of the first and the last bytes: reading a large file twice to hash it all would take too long
 */
public record FileFingerprint(long size, FileTime modified, Object key, String print) {

    private static final int EDGE = 64 * 1024;

    /** The file as it is now. */
    public static FileFingerprint of(Path file) throws IOException {
        // Before the bytes: what is written while they are read has to look like a change.
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return new FileFingerprint(now.size(), now.lastModifiedTime(), now.fileKey(), print(file, now.size()));
    }

    /**
     * Whether somebody wrote to the file, or put another one in its place.
     *
     * @throws java.nio.file.NoSuchFileException if it is gone
     */
    public boolean changed(Path file) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return now.size() != size || !now.lastModifiedTime().equals(modified) || !Objects.equals(now.fileKey(), key);
    }

    /** A hash of the first and the last 64 KB of the first {@code size} bytes. */
    public static String print(Path file, long size) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            MessageDigest hash = Sha256.begin();
            hash.update(bytes(content, 0, Math.min(size, EDGE)));
            hash.update(bytes(content, Math.max(EDGE, size - EDGE), size));
            return HexFormat.of().formatHex(hash.digest());
        }
    }

    /** Whether the first {@code size} bytes end in the middle of a line. */
    static boolean endsInsideALine(Path file, long size) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer last = bytes(content, Math.max(0, size - 1), size);
            return last.hasRemaining() && last.get() != '\n';
        }
    }

    private static ByteBuffer bytes(FileChannel content, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, to - from));
        while (bytes.hasRemaining() && content.read(bytes, from + bytes.position()) >= 0) {
            // reads on until the buffer is full or the file, cut meanwhile, ends
        }
        return bytes.flip();
    }
}
