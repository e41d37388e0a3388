package dev.gtmroutes.delivery;

import java.util.BitSet;

/**
 * A chunk was not finished: some of its records have no outcome yet, so its source must keep it. Thrown to the
 * source in place of an acknowledgement. The message says why in one line.
 */
public class ChunkKeptException extends Exception {

    private final transient BitSet settled;

    ChunkKeptException(String message, BitSet settled, Throwable cause) {
        super(message, cause);
        this.settled = settled;
    }

    /** Ordinals, from 0, of the records that have a durable outcome and need not be read again. */
    public BitSet settled() {
        return settled;
    }
}
