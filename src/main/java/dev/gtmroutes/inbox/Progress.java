package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.disk.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which records of an inbox file already have an outcome, kept in {@code .<file>.progress} beside it when a flow
 * stops inside the file. The first line has the size of the file that they were counted in and a hash of its bytes: a
 * later file of the same name is another one. If the file is for one destination only, that line goes on with its id and
 * template. Then there is a line for each destination, with ranges of ordinals from 0,
 * both ends included, such as {@code calls:1-delivery 0-1199 1300-1399}.
 */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    /** Most file systems allow 255 bytes; the dot, the ending and {@code .part} need some of them. */
    private static final int LONGEST_NAME = 200;

    private final Disk disk;

    Progress() {
        this(new Disk());
    }

    Progress(Disk disk) {
        this.disk = disk;
    }

    /** @return the settled records; none if there is no progress, or the file is not the one it was noted for */
    Settled read(Path file, Sighting now) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(beside(file));
        } catch (NoSuchFileException e) {
            return new Settled();
        } catch (IOException e) {
            return unusable(file, e);
        }
        try {
            String[] noted = lines.get(0).split(" ");
            long size = Long.parseLong(noted[0]);
            Settled settled = new Settled(noted.length < 4 ? null : new Settled.Only(noted[2], noted[3]));
            if (size > now.size() || !Sighting.print(file, size).equals(noted[1])) {
                return settled;
            }
            // The last line may have been only half there: then what was settled was not the record it has become.
            boolean halfALine = size < now.size() && Sighting.endsInsideALine(file, size);
            fill(settled, lines.subList(1, lines.size()), halfALine);
            return settled;
        } catch (RuntimeException e) {
            return unusable(file, e);
        }
    }

    /**
     * Returns when the progress is on the disk.
     *
     * @param seen the file as it was when its records were counted
     */
    void write(Path file, Sighting seen, Settled settled) throws IOException {
        Settled.Only only = settled.only();
        StringBuilder text = new StringBuilder(seen.size() + " " + seen.print()
                + (only == null ? "" : " " + only.id() + " " + only.template()) + "\n");
        settled.all().forEach((destination, ordinals) -> text.append(destination).append(' ').append(Ranges.text(ordinals))
                .append('\n'));
        Path to = beside(file);
        Path partial = to.resolveSibling(to.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.write(out, ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)));
            disk.sync(out);
        }
        disk.move(partial, to);
    }

    /** Returns when no progress is on the disk. */
    void forget(Path file) throws IOException {
        if (Files.deleteIfExists(beside(file))) {
            disk.syncFolder(file.getParent());
        }
    }

    static Path beside(Path file) {
        String name = file.getFileName().toString();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        String shortName = bytes.length <= LONGEST_NAME ? name : UUID.nameUUIDFromBytes(bytes).toString();
        return file.resolveSibling("." + shortName + ".progress");
    }

    private static void fill(Settled settled, List<String> lines, boolean withoutLast) {
        for (String each : lines) {
            int blank = each.indexOf(' ');
            BitSet ordinals = Ranges.parse(each.substring(blank + 1));
            if (withoutLast) {
                ordinals.clear(Math.max(0, ordinals.length() - 1));
            }
            settled.put(each.substring(0, blank), ordinals);
        }
    }

    private static Settled unusable(Path file, Exception why) {
        LOG.warn("{} cannot be used ({}): all records of {} will be sent, also those that were sent before", beside(file),
                InboxErrors.text(why), file.getFileName());
        return new Settled();
    }
}
