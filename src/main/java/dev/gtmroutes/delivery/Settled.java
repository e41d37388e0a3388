package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Exchange;

/**
 * What became of the records of a source's message, for each destination that it goes to: a flow with two destinations
 * may have been stopped between them. On an exchange as the property {@link #PROPERTY}, put there by a source that can
 * remember it; destinations read it when they begin and add to it from then on, each outcome as it comes. For any number
 * of threads.
 */
public final class Settled {

    /** Exchange property of type {@link Settled}. */
    public static final String PROPERTY = "GtmSettled";

    /**
     * A destination.
     *
     * @param id       id of the delivery's route
     * @param template what it delivers with: ids count the steps of a flow, which may have changed
     * @param twins    how many destinations of the flow deliver with that, itself included: with one only, it can be
     *                 told wherever it stands
     */
    public record Place(String id, String template, int twins) {

        private static final Comparator<Place> ORDER = Comparator.comparing(Place::id).thenComparing(Place::template)
                .thenComparing(Place::twins);

        /** The only one of its flow that delivers with its template. */
        public Place(String id, String template) {
            this(id, template, 1);
        }

        private boolean isAt(Place other) {
            return id.equals(other.id) && template.equals(other.template);
        }
    }

    /**
     * Records of one destination, by their ordinals from 0.
     *
     * @param settled those that have a durable outcome
     * @param unsure  those that may have been carried out, although nobody has seen an answer: sent again, they might
     *                happen twice
     * @param last    the last one, if it was read
     */
    public record Records(BitSet settled, BitSet unsure, BitSet last) {

        private Records() {
            this(new BitSet(), new BitSet(), new BitSet());
        }

        private Records copy() {
            return new Records((BitSet) settled.clone(), (BitSet) unsure.clone(), (BitSet) last.clone());
        }
    }

    private final Map<Place, Records> byPlace = new TreeMap<>(Place.ORDER);
    /** Fingerprints, ascending, of records that a destination must not be sent again. */
    private final Map<Place, long[]> doubtful = new TreeMap<>(Place.ORDER);
    private final Place only;
    private final AtomicBoolean reached;
    /** The only body whose records count here; null for any. */
    private volatile Object body;
    private Journal journal = Journal.NONE;

    /** For all destinations, and none has any outcome yet. */
    public Settled() {
        this(null);
    }

    /** @param only the one destination that the message is for, although its flow may have others; null for all */
    public Settled(Place only) {
        this(only, new AtomicBoolean());
    }

    private Settled(Place only, AtomicBoolean reached) {
        this.only = only;
        this.reached = reached;
    }

    /**
     * From now on, only records of just this body count: those of what a step makes of it are others, and their ordinals
     * would be taken for those of the source.
     */
    public void countOnly(Object body) {
        this.body = body;
    }

    /** From now on, this journal is told of each outcome before it counts. */
    public synchronized void noteIn(Journal journal) {
        this.journal = journal;
    }

    /**
     * @return the one of this exchange. A part of a message, as a splitter in a flow makes them, counts its records on
     *         its own, and so does a body that is not the one it is of: there it is one that nobody remembers
     */
    static Settled of(Exchange exchange) {
        Settled settled = exchange.getProperty(PROPERTY, new Settled(), Settled.class);
        Object body = settled.body;
        boolean counts = exchange.getProperty(Exchange.SPLIT_INDEX) == null
                && (body == null || body == exchange.getMessage().getBody());
        return counts ? settled : new Settled(settled.only, settled.reached);
    }

    /** Whether this destination is to deliver the message. It notes that there is such a destination. */
    boolean wants(Place destination) {
        if (only == null) {
            return true;
        }
        boolean wanted = only.isAt(destination);
        if (wanted) {
            reached.set(true);
        }
        return wanted;
    }

    /** The one destination that the message is for; null for all. */
    public Place only() {
        return only;
    }

    /** Whether the message is for one destination only, and did not get there. */
    public boolean isMissed() {
        return only != null && !reached.get();
    }

    /**
     * Says where a destination goes on, should its flow have been edited since something was noted: one that moved within
     * its flow keeps what is noted of it, and one that took the place of another goes on behind that. Where several deliver
     * with the same template and nobody can tell which of them is which, what only some of them have settled is unsure.
     *
     * @param now templates of all destinations of the flow
     */
    synchronized void begin(Place destination, Set<String> now) {
        if (byPlace.isEmpty() || byPlace.containsKey(destination)) {
            return;
        }
        List<Place> alike = byPlace.keySet().stream().filter(each -> each.template.equals(destination.template)).toList();
        if (alike.isEmpty()) {
            byPlace.keySet().stream().filter(each -> each.id.equals(destination.id) && !now.contains(each.template))
                    .findFirst().ifPresent(each -> move(each, destination));
        } else if (alike.size() == 1 && alike.get(0).twins == 1 && destination.twins == 1) {
            move(alike.get(0), destination);
        } else {
            doubt(alike, destination);
        }
    }

