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
import java.util.UUID;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which records of an inbox file already have an outcome, kept in {@code .<file>.progress} beside it when a flow
 * stops inside the file. Ranges of ordinals from 0, both ends included, such as {@code 0-1199 1300-1399}, behind the
 * size of the file they were counted in and a hash of its bytes: a later file of the same name is another one.
 */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    /** Most file systems allow 255 bytes; the dot, the ending and {@code .part} need some of them. */
    private static final int LONGEST_NAME = 200;

    private final Disk disk = new Disk();

    /** @return the settled records; none if there is no progress, or the file is not the one it was noted for */
    BitSet read(Path file, Sighting now) throws IOException {
        String[] words;
        try {
            words = Files.readString(beside(file)).strip().split(" ");
        } catch (NoSuchFileException e) {
            return new BitSet();
        } catch (IOException e) {
            return unusable(file, e);
        }
        try {
            long size = Long.parseLong(words[0]);
            if (size > now.size() || !Sighting.print(file, size).equals(words[1])) {
                return new BitSet();
            }
            BitSet settled = ranges(words);
            if (size < now.size() && Sighting.endsInsideALine(file, size)) {
                // The last line was only half there: what was settled was not the record that it has become.
                settled.clear(Math.max(0, settled.length() - 1));
            }
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
    void write(Path file, Sighting seen, BitSet settled) throws IOException {
        String ranges = settled.stream().filter(each -> each == 0 || !settled.get(each - 1))
                .mapToObj(from -> from + "-" + (settled.nextClearBit(from) - 1)).collect(Collectors.joining(" "));
        String line = seen.size() + " " + seen.print() + " " + ranges + "\n";
        Path to = beside(file);
        Path partial = to.resolveSibling(to.getFileName() + ".part");
        try (FileChannel out = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            disk.write(out, ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
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

    private static BitSet ranges(String[] words) {
        BitSet settled = new BitSet();
        for (int i = 2; i < words.length; i++) {
            String[] ends = words[i].split("-");
            settled.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]) + 1);
        }
        return settled;
    }

    private static BitSet unusable(Path file, Exception why) {
        LOG.warn("{} cannot be used ({}): all records of {} will be sent, also those that were sent before", beside(file),
                InboxErrors.text(why), file.getFileName());
        return new BitSet();
    }
}
