// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import org.apache.camel.Exchange;

/**
 * What became of the records of a source's message, for each destination that it goes to: a flow with two destinations
 * may have been stopped between them. On an exchange as the property {@link #PROPERTY}, put there by a source that can
 * remember it; destinations read it when they begin and add to it from then on, each outcome as it comes. For any number
 * of threads.
 */
public final class InputProgress {

    /** Exchange property of type {@link InputProgress}. */
    public static final String PROPERTY = "GtmSettled";

    /**
     * A destination.
     *
     * @param id       id of the delivery's route, which has the name of the destination in it
     * @param template what it delivers with
     * @param twins    how many destinations of the flow deliver with that, itself included: with one only, it can be
     *                 told also after it got another name
     */
    public record DestinationKey(String id, String template, int twins) {

        private static final Comparator<DestinationKey> ORDER = Comparator.comparing(DestinationKey::id)
                .thenComparing(DestinationKey::template)
                .thenComparing(DestinationKey::twins);

        /** The only one of its flow that delivers with its template. */
        public DestinationKey(String id, String template) {
            this(id, template, 1);
        }

        /** Whether it is the same destination, however many others there are beside it. */
        public boolean isAt(DestinationKey other) {
            return id.equals(other.id) && template.equals(other.template);
        }

        /** Whether it is one of these. */
        public boolean isAmong(Collection<DestinationKey> others) {
            return others.stream().anyMatch(this::isAt);
        }