    private void move(Place from, Place to) {
        Records known = at(from);
        takeOver(Journal.Note.SENDING, to, known.unsure);
        takeOver(Journal.Note.SETTLED, to, known.settled);
        takeOver(Journal.Note.LAST, to, known.last);
        takeOver(Journal.Note.GONE, from, new BitSet());
    }

    private void doubt(List<Place> alike, Place destination) {
        BitSet byAll = at(alike.get(0)).settled;
        BitSet byAny = new BitSet();
        for (Place each : alike) {
            Records known = at(each);
            byAll.and(known.settled);
            byAny.or(known.settled);
            byAny.or(known.unsure);
        }
        // One of which nothing is noted has settled nothing, and so has one that was not there.
        if (alike.stream().anyMatch(each -> each.twins != alike.size()) || destination.twins > alike.size()) {
            byAll.clear();
        }
        takeOver(Journal.Note.SENDING, destination, byAny);
        takeOver(Journal.Note.SETTLED, destination, byAll);
    }

    private void takeOver(Journal.Note what, Place destination, BitSet known) {
        Ranges records = Ranges.of(known);
        try {
            note(what, destination, records);
        } catch (IOException e) {
            // It is known now, and noted as soon as the disk takes notes again and these are written anew.
            add(what, destination, records);
        }
    }

    /** A copy of what there is for this destination. */
    synchronized Records at(Place destination) {
        return byPlace.getOrDefault(destination, new Records()).copy();
    }

    /**
     * Notes what becomes of records at a destination.
     *
     * @param records their ordinals
     * @throws IOException if the source cannot note it; then it does not count
     */
    synchronized void note(Journal.Note what, Place destination, Ranges records) throws IOException {
        if (!records.isEmpty() || what == Journal.Note.GONE) {
            journal.note(what, destination, records);
            add(what, destination, records);
        }
    }

    /** The same, for a source that {@linkplain #wantsFingerprints wants} to know what the records were. */
    synchronized void note(Journal.Note what, Place destination, Ranges records, Fingerprints fingerprints)
            throws IOException {
        if (!records.isEmpty()) {
            journal.note(what, destination, records, fingerprints);
            add(what, destination, records);
        }
    }

    /** Whether the source remembers what the records were. */
    synchronized boolean wantsFingerprints() {
        return journal.wantsFingerprints();
    }

    /** Whether what an earlier run noted of a record is known only once that record is read. */
    synchronized boolean recallsLate() {
        return journal.recallsLate();
    }

    /** Whether the record may have been carried out, although nobody has seen an answer. */
    synchronized boolean isUnsure(Place destination, int ordinal) {
        Records known = byPlace.get(destination);
        return known != null && known.unsure.get(ordinal);
    }

    /**
     * Records that may have been sent already, although the message is another one now: a destination that sends each
     * record only once holds them.
     *
     * @param destinations those that they were sent to
     * @param fingerprints of the records
     */
    public synchronized void doubt(Collection<Place> destinations, long[] fingerprints) {
        for (Place each : destinations) {
            long[] before = doubtful.getOrDefault(each, new long[0]);
            long[] all = Arrays.copyOf(before, before.length + fingerprints.length);
            System.arraycopy(fingerprints, 0, all, before.length, fingerprints.length);
            Arrays.sort(all);
            doubtful.put(each, all);
        }
    }

    /** A copy of what {@link #doubt} was told: fingerprints, ascending. */
    public synchronized Map<Place, long[]> doubtful() {
        Map<Place, long[]> copy = new TreeMap<>(Place.ORDER);
        copy.putAll(doubtful);
        return copy;
    }

    /** @return the fingerprints, ascending, for a destination, also if its place in the flow, or its template, is another */
    synchronized long[] doubtfulAt(Place destination) {
        return doubtful.entrySet().stream()
                .filter(each -> each.getKey().template.equals(destination.template)
                        || each.getKey().id.equals(destination.id))
                .flatMapToLong(each -> Arrays.stream(each.getValue())).sorted().toArray();
    }

    /** Adds what is known without having been noted now: it was before, or cannot be. */
    public synchronized void add(Journal.Note what, Place destination, Ranges records) {
        Records known = byPlace.computeIfAbsent(destination, key -> new Records());
        switch (what) {
            case SETTLED -> {
                records.addTo(known.settled);
                records.removeFrom(known.unsure);
            }
            case SENDING -> records.addTo(known.unsure);
            case UNSENT -> records.removeFrom(known.unsure);
            case LAST -> records.addTo(known.last);
            case GONE -> byPlace.remove(destination);
        }
    }

    /** @return the ordinals of the records behind which there was no other */
    public synchronized BitSet last() {
        BitSet last = new BitSet();
        byPlace.values().forEach(each -> last.or(each.last));
        return last;
    }

    /** These records were not whole when they got their outcome: they have none. */
    public synchronized void forget(BitSet records) {
        byPlace.values().forEach(each -> {
            each.settled.andNot(records);
            each.last.andNot(records);
        });
    }

    /** A copy of all there is. */
    public synchronized Map<Place, Records> all() {
        Map<Place, Records> all = new TreeMap<>(Place.ORDER);
        byPlace.forEach((place, records) -> all.put(place, records.copy()));
        return all;
    }
}
