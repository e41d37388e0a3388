// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.web.TimedText;
import dev.gtmroutes.paged.ReadReport;

/**
 * The read of a list as its page shows it.
 *
 * @param read   its report
 * @param source the flow that it belongs to
 * @param now    the time
 */
public record ReadRow(ReadReport read, SourceFlow source, Instant now) {

    /** What a person has to know. */
    public List<List<TimedText.Part>> concerns() {
        return read.concerns().stream().map(TimedText::of).toList();
    }

    public boolean isReading() {
        return read.begun() != null;
    }

    /** About how many pages there are; 0 if that cannot be said. */
    public long allPages() {
        return !isReading() || read.total() <= 0 || read.offset() <= 0 || read.pages() <= 0 ? 0
                : Math.max(read.pages(), Math.round(Math.ceil((double) read.total() * read.pages() / read.offset())));
    }

    /** Records per second of the read under way; 0 if that is not known. */
    public double recordsPerSecond() {
        if (!isReading() || read.moved() == null || read.offset() <= 0) {
            return 0;
        }
        long millis = Duration.between(read.begun(), read.moved()).toMillis();
        return millis < 1000 ? 0 : read.offset() * 1000.0 / millis;
    }

    /** The same in words, such as {@code 12 records per second}; empty if that is not known. */
    public String rate() {
        double rate = recordsPerSecond();
        return rate <= 0 ? "" : rate >= 1 ? Math.round(rate) + " records per second"
                : Math.max(1, Math.round(rate * 60)) + " records per minute";
    }

    /** Such as {@code about 11 min left}; empty if that cannot be said. */
    public String left() {
        double rate = recordsPerSecond();
        return rate <= 0 || read.total() <= read.offset() ? ""
                : "about " + Amounts.time(Duration.ofMillis(Math.round((read.total() - read.offset()) * 1000 / rate)))
                        + " left";
    }

    /** How it is, at a glance. */
    public StateChip chip() {
        return read.problem() != null ? StateChip.BROKEN
                : !read.concerns().isEmpty() ? StateChip.late(isReading() ? "Read late" : "Needs a look")
                : isReading() ? source.isRunning() ? StateChip.running("Reading") : StateChip.PAUSED
                : read.ended() != null ? StateChip.COMPLETE : new StateChip("queued", "clock", "Not begun");
    }
}
