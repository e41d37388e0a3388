// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A request body as it comes in: counted, held to the limit, and with the sender's failures told from the disk's. */
final class IncomingBody {

    private static final int FIRST = 4096;

    private final InputStream in;
    private final long maxBytes;
    private final RecordLengths lengths;
    private long count;
    private boolean blank = true;

    /** @param lengths finds a record that is too long before all of it is here */
    IncomingBody(InputStream in, long maxBytes, RecordLengths lengths) {
        this.lengths = lengths;
        this.in = in;
        this.maxBytes = maxBytes;
    }

    /**
     * Reads some bytes into the buffer.
     *
     * @return how many; -1 at the end
     * @throws IntakeRefused TOO_LARGE, UNREADABLE, or EMPTY if the end comes and there was nothing but white space
     */
    int read(byte[] buffer, int offset) throws IntakeRefused {
        int length;
        try {
            length = in.read(buffer, offset, buffer.length - offset);
        } catch (IOException e) {
            throw new IntakeRefused(IntakeRefused.Reason.UNREADABLE,
                    "The body could not be read to its end. Nothing of this request was saved; send it again.", e);
        }
        if (length < 0) {
            if (blank) {
                throw new IntakeRefused(IntakeRefused.Reason.EMPTY, "The body contains no records.");
            }
            return -1;
        }
        count += length;
        if (count > maxBytes) {
            throw new IntakeRefused(IntakeRefused.Reason.TOO_LARGE,
                    "The body is larger than the " + maxBytes + " bytes that gtm.intake.max-bytes allows. Send the records "
                            + "in several requests.");
        }
        if (!lengths.accept(buffer, offset, offset + length)) {
            throw new IntakeRefused(IntakeRefused.Reason.TOO_LARGE, "A record in the body is " + lengths.exceeded()
                    + ". Nothing of this request was saved.");
        }
        for (int i = offset; blank && i < offset + length; i++) {
            blank = isWhiteSpace(buffer[i]);
        }
        return length;
    }

    /** Reads up to so many bytes; fewer only at the end of the body. */
    byte[] readUpTo(int limit) throws IntakeRefused {
        byte[] bytes = new byte[Math.min(FIRST, limit)];
        int length = 0;
        while (length < limit) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * length, limit));
            }
            int read = read(bytes, length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return Arrays.copyOf(bytes, length);
    }

    /** How many bytes were read so far. */
    long count() {
        return count;
    }

    /** Whether this is white space between JSON tokens. */
    static boolean isWhiteSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
