// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets strangers not fill the disk: of the failed log-ins of an hour, the first have a line each, and the others are
 * counted in one line.
 */
final class FailedLogIns {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int LINES = 30;

    private Instant start = Instant.EPOCH;
    private int lines;
    private long others;

    /** Whether one more failure has a line of its own; otherwise it is counted. */
    synchronized boolean hasLine(Instant now) {
        if (!now.isBefore(start.plus(HOUR))) {
            start = now;
            lines = 0;
        }
        if (lines < LINES) {
            lines++;
            return true;
        }
        others++;
        return false;
    }

    /** The line for the failures without one, when their hour is over; afterwards they are not counted any more. */
    synchronized Optional<AuditLine> summary(Instant now) {
        if (others == 0 || now.isBefore(start.plus(HOUR))) {
            return Optional.empty();
        }
        return end(now);
    }

    /** The same, when the program ends. */
    synchronized Optional<AuditLine> end(Instant now) {
        long count = others;
        others = 0;
        return count == 0 ? Optional.empty()
                : Optional.of(new AuditLine(now, "several", "several", AuditAction.LOG_IN_FAILED.toString(), "", count));
    }
}
