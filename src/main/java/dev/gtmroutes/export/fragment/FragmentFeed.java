// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.util.Iterator;
import java.util.NoSuchElementException;

import dev.gtmroutes.export.Export;
import dev.gtmroutes.export.ExportSource;
import org.apache.camel.Exchange;

/** Hands out the fragments of an export, each at the moment at which somebody has time for it. One feed at a time does. */
final class FragmentFeed implements Iterator<Fragment> {

    private final Exchange exchange;
    private final Export export;
    private Fragment next;
    private boolean open;

    FragmentFeed(Exchange exchange, Export export) {
        this.exchange = exchange;
        this.export = export;
        this.open = export.fetching().compareAndSet(false, true);
    }

    @Override
    public synchronized boolean hasNext() {
        if (open && next == null) {
            next = ExportSource.reading(exchange) ? export.take().orElse(null) : null;
            if (next == null) {
                close();
            }
        }
        return next != null;
    }

    @Override
    public synchronized Fragment next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more fragments.");
        }
        Fragment taken = next;
        next = null;
        return taken;
    }

    synchronized void close() {
        if (next != null) {
            export.giveBack(next);
            next = null;
        }
        if (open) {
            open = false;
            export.fetching().set(false);
        }
    }
}
