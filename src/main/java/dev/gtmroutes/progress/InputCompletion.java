// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * When a source is done with a message, for steps that keep something until then. On an exchange as the property
 * {@link #PROPERTY}, put there by a source that tells it. Camel's own completion does not do: each Kamelet that an exchange
 * goes through completes a copy of it. For any number of threads.
 */
public final class InputCompletion {

    /** Exchange property of type {@link InputCompletion}. */
    public static final String PROPERTY = "GtmMessageEnd";

    private final List<Consumer<Boolean>> waiting = new ArrayList<>();

    /** @param told gets, once, whether the message is over; otherwise it comes again */
    public synchronized void whenDone(Consumer<Boolean> told) {
        waiting.add(told);
    }

    /** The source is done with the message. @param over whether it will not come again */
    public void done(boolean over) {
        List<Consumer<Boolean>> told;
        synchronized (this) {
            told = List.copyOf(waiting);
            waiting.clear();
        }
        told.forEach(each -> each.accept(over));
    }
}
