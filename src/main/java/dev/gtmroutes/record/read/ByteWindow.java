// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * A reused buffer that moves over the input and always holds the current record in one piece: the bytes from
 * {@link #start} to {@link #limit}, of which those before {@link #pos} have been looked at. Fields are open to
 * the scanners of this package because they touch every byte.
 *
 * <p>A record that outgrows the {@link RecordSize} is dropped but for its head, so memory is bounded by the longest
 * accepted record.
 */
public final class ByteWindow implements Closeable {

    /** Size of the buffer in bytes while records are small. */
    public static final int SIZE = 128 * 1024;

    /** Bytes of white space that may surround a record of the greatest length. */
    private static final int SLACK = 1024;

    byte[] bytes;
    int start;
    int pos;
    int limit;

    /** 1-based line of {@link #pos}; kept right by whoever moves over a newline. */
    long line;

    /** 1-based line of {@link #start}. */
    long startLine;

    /** How long a record may be. */
    RecordSize longest = RecordSize.DEFAULT;

    private final InputStream in;
    private boolean ended;
    private byte[] head;

    private ByteWindow(InputStream in, byte[] bytes, int from, int to, long line) {
        this.in = in;
        this.bytes = bytes;
        this.start = from;
        this.pos = from;
        this.limit = to;
        this.line = line;
        this.startLine = line;
        this.ended = in == null;
    }

    static ByteWindow over(InputStream in) {
        return new ByteWindow(in, new byte[SIZE], 0, 0, 1);
    }

    /** A window on bytes that are all there; they are not copied. */
    static ByteWindow over(byte[] bytes, int from, int to, long line) {
        return new ByteWindow(null, bytes, from, to, line);
    }

    /** A window on a part of this one, with the same limit for records. */
    ByteWindow part(int from, int to) {
        ByteWindow part = over(bytes, from, to, startLine);
        part.longest = longest;
        return part;
    }

    /** Begins a record at {@link #pos}. */
    void mark() {
        start = pos;
        startLine = line;
        head = null;
    }

    /** Whether the current record, of which {@code from} to {@code to} is the text, is longer than one may be. */
    boolean overlong(int from, int to) {
        return head != null || to - from > longest.bytes();
    }

    /** Whether bytes of the current record are gone, so that {@link #start} is not its start any more. */
    boolean dropped() {
        return head != null;
    }

    /** The raw text of the current record up to {@code end}, cut to what a bad record may hold. */
    byte[] raw(int end) {
        return head != null ? head
                : Arrays.copyOfRange(bytes, start, Math.min(end, start + RecordReader.MAX_RAW_BYTES));
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Whether everything has been looked at and nothing follows. */
    boolean atEnd() {
        return pos == limit && !more();
    }

    /** Goes back within the current record. */
    void rewind(int to) {
        pos = to;
        line = startLine;
        for (int i = start; i < to; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
    }

    /** Moves over byte order marks, as programs leave them where they put files one behind the other. */
    boolean skipMarks() {
        boolean any = false;
        while (pos < limit && bytes[pos] == Bytes.MARK_FIRST) {
            fill(Bytes.MARK_LENGTH);
            if (!Bytes.isMark(bytes, pos, limit)) {
                return any;
            }
            pos += Bytes.MARK_LENGTH;
            any = true;
        }
        return any;
    }

    /** Moves over white space and byte order marks. */
    void skipBlankAndMarks() {
        do {
            skipBlank();
        } while (skipMarks());
    }

    /** Moves over white space. */
    void skipBlank() {
        do {
            while (pos < limit) {
                byte c = bytes[pos];
                if (c == '\n') {
                    line++;
                } else if (!Bytes.isBlank(c)) {
                    return;
                }
                pos++;
            }
            mark();
        } while (more());
    }

    /** Reads on until {@code count} bytes are ahead of {@link #pos} or the input ends. */
    void fill(int count) {
        while (limit - pos < count && more()) {
            // more() does the work
        }
    }

    /**
     * Reads more bytes behind {@link #limit}; positions may change, as the record may move in the buffer.
     *
     * @return false at the end of the input
     */
    boolean more() {
        if (ended) {
            return false;
        }
        if (head != null || limit - start > longest.bytes() + SLACK) {
            drop();
        }
        makeRoom();
        try {
            int count = in.read(bytes, limit, bytes.length - limit);
            if (count < 0) {
                ended = true;
                return false;
            }
            limit += count;
            return count > 0 || more();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read records: " + e.getMessage(), e);
        }
    }

    private void drop() {
        if (head == null) {
            head = raw(limit);
        }
        start = limit;
        pos = limit;
    }

    private void makeRoom() {
        int kept = limit - start;
        int wanted = Math.max(SIZE, Math.min(2 * kept, longest.bytes() + SIZE));
        boolean fits = bytes.length >= wanted && bytes.length <= 4L * wanted;
        if (fits && limit < bytes.length) {
            return;
        }
        byte[] target = fits ? bytes : new byte[wanted];
        System.arraycopy(bytes, start, target, 0, kept);
        bytes = target;
        pos -= start;
        limit = kept;
        start = 0;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}
