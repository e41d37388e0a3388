package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/** What the source of a chunk remembers of its records at one destination. For any number of threads. */
final class SourceNotes {

    private final Settled settled;
    private final Settled.Place place;
    private final BitSet unsure;

    /** @param place the destination */
    SourceNotes(Settled settled, Settled.Place place) {
        this.settled = settled;
        this.place = place;
        this.unsure = settled.at(place).unsure();
    }

    /** A copy of the ordinals of all records that have a durable outcome. */
    BitSet settled() {
        return settled.at(place).settled();
    }

    /** How many records an earlier run was sending when it ended, where that must not happen twice. */
    int unsureCount() {
        return unsure.cardinality();
    }

    /** Whether this is one of them. */
    boolean isUnsure(SourceRecord each) {
        return unsure.get(ordinal(each));
    }

    /**
     * Notes what becomes of records. It has to be noted before it counts, and before others are sent in their place.
     *
     * @throws IOException if the source cannot note it
     */
    void note(Journal.Note what, List<ShapedRecord> records) throws IOException {
        settled.note(what, place, ordinals(records));
    }

    /** This record has its outcome without having been sent. */
    void settle(SourceRecord each) throws IOException {
        noteOne(Journal.Note.SETTLED, ordinal(each));
    }

    /** The source has no more records behind the one of this ordinal. */
    void last(long index) {
        try {
            noteOne(Journal.Note.LAST, Math.toIntExact(index));
        } catch (IOException e) {
            // It counts for this run, and is noted with all else when the chunk ends.
        }
    }

    /** What cannot be noted counts all the same. */
    private void noteOne(Journal.Note what, int ordinal) throws IOException {
        Ranges one = Ranges.of(ordinal);
        try {
            settled.note(what, place, one);
        } catch (IOException e) {
            settled.add(what, place, one);
            throw e;
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
