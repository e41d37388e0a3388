// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.server.Arrival;

/** Which credentials the vendors accept at present. */
public final class AcceptedCredentials {

    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, Tokens> tokens = new HashMap<>();

    public AcceptedCredentials(Catalog catalog) {
        catalog.vendors().stream().filter(vendor -> vendor.oauth() != null)
                .forEach(vendor -> tokens.put(vendor.name(), new Tokens(vendor.oauth())));
        catalog.vendors().stream().filter(vendor -> !vendor.tokensOf().equals(vendor.name()))
                .forEach(vendor -> tokens.put(vendor.name(), tokens.get(vendor.tokensOf())));
    }

    /** Makes a vendor accept this key instead of the one in its data file. */
    public void accept(Vendor vendor, String key) {
        keys.put(vendor.name(), key);
    }

    /** The tokens that a vendor takes; null = none. */
    public Tokens tokens(Vendor vendor) {
        return tokens.get(vendor.name());
    }

    /** Whether a request brings a credential its vendor accepts, in one of the headers it may come in. */
    boolean accepts(Arrival arrival) {
        Vendor vendor = arrival.match().vendor();
        for (Vendor.Place place : vendor.credential().sentAs()) {
            String value = arrival.single(place.header());
            if (value != null && value.startsWith(place.prefix())
                    && accepts(vendor, value.substring(place.prefix().length()))) {
                return true;
            }
        }
        return false;
    }

    private boolean accepts(Vendor vendor, String key) {
        return key.equals(keys.getOrDefault(vendor.name(), vendor.credential().key()))
                || tokens(vendor) != null && tokens(vendor).accepts(key);
    }
}
