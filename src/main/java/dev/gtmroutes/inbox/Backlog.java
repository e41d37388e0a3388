package dev.gtmroutes.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

import dev.gtmroutes.record.NotRecordsException;
import dev.gtmroutes.record.RecordReader;

/** What waits in the inboxes of flows, for those who watch them. */
public final class Backlog {

    private static final int MOST_COUNTED = 20_000;

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

    /**
     * What waits in the inbox of a flow.
     *
     * @param files   those in work included
     * @param records in these files, those already delivered of a file in work included
     * @param hasMore whether there are more records than were counted
     */
    public record Waiting(int files, int records, boolean hasMore) {
    }

    /** Counts what waits in a flow's inbox; of the records, only so many as can be counted in a moment. */
    public Waiting waiting(String flow) {
        int count = 0;
        int records = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), WaitingFiles::isName)) {
            for (Path each : files) {
                if (Files.isRegularFile(each)) {
                    count++;
                    records += records(each, MOST_COUNTED - records);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // As above.
            return new Waiting(count, records, records >= MOST_COUNTED);
        }
        return new Waiting(count, records, records >= MOST_COUNTED);
    }

    private static int records(Path file, int most) {
        int found = 0;
        try (RecordReader reader = RecordReader.open(file, file.getFileName().toString(), null)) {
            while (found < most && reader.hasNext()) {
                reader.next();
                found++;
            }
        } catch (IOException | UncheckedIOException | NotRecordsException e) {
            // It holds no more records, or cannot be read; its flow will tell.
            return found;
        }
        return found;
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
