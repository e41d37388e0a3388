// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

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

    private static final int MOST_COUNTED = 20_000;
    private static final Comparator<InboxFile> OLDEST_FIRST = Comparator.comparing(InboxFile::written)
            .thenComparing(InboxFile::name);

    private final Path inbox;
    private final UnfinishedNames unfinished;

    /**
     * @param inbox      the folder that has one folder per flow
     * @param unfinished names of files that are not taken
     */
    public Backlog(Path inbox, UnfinishedNames unfinished) {
        this.inbox = inbox;
        this.unfinished = unfinished;
    }

    /** What waits in a flow's inbox, a file in work included. */
    public Waiting of(String flow) {
        Waiting waiting = Waiting.NOTHING;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), unfinished::isFinal)) {
            for (Path each : files) {
                waiting = with(each, waiting);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Nobody has sent anything yet, or the inbox cannot be looked through, which its flow tells.
            return waiting;
        }
        return waiting;
    }

    /** The file that has waited longest in a flow's inbox, or that of the first 20,000; empty if none does. */
    public Optional<Path> oldest(String flow) {
        Path oldest = null;
        FileTime written = null;
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), unfinished::isFinal)) {
            for (Path each : files) {
                FileTime now = Files.isRegularFile(each) ? Files.getLastModifiedTime(each) : null;
                if (now != null && (written == null || now.compareTo(written) < 0)) {
                    oldest = each;
                    written = now;
                }
                if (++seen == MOST_COUNTED) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // As above, or a file was finished just now.
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
    public record Records(int files, int records, boolean hasMore) {
    }

    /**
     * A file that waits.
     *
     * @param path    where it lies
     * @param bytes   its size
     * @param written when it was written last
     */
    public record InboxFile(Path path, long bytes, Instant written) {

        /** Its name without the folder. */
        public String name() {
            return path.getFileName().toString();
        }
    }

    /** The files that have waited longest in a flow's inbox, of the first 20,000. @param most so many at most */
    public List<InboxFile> files(String flow, int most) {
        PriorityQueue<InboxFile> oldest = new PriorityQueue<>(OLDEST_FIRST.reversed());
        int seen = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), unfinished::isFinal)) {
            for (Path each : files) {
                read(each).ifPresent(oldest::add);
                if (oldest.size() > most) {
                    oldest.remove();
                }
                if (++seen == MOST_COUNTED) {
                    break;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // As above.
            return oldest.stream().sorted(OLDEST_FIRST).toList();
        }
        return oldest.stream().sorted(OLDEST_FIRST).toList();
    }

    private static Optional<InboxFile> read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(new InboxFile(file, attributes.size(),
                    attributes.lastModifiedTime().toInstant())) : Optional.empty();
        } catch (IOException e) {
            // It was finished just now.
            return Optional.empty();
        }
    }

    /** Counts what waits in a flow's inbox; of the records, only so many as can be counted in a moment. */
    public Records records(String flow) {
        int count = 0;
        int records = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(inbox.resolve(flow), unfinished::isFinal)) {
            for (Path each : files) {
                if (Files.isRegularFile(each)) {
                    count++;
                    records += count(each, MOST_COUNTED - records);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // As above.
            return new Records(count, records, records >= MOST_COUNTED);
        }
        return new Records(count, records, records >= MOST_COUNTED);
    }

    private static int count(Path file, int most) {
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

    /** It may be no file, or gone by now. */
    private static Waiting with(Path file, Waiting others) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? others.and(attributes.size(), attributes.lastModifiedTime().toInstant()) : others;
        } catch (IOException e) {
            return others;
        }
    }
}
