// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.record.RecordJoin;
import dev.gtmroutes.record.UnfitRecordException;

/**
 * Adds to each record of an input what a store has for it, as one attribute.
 *
 * @param opening finds the store, when the first record is looked up
 * @param name    of the store
 * @param as      the attribute that the found record becomes
 * @param missing what happens to a record for which the store has none
 * @param until   when a record waits no longer for the store, in {@link System#nanoTime}
 */
record StoreJoin(Opening opening, String name, JoinedAttribute as, Missing missing, long until)
        implements RecordJoin {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** What happens to a record for which the store has none. */
    enum Missing {
        REJECT, PASS, WAIT
    }

    /** The store is looked for while records are read: the destination that waits for it can tell why. */
    interface Opening {

        /** @throws IOException if there is none yet, or it cannot be searched; the message is one line */
        Opened get() throws IOException;
    }

    /**
     * A store that can be searched.
     *
     * @param by what is looked up
     */
    record Opened(LookupStore store, KeyValues by) {
    }

    @Override
    public byte[] apply(byte[] record, BooleanSupplier running)
            throws UnfitRecordException, IOException, InterruptedException {
        LookupStore store = opening.get().store;
        KeyValues by = opening.get().by;
        List<String> values = by.of(record);
        if (values == null) {
            return without(record, "it has no " + String.join(", ", by.names()) + ", by which the store " + name
                    + " is searched (parameter by of lookup-store-action)");
        }
        String key = store.key().of(values);
        byte[] found = store.find(key);
        while (found == null && missing == Missing.WAIT && System.nanoTime() - until < 0) {
            if (!FlowRoute.pause(LOOK_AGAIN, running)) {
                return null;
            }
            found = store.find(key);
        }
        return found == null
                ? without(record, "the store " + name + " has no record whose " + String.join(", ", store.key().attributes())
                        + " is the " + String.join(", ", by.names()) + " of this record. Correct the attribute, or have "
                        + "the flow that fills the store read the list again")
                : as.add(record, found);
    }

    private byte[] without(byte[] record, String reason) throws UnfitRecordException {
        if (missing != Missing.PASS) {
            throw new UnfitRecordException(reason);
        }
        return record;
    }
}
