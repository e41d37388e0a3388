package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;

/**
 * The newest records that are behind the sink, by a digest of all that is in them: the same activity with another content
 * is news. Kept in a file, a digest to a line, and bounded.
 */
final class SeenRecords {

    /** So many are remembered. */
    static final int MOST = 100_000;

    private static final int DIGEST_BYTES = 16;

    private final Path file;
    private final LineFile lines;
    private final Disk disk;
    private final Set<ByteBuffer> digests = new LinkedHashSet<>();
    private int inFile;

    SeenRecords(Path file, Disk disk) {
        this.file = file;
        this.lines = new LineFile(file, disk);
        this.disk = disk;
    }

    /** Remembers what the file holds. */
    void read() throws IOException {
        digests.clear();
        inFile = 0;
        if (Files.exists(file)) {
            lines.mend();
            try (Stream<String> each = Files.lines(file, StandardCharsets.US_ASCII)) {
                each.forEach(line -> remember(ByteBuffer.wrap(HexFormat.of().parseHex(line))));
            } catch (IllegalArgumentException e) {
                throw new IOException(file + " holds what was not written by this program: " + e.getMessage(), e);
            }
        }
    }

    /** Forgets everything. */
    void forget() throws IOException {
        Files.deleteIfExists(file);
        digests.clear();
        inFile = 0;
    }

    boolean contains(byte[] record) {
        return digests.contains(digest(record));
    }

    /** Returns when these are on the disk. */
    void add(List<byte[]> records) throws IOException {
        List<ByteBuffer> added = records.stream().map(SeenRecords::digest).toList();
        if (added.isEmpty()) {
            return;
        }
        lines.append(text(added));
        added.forEach(this::remember);
        if (inFile > 2 * MOST) {
            new LedgerFile(file, disk).write(text(digests));
            inFile = digests.size();
        }
    }

    private void remember(ByteBuffer digest) {
        inFile++;
        digests.add(digest);
        if (digests.size() > MOST) {
            Iterator<ByteBuffer> oldest = digests.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private static byte[] text(Iterable<ByteBuffer> digests) {
        StringBuilder text = new StringBuilder();
        digests.forEach(each -> text.append(HexFormat.of().formatHex(each.array())).append('\n'));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer digest(byte[] record) {
        try {
            return ByteBuffer.wrap(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(record), DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
