package dev.gtmroutes.delivery;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Exchange;

/**
 * Which records of a source's message have a durable outcome, for each destination that it goes to: a flow with two
 * destinations may have been stopped between them. On an exchange as the property {@link #PROPERTY}, put there by a
 * source that can remember it; destinations read it when they begin and add to it when they end.
 */
public final class Settled {

    /** Exchange property of type {@link Settled}. */
    public static final String PROPERTY = "GtmSettled";

    private final Map<String, BitSet> byDestination = new ConcurrentHashMap<>();

    /**
     * @return the one of this exchange. A part of a message, as a splitter in a flow makes them, counts its records on
     *         its own, so there it is one that nobody remembers
     */
    static Settled of(Exchange exchange) {
        Settled settled = exchange.getProperty(PROPERTY, Settled.class);
        return settled == null || exchange.getProperty(Exchange.SPLIT_INDEX) != null ? new Settled() : settled;
    }

    /** @param destination id of the delivery's route */
    BitSet get(String destination) {
        return (BitSet) byDestination.getOrDefault(destination, new BitSet()).clone();
    }

    /** Notes the ordinals, from 0, of all records that have an outcome at this destination. */
    public void put(String destination, BitSet settled) {
        byDestination.put(destination, (BitSet) settled.clone());
    }

    /** A copy: ordinals by the id of the destination's route. */
    public Map<String, BitSet> all() {
        return new TreeMap<>(byDestination);
    }
}
