// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.progress.Fingerprints;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/** What the source of a chunk remembers of its records at one destination. For any number of threads. */
public final class DestinationProgress {

    private final InputProgress settled;
    private final InputProgress.DestinationKey place;
    private final BitSet unsure;
    private final long[] doubtful;
    private final boolean fingerprints;
    private final boolean late;

    /** @param place the destination */
    public DestinationProgress(InputProgress settled, InputProgress.DestinationKey place) {
        this.settled = settled;
        this.place = place;
        this.unsure = settled.at(place).unsure();
        this.doubtful = settled.doubtfulAt(place);
        this.fingerprints = settled.wantsFingerprints();
        this.late = settled.recallsLate();
    }

    /** A copy of the ordinals of all records that have a durable outcome. */
    public BitSet settled() {
        return settled.at(place).settled();
    }

    /** What tells the input from others of its name: as it is now, and as it was in an earlier run. */
    public List<String> marks() {
        return settled.marks();
    }

    /** Whether no record must be sent any more, because others send some of them. */
    boolean isOver() {
        return settled.isOver();
    }

    /** How many records an earlier run was sending when it ended, where that must not happen twice. */
    public int unsureCount() {
        return unsure.cardinality();
    }

    /** @return why a person has to decide whether this record is sent; null if it can be sent */
    public Rejection doubt(SourceRecord each) {
        if (unsure.get(ordinal(each)) || late && settled.isUnsure(place, ordinal(each))) {
            return Rejection.interrupted();
        }
        return doubtful.length > 0 && Arrays.binarySearch(doubtful, Fingerprints.of(each.identity())) >= 0
                ? Rejection.replaced() : null;
    }

    /**
     * Notes what becomes of records. It has to be noted before it counts, and before others are sent in their place.
     *
     * @throws IOException if the source cannot note it
     */
    public void note(ProgressLog.Note what, List<ShapedRecord> records) throws IOException {
        if (fingerprints) {
            settled.note(what, place, ordinals(records), Fingerprints.of(records));
        } else {
            settled.note(what, place, ordinals(records));
        }
    }

    /** This record has its outcome without having been sent. An outcome that cannot be noted counts all the same. */
    public void settle(SourceRecord each) throws IOException {
        Ranges one = Ranges.of(ordinal(each));
        try {
            settled.note(ProgressLog.Note.SETTLED, place, one, Fingerprints.of(each));
        } catch (IOException e) {
            settled.add(ProgressLog.Note.SETTLED, place, one);
            throw e;
        }
    }

    /** The source has no more records behind this one. */
    public void last(SourceRecord each) {
        Ranges one = Ranges.of(ordinal(each));
        try {
            settled.note(ProgressLog.Note.LAST, place, one, Fingerprints.of(each));
        } catch (IOException e) {
            // It counts for this run, and is noted with all else when the chunk ends.
            settled.add(ProgressLog.Note.LAST, place, one);
        }
    }

    /** What could not be noted counts all the same: the source is told when the chunk ends. */
    public void addUnnoted(ProgressLog.Note what, List<ShapedRecord> records) {
        settled.add(what, place, ordinals(records));
    }

    private static Ranges ordinals(List<ShapedRecord> records) {
        return Ranges.of(records, each -> ordinal(each.source()));
    }

    private static int ordinal(SourceRecord each) {
        return Math.toIntExact(each.index());
    }
}
