// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** The stores of a Camel context, {@code <data>/state/lookup/<name>.mv}; open from their first use until Camel stops. */
final class LookupStores extends ServiceSupport {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private final Map<Path, LookupStore> open = new HashMap<>();

    private LookupStores() {
    }

    /** @return those of this context; the same object for as long as it lives */
    static LookupStores of(CamelContext camel) {
        return ContextService.of(camel, LookupStores.class, LookupStores::new);
    }

    /** @throws IllegalArgumentException if no store can have this name */
    static String name(String store) {
        if (Opening.isKnown(store) && !NAME.matcher(store).matches()) {
            throw new IllegalArgumentException("store is '" + store
                    + "'. Use at most 64 letters, digits, dashes and underscores, beginning with a letter or digit");
        }
        return store;
    }

    private static Path file(Path data, String name) {
        return data.resolve("state").resolve("lookup").resolve(name + ".mv").toAbsolutePath().normalize();
    }

    /** @throws IOException if it cannot be used, or has another key; the message is one line */
    synchronized LookupStore open(Path data, String name, StoreKey key) throws IOException {
        Path file = file(data, name);
        LookupStore there = open.get(file);
        if (there == null) {
            there = LookupStore.open(file, key);
            add(file, there);
        }
        if (!there.key().equals(key)) {
            throw LookupStore.otherKey(file, there.key());
        }
        return there;
    }

    /** @return null if no flow has begun to keep records in it */
    synchronized LookupStore find(Path data, String name) throws IOException {
        Path file = file(data, name);
        LookupStore there = open.get(file);
        if (there == null) {
            there = LookupStore.find(file);
            if (there != null) {
                add(file, there);
            }
        }
        return there;
    }

    private void add(Path file, LookupStore store) {
        open.put(file, store);
        open.values().forEach(each -> each.share(open.size()));
    }

    @Override
    protected synchronized void doStop() {
        open.values().forEach(LookupStore::close);
        open.clear();
    }
}
