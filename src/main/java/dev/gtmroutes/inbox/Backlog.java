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

    /**
     * Files that wait.
     *
     * @param files  how many
     * @param bytes  of all of them
     * @param oldest when the oldest was written; empty if there is none
     */
    public record Waiting(long files, long bytes, Optional<Instant> oldest) {

        private static final Waiting NOTHING = new Waiting(0, 0, Optional.empty());

        private Waiting and(long more, Instant written) {
            Instant first = oldest.filter(each -> each.isBefore(written)).orElse(written);
            return new Waiting(files + 1, bytes + more, Optional.of(first));
        }
    }

    private final Path inbox;

    /** @param inbox the folder that has one folder per flow */
    public Backlog(Path inbox) {
        this.inbox = inbox;
    }

    /** What waits in a flow's inbox, a file in work included. */
    public Waiting of(String flow) {
        Waiting waiting = Waiting.NOTHING;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), WaitingFiles::isName)) {
            for (Path each : files) {
                waiting = with(each, waiting);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody has sent anything yet, or the inbox cannot be looked through, which its flow tells.
            return waiting;
        }
        return waiting;
    }

    /** It may be no file, or gone by now. */
    private static Waiting with(Path file, Waiting others) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? others.and(attributes.size(), attributes.lastModifiedTime().toInstant()) : others;
        } catch (IOException e) {
            return others;
        }
    }
}
