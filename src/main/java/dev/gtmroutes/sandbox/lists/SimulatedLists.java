// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.sandbox.exports.SandboxClock;

/** All lists of the sandbox, by the names of their endpoints. */
public final class SimulatedLists {

    private final ListDescriptions descriptions = ListDescriptions.load();
    private final Map<String, SimulatedList> lists = new TreeMap<>();
    private final Map<String, SimulatedList> bySingle = new TreeMap<>();

    public SimulatedLists(SandboxClock clock) {
        descriptions.lists().forEach((name, form) -> {
            SimulatedList list = new SimulatedList(name, form, descriptions.pattern(form), clock);
            lists.put(name, list);
            if (form.single() != null) {
                bySingle.put(form.single(), list);
            }
        });
    }

    /** The list of an endpoint such as {@code salesloft-people}; an unknown one is an error that names the known ones. */
    public SimulatedList list(String name) {
        SimulatedList list = lists.get(name);
        if (list == null) {
            throw new IllegalArgumentException("unknown list '" + name + "'. Allowed: " + String.join(", ", lists.keySet()));
        }
        return list;
    }

    /** The list of which an endpoint reads one record. */
    SimulatedList listOf(String single) {
        return bySingle.get(single);
    }

    /** All of them. */
    public Collection<SimulatedList> all() {
        return Collections.unmodifiableCollection(lists.values());
    }

    int cost(String vendor, long page) {
        return descriptions.cost(vendor, (int) Math.min(Integer.MAX_VALUE, page));
    }
}
