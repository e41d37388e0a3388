package dev.gtmroutes.delivery;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.apache.camel.Exchange;

/**
 * Which records of a source's message have a durable outcome, for each destination that it goes to: a flow with two
 * destinations may have been stopped between them. On an exchange as the property {@link #PROPERTY}, put there by a
 * source that can remember it; destinations read it when they begin and add to it from then on.
 */
public final class Settled {

    /** Exchange property of type {@link Settled}. */
    public static final String PROPERTY = "GtmSettled";

    /**
     * The one destination that a message is for, although its flow may have others.
     *
     * @param id       id of the delivery's route
     * @param template what the destination has to be: ids count the steps of a flow, which may have changed
     */
    public record Only(String id, String template) {
    }

    private final Map<String, Supplier<BitSet>> byDestination = new ConcurrentHashMap<>();
    private final Only only;
    private final AtomicBoolean reached;

    /** For all destinations, and none has any outcome yet. */
    public Settled() {
        this(null);
    }

    /** @param only null for all destinations */
    public Settled(Only only) {
        this(only, new AtomicBoolean());
    }

    private Settled(Only only, AtomicBoolean reached) {
        this.only = only;
        this.reached = reached;
    }

    /**
     * @return the one of this exchange. A part of a message, as a splitter in a flow makes them, counts its records on
     *         its own, so there it is one that nobody remembers
     */
    static Settled of(Exchange exchange) {
        Settled settled = exchange.getProperty(PROPERTY, new Settled(), Settled.class);
        return exchange.getProperty(Exchange.SPLIT_INDEX) == null ? settled : new Settled(settled.only, settled.reached);
    }

    /** Whether this destination is to deliver the message. It notes that there is such a destination. */
    boolean wants(String destination, String template) {
        if (only == null) {
            return true;
        }
        boolean wanted = only.equals(new Only(destination, template));
        if (wanted) {
            reached.set(true);
        }
        return wanted;
    }

    /** The one destination that the message is for; null for all. */
    public Only only() {
        return only;
    }

    /** Whether the message is for one destination only, and did not get there. */
    public boolean isMissed() {
        return only != null && !reached.get();
    }

    /** @param destination id of the delivery's route */
    BitSet get(String destination) {
        return (BitSet) byDestination.getOrDefault(destination, BitSet::new).get().clone();
    }

    /** Notes the ordinals, from 0, of all records that have an outcome at this destination. */
    public void put(String destination, BitSet settled) {
        BitSet copy = (BitSet) settled.clone();
        byDestination.put(destination, () -> copy);
    }

    /** Notes them as they come: a stop that cannot wait for all requests asks for what there is by then. */
    void follow(String destination, Supplier<BitSet> settled) {
        byDestination.put(destination, settled);
    }

    /** A copy: ordinals by the id of the destination's route. */
    public Map<String, BitSet> all() {
        Map<String, BitSet> all = new TreeMap<>();
        byDestination.keySet().forEach(each -> all.put(each, get(each)));
        return all;
    }
}
