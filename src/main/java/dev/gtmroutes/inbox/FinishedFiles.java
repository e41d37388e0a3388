// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import dev.gtmroutes.disk.PrivateFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where files go that the inbox is done with. The time of a file is from then on when that was. */
public final class FinishedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);

    /** The folder beside it for a file whose records all have an outcome. */
    public static final String DONE = ".done";
    /** The folder beside it for a file that holds no records. */
    public static final String FAILED = ".failed";

    private FinishedFiles() {
    }

    /** Each record has its outcome. */
    static Path done(Path file) throws IOException {
        return move(file, DONE);
    }

    /** It holds no records; the reason is written beside it, and first: without room for that the file stays. */
    static Path failed(Path file, String reason) throws IOException {
        Path to = target(file, FAILED);
        Path text = to.resolveSibling(to.getFileName() + ".reason.txt");
        try {
            // No link that lies there leads these lines into another file.
            Files.writeString(text, reason + "\n", StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING, LinkOption.NOFOLLOW_LINKS);
            Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
            return stamped(to);
        } catch (IOException e) {
            Files.deleteIfExists(text);
            throw e;
        }
    }

    private static Path move(Path file, String directory) throws IOException {
        return stamped(Files.move(file, target(file, directory), StandardCopyOption.ATOMIC_MOVE));
    }

    /** It is kept for some time from now on, however old it is. After a crash before this, it counts from its own time. */
    private static Path stamped(Path file) {
        try {
            if (Files.isSymbolicLink(file)) {
                return file;
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            LOG.debug("{} keeps its time: {}", file, e.toString());
        }
        return file;
    }

    /** An earlier file of the same name is kept: a rename would replace it without a word. */
    private static Path target(Path file, String directory) throws IOException {
        Path folder = file.resolveSibling(directory);
        if (Files.isSymbolicLink(folder)) {
            throw new IOException(folder + " is a symbolic link. Replace it by a folder");
        }
        PrivateFiles.createFolder(folder);
        Path to = folder.resolve(file.getFileName());
        if (Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
            to = to.resolveSibling(name.substring(0, dot) + "." + STAMP.format(Instant.now()) + name.substring(dot));
        }
        return to;
    }
}
