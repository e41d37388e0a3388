package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** What waits in the inboxes of flows, for those who watch them. */
public final class Backlog {

    private final Path inbox;

    /** @param inbox the folder that has one folder per flow */
    public Backlog(Path inbox) {
        this.inbox = inbox;
    }

    /** When the oldest file in a flow's inbox was written, one in work included; empty if there is none. */
    public Optional<Instant> oldest(String flow) {
        Path directory = inbox.resolve(flow);
        Instant oldest = null;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, WaitingFiles::isName)) {
            for (Path each : files) {
                Instant written = written(each);
                oldest = written != null && (oldest == null || written.isBefore(oldest)) ? written : oldest;
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody has sent anything yet, or the inbox cannot be looked through, which its flow tells.
            return Optional.ofNullable(oldest);
        }
        return Optional.ofNullable(oldest);
    }

    /** @return null if it is no file, or gone by now */
    private static Instant written(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? attributes.lastModifiedTime().toInstant() : null;
        } catch (IOException e) {
            return null;
        }
    }
}
