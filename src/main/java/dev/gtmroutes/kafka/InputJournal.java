package dev.gtmroutes.kafka;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.Journal;
import dev.gtmroutes.delivery.Ranges;
import dev.gtmroutes.delivery.Settled;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The journal of one input: what becomes of its messages at destinations that send once only, and what an earlier input,
 * or an earlier run, has noted of them. For any number of threads.
 */
final class InputJournal implements Journal {

    private final FlowProgress progress;
    private final Settled settled;
    private final List<Settled.Place> destinations;
    private final List<Settled.Place> onceOnly;
    private final boolean mayPass;
    private final Map<Integer, MessageId> byOrdinal = new ConcurrentHashMap<>();

    /**
     * @param settled      gets what was noted of each message when that is handed out
     * @param destinations of the flow
     * @param onceOnly     those of them that send once only
     * @param mayPass      whether a message that each destination has settled need not come again; other steps may want it
     */
    InputJournal(FlowProgress progress, Settled settled, List<Settled.Place> destinations, List<Settled.Place> onceOnly,
            boolean mayPass) {
        this.progress = progress;
        this.settled = settled;
        this.destinations = destinations;
        this.onceOnly = onceOnly;
        this.mayPass = mayPass;
        // Each is known from the start, so that none takes over what is noted of another.
        destinations.forEach(each -> settled.add(Note.UNSENT, each, ranges()));
        settled.noteIn(this);
    }

    /**
     * Tells the destinations what is known of a message.
     *
     * @param  ordinal its place in the input, if it gets one
     * @return         false if it need not be handed out, as each destination has settled it
     */
    boolean handOut(int ordinal, ConsumerRecord<byte[], byte[]> message) {
        MessageId id = MessageId.of(message);
        KnownMessage known = progress.of(id);
        if (known != null && mayPass && destinations.stream().allMatch(each -> state(known, each) == Note.SETTLED)) {
            return false;
        }
        byOrdinal.put(ordinal, id);
        if (known != null) {
            for (Settled.Place each : onceOnly) {
                Note what = state(known, each);
                if (what != null) {
                    settled.add(what, each, ranges(ordinal));
                }
            }
        }
        return true;
    }

    private Note state(KnownMessage known, Settled.Place destination) {
        return onceOnly.contains(destination) ? known.at(destination, destinations) : null;
    }

    private static Ranges ranges(int... numbers) {
        BitSet set = new BitSet();
        for (int each : numbers) {
            set.set(each);
        }
        return Ranges.of(set);
    }

    @Override
    public boolean recallsLate() {
        return true;
    }

    /** Of other destinations nothing is noted, and that costs nothing. */
    @Override
    public void note(Note what, Settled.Place place, Ranges records) throws IOException {
        if (what == Note.LAST || what == Note.GONE || !onceOnly.contains(place)) {
            return;
        }
        BitSet ordinals = new BitSet();
        records.addTo(ordinals);
        progress.note(what, place, ordinals.stream().mapToObj(byOrdinal::get).toList());
    }
}
