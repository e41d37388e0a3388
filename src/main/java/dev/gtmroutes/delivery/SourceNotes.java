package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/** What the source of a chunk remembers of its records at one destination. For any number of threads. */
final class SourceNotes {

    private final Settled settled;
    private final Settled.Place place;
    private final BitSet unsure;
    private final long[] doubtful;
    private final boolean fingerprints;
    private final boolean late;

    /** @param place the destination */
    SourceNotes(Settled settled, Settled.Place place) {
        this.settled = settled;
        this.place = place;
        this.unsure = settled.at(place).unsure();
        this.doubtful = settled.doubtfulAt(place);
        this.fingerprints = settled.wantsFingerprints();
        this.late = settled.recallsLate();
    }

    /** A copy of the ordinals of all records that have a durable outcome. */
    BitSet settled() {
        return settled.at(place).settled();
    }

    /** How many records an earlier run was sending when it ended, where that must not happen twice. */
    int unsureCount() {
        return unsure.cardinality();
    }

    /** @return why a person has to decide whether this record is sent; null if it can be sent */
    Rejection doubt(SourceRecord each) {
        if (unsure.get(ordinal(each)) || late && settled.isUnsure(place, ordinal(each))) {
            return Rejection.interrupted();
        }
        return doubtful.length > 0 && Arrays.binarySearch(doubtful, Fingerprints.of(each.bytes())) >= 0
                ? Rejection.replaced() : null;
    }

    /**
     * Notes what becomes of records. It has to be noted before it counts, and before others are sent in their place.
     *
     * @throws IOException if the source cannot note it
     */
    void note(Journal.Note what, List<ShapedRecord> records) throws IOException {
        if (fingerprints) {
            settled.note(what, place, ordinals(records), Fingerprints.of(records));
        } else {
            settled.note(what, place, ordinals(records));
        }
    }

    /** This record has its outcome without having been sent. An outcome that cannot be noted counts all the same. */
    void settle(SourceRecord each) throws IOException {
        Ranges one = Ranges.of(ordinal(each));
        try {
            settled.note(Journal.Note.SETTLED, place, one, Fingerprints.of(each));
        } catch (IOException e) {
            settled.add(Journal.Note.SETTLED, place, one);
            throw e;
        }
    }

    /** The source has no more records behind this one. */
    void last(SourceRecord each) {
        Ranges one = Ranges.of(ordinal(each));
        try {
            settled.note(Journal.Note.LAST, place, one, Fingerprints.of(each));
        } catch (IOException e) {
            // It counts for this run, and is noted with all else when the chunk ends.
            settled.add(Journal.Note.LAST, place, one);
        }
    }

    /** What could not be noted counts all the same: the source is told when the chunk ends. */
    void addUnnoted(Journal.Note what, List<ShapedRecord> records) {
        settled.add(what, place, ordinals(records));
    }

    private static Ranges ordinals(List<ShapedRecord> records) {
        return Ranges.of(records, each -> ordinal(each.source()));
    }

    private static int ordinal(SourceRecord each) {
        return Math.toIntExact(each.index());
    }
}
