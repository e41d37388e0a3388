// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import dev.gtmroutes.api.Exceptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells once of each thing in an inbox that is not taken: nobody should wait for its records. For one thread. */
final class RefusedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);
    /** The log must not grow without end in a folder that is not an inbox at all. */
    private static final int MOST = 1000;
    /** An upload may take its time. */
    private static final Duration SLOW_UPLOAD = Duration.ofMinutes(10);

    private final Set<Path> told = new HashSet<>();

    /** A folder, a named pipe, a socket or a device. */
    void notAFile(Path path, BasicFileAttributes now) {
        if (isNews(path)) {
            LOG.warn("{} is {} and is ignored. Put files of records directly into the inbox", path,
                    now.isDirectory() ? "a folder" : "a named pipe, a socket or a device");
        }
    }

    /**
     * A symbolic link, which may lead to a file that its maker may not read, and this program may. It is moved away as it
     * is: what it leads to stays where it is, unread.
     */
    void link(Path path) {
        try {
            Path moved = FinishedFiles.failed(path, "A symbolic link is not read. Put the file itself into the inbox.");
            LOG.warn("{} is a symbolic link, which is not read. It was moved to {}. Put the file itself into the inbox",
                    path,
                    moved);
        } catch (IOException e) {
            if (isNews(path)) {
                LOG.warn("{} is a symbolic link and is ignored. It cannot be moved away: {}", path, Exceptions.text(e));
            }
        }
    }

    /** A file that waits for its final name. */
    void unfinished(Path path, BasicFileAttributes now) {
        if (now.lastModifiedTime().toInstant().isBefore(Instant.now().minus(SLOW_UPLOAD)) && isNews(path)) {
            LOG.info("{} is ignored until it is renamed, because its name is the name of an unfinished file "
                    + "(gtm.inbox.unfinished)", path);
        }
    }

    private boolean isNews(Path path) {
        return told.size() < MOST && told.add(path);
    }

    boolean has(Path path) {
        return told.contains(path);
    }

    /** Forgets what is not there any more. */
    void keepOnly(Set<Path> present) {
        told.retainAll(present);
    }
}