        /** The same destination by another id. */
        public DestinationKey renamed(UnaryOperator<String> ids) {
            return new DestinationKey(ids.apply(id), template, twins);
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

    private final Map<DestinationKey, Records> byPlace = new TreeMap<>(DestinationKey.ORDER);
    /** Fingerprints, ascending, of records that a destination must not be sent again. */
    private final Map<DestinationKey, long[]> doubtful = new TreeMap<>(DestinationKey.ORDER);
    /** Whether any record was ever unsure: it is asked for each record. */
    private volatile boolean anyUnsure;
    private volatile DestinationKey only;
    private final AtomicBoolean reached;
    /** The only body whose records count here; null for any. */
    private volatile Object body;
    private ProgressLog journal = ProgressLog.NONE;
    private volatile List<String> marks = List.of("");
    private volatile BooleanSupplier over = () -> false;

    /** For all destinations, and none has any outcome yet. */
    public InputProgress() {
        this(null);
    }

    /** @param only the one destination that the message is for, although its flow may have others; null for all */
    public InputProgress(DestinationKey only) {
        this(only, new AtomicBoolean());
    }

    private InputProgress(DestinationKey only, AtomicBoolean reached) {
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

    /** @param mark tells the message from all others that have, or had, its name */
    public synchronized void isOf(String mark) {
        if (!marks.get(0).equals(mark)) {
            marks = marks.get(0).isEmpty() ? List.of(mark) : List.of(mark, marks.get(0));
        }
    }

    /** What tells the message from others: as it is now, and as it was when an earlier run noted something of it. */
    public List<String> marks() {
        return marks;
    }

    /** From now on, this journal is told of each outcome before it counts. */
    public synchronized void noteIn(ProgressLog journal) {
        this.journal = journal;
    }

    /**
     * @return the one of this exchange. A part of a message, as a splitter in a flow makes them, counts its records on
     *         its own, and so does a body that is not the one it is of: there it is one that nobody remembers
     */
    public static InputProgress of(Exchange exchange) {
        InputProgress settled = exchange.getProperty(PROPERTY, new InputProgress(), InputProgress.class);
        Object body = settled.body;
        boolean counts = exchange.getProperty(Exchange.SPLIT_INDEX) == null
                && (body == null || body == exchange.getMessage().getBody());
        return counts ? settled : settled.ofPart();
    }

    private InputProgress ofPart() {
        InputProgress part = new InputProgress(only, reached);
        part.overWhen(over);
        return part;
    }

    /**
     * To be called before a destination begins.
     *
     * @param over whether others have taken over records of the message that have no outcome; from then on always
     */
    public void overWhen(BooleanSupplier over) {
        this.over = over;
    }

    /** Whether nothing more of the message must be sent: others send some of it. The source brings the rest again. */
    public boolean isOver() {
        return over.getAsBoolean();
    }

    /** Whether this destination is to deliver the message. It notes that there is such a destination. */
    public boolean wants(DestinationKey destination) {
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
    public DestinationKey only() {
        return only;
    }

    /** Whether the message is for one destination only, and did not get there. */
    public boolean isMissed() {
        return only != null && !reached.get();
    }

    /** What was noted of destinations counts for the ids that these have now. @param ids gives the id of each now */
    public synchronized void rename(UnaryOperator<String> ids) {
        if (only != null) {
            only = only.renamed(ids);
        }
        for (DestinationKey each : List.copyOf(byPlace.keySet())) {
            if (!each.renamed(ids).equals(each)) {
                move(each, each.renamed(ids));
            }
        }
        for (DestinationKey each : List.copyOf(doubtful.keySet())) {
            DestinationKey now = each.renamed(ids);
            if (!now.equals(each)) {
                doubt(List.of(now), doubtful.remove(each));
            }
        }
    }

    /**
     * Says where a destination goes on, should its flow have been edited since something was noted. A destination is known
     * by its id, wherever it stands. One that got another id keeps what is noted of it, and one that took the place of
     * another goes on behind that. Where several deliver with the same template and nobody can tell which of them is which,
     * what only some of them have settled is unsure.
     *
     * @param now all destinations of the flow
     */
    public synchronized void begin(DestinationKey destination, Collection<DestinationKey> now) {
        if (byPlace.isEmpty() || byPlace.containsKey(destination)) {
            return;
        }
        DestinationKey itself = byPlace.keySet().stream().filter(destination::isAt).findFirst().orElse(null);
        if (itself != null) {
            // There are more or fewer others beside it now.
            move(itself, destination);
            return;
        }
        List<DestinationKey> gone = byPlace.keySet().stream().filter(each -> !each.isAmong(now)).toList();
        List<DestinationKey> alike = gone.stream().filter(each -> each.template.equals(destination.template)).toList();
        if (alike.isEmpty()) {
            gone.stream().filter(each -> each.id.equals(destination.id)
                    && now.stream().noneMatch(there -> there.template.equals(each.template)))
                    .findFirst().ifPresent(each -> move(each, destination));
        } else if (alike.size() == 1 && alike.get(0).twins == 1 && destination.twins == 1) {
            move(alike.get(0), destination);
        } else {
            doubt(alike, destination);
        }
    }

    private void move(DestinationKey from, DestinationKey to) {
        Records known = at(from);
        takeOver(ProgressLog.Note.SENDING, to, known.unsure);
        takeOver(ProgressLog.Note.SETTLED, to, known.settled);
        takeOver(ProgressLog.Note.LAST, to, known.last);
        takeOver(ProgressLog.Note.GONE, from, new BitSet());
    }

    private void doubt(List<DestinationKey> alike, DestinationKey destination) {
        BitSet byAll = at(alike.get(0)).settled;
        BitSet byAny = new BitSet();
        for (DestinationKey each : alike) {
            Records known = at(each);
            byAll.and(known.settled);
            byAny.or(known.settled);
            byAny.or(known.unsure);
        }
        // One of which nothing is noted has settled nothing, and so has one that was not there.
        if (alike.stream().anyMatch(each -> each.twins != alike.size()) || destination.twins > alike.size()) {
            byAll.clear();
        }
        takeOver(ProgressLog.Note.SENDING, destination, byAny);
        takeOver(ProgressLog.Note.SETTLED, destination, byAll);
    }

    private void takeOver(ProgressLog.Note what, DestinationKey destination, BitSet known) {
        Ranges records = Ranges.of(known);
        try {
            note(what, destination, records);
        } catch (IOException e) {
            // It is known now, and noted as soon as the disk takes notes again and these are written anew.
            add(what, destination, records);
        }
    }

    /** A copy of what there is for this destination. */
    public synchronized Records at(DestinationKey destination) {
        return byPlace.getOrDefault(destination, new Records()).copy();
    }

    /**
     * Notes what becomes of records at a destination.
     *
     * @param records their ordinals
     * @throws IOException if the source cannot note it; then it does not count
     */
    public synchronized void note(ProgressLog.Note what, DestinationKey destination, Ranges records) throws IOException {
        if (!records.isEmpty() || what == ProgressLog.Note.GONE) {
            journal.note(what, destination, records);
            add(what, destination, records);
        }
    }

    /** The same, for a source that {@linkplain #wantsFingerprints wants} to know what the records were. */
    public synchronized void note(ProgressLog.Note what, DestinationKey destination, Ranges records,
            Fingerprints fingerprints)
            throws IOException {
        if (!records.isEmpty()) {
            journal.note(what, destination, records, fingerprints);
            add(what, destination, records);
        }
    }

    /** Whether the source remembers what the records were. */
    public synchronized boolean wantsFingerprints() {
        return journal.wantsFingerprints();
    }

    /** Whether what an earlier run noted of a record is known only once that record is read. */
    public synchronized boolean recallsLate() {
        return journal.recallsLate();
    }

    /** Whether the record may have been carried out, although nobody has seen an answer. */
    public boolean isUnsure(DestinationKey destination, int ordinal) {
        if (!anyUnsure) {
            return false;
        }
        synchronized (this) {
            Records known = byPlace.get(destination);
            return known != null && known.unsure.get(ordinal);
        }
    }

    /**
     * Records that may have been sent already, although the message is another one now: a destination that sends each
     * record only once holds them.
     *
     * @param destinations those that they were sent to
     * @param fingerprints of the records
     */
    public synchronized void doubt(Collection<DestinationKey> destinations, long[] fingerprints) {
        for (DestinationKey each : destinations) {
            long[] before = doubtful.getOrDefault(each, new long[0]);
            long[] all = Arrays.copyOf(before, before.length + fingerprints.length);
            System.arraycopy(fingerprints, 0, all, before.length, fingerprints.length);
            Arrays.sort(all);
            doubtful.put(each, all);
        }
    }

    /** A copy of what {@link #doubt} was told: fingerprints, ascending. */
    public synchronized Map<DestinationKey, long[]> doubtful() {
        Map<DestinationKey, long[]> copy = new TreeMap<>(DestinationKey.ORDER);
        copy.putAll(doubtful);
        return copy;
    }

    /** @return the fingerprints, ascending, for a destination, also if its place in the flow, or its template, is another */
    public synchronized long[] doubtfulAt(DestinationKey destination) {
        return doubtful.entrySet().stream()
                .filter(each -> each.getKey().template.equals(destination.template)
                        || each.getKey().id.equals(destination.id))
                .flatMapToLong(each -> Arrays.stream(each.getValue())).sorted().toArray();
    }

    /** Adds what is known without having been noted now: it was before, or cannot be. */
    public synchronized void add(ProgressLog.Note what, DestinationKey destination, Ranges records) {
        Records known = byPlace.computeIfAbsent(destination, key -> new Records());
        switch (what) {
            case SETTLED -> {
                records.addTo(known.settled);
                records.removeFrom(known.unsure);
            }
            case SENDING -> {
                records.addTo(known.unsure);
                anyUnsure = true;
            }
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
    public synchronized Map<DestinationKey, Records> all() {
        Map<DestinationKey, Records> all = new TreeMap<>(DestinationKey.ORDER);
        byPlace.forEach((place, records) -> all.put(place, records.copy()));
        return all;
    }
}
