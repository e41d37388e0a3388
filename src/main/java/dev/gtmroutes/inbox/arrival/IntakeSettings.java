// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.time.Duration;

import dev.gtmroutes.record.read.RecordSize;

/**
 * How an {@link Intake} takes bodies and groups small ones.
 *
 * @param maxBytes  the largest body taken, in bytes (unpacked)
 * @param quiet     a file of small bodies is closed when nothing was added for this long
 * @param linger    a file of small bodies is closed when it is this old, however busy
 * @param sealBytes a file of small bodies is closed when it has this many bytes
 * @param maxRecord the longest record taken
 */
public record IntakeSettings(long maxBytes, Duration quiet, Duration linger, long sealBytes, RecordSize maxRecord) {

    private static final long SEAL_BYTES = 8L << 20;

    /** Settings with the usual size of 8 MiB for a file of small bodies. */
    public IntakeSettings(long maxBytes, Duration quiet, Duration linger) {
        this(maxBytes, quiet, linger, SEAL_BYTES);
    }

    /** Settings with the usual size of a record. */
    public IntakeSettings(long maxBytes, Duration quiet, Duration linger, long sealBytes) {
        this(maxBytes, quiet, linger, sealBytes, RecordSize.DEFAULT);
    }

    /** The same with another size of a record. */
    public IntakeSettings withMaxRecord(RecordSize size) {
        return new IntakeSettings(maxBytes, quiet, linger, sealBytes, size);
    }

    /** @throws IllegalArgumentException if a size or a time is not above zero */
    public IntakeSettings {
        if (maxBytes <= 0 || sealBytes <= 0) {
            throw new IllegalArgumentException("gtm.intake.max-bytes must be greater than 0");
        }
        if (quiet.isNegative() || quiet.isZero() || linger.isNegative() || linger.isZero()) {
            throw new IllegalArgumentException("gtm.intake.quiet and gtm.intake.linger must be greater than 0");
        }
    }
}
