// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * The rate budgets of a Camel context, one for each credential that has a limit. A budget outlives the route of its
 * vendor API: what was used before a route was replaced still counts.
 */
public final class RateBudgets {

    private final Map<String, RateBudget> budgets = new ConcurrentSkipListMap<>();

    private RateBudgets() {
    }

    /** Those of this context. */
    public static RateBudgets of(CamelContext camel) {
        return ContextPlugin.of(camel, RateBudgets.class, RateBudgets::new);
    }

    /** All of them, ordered by their credentials. */
    public Collection<RateBudget> all() {
        return List.copyOf(budgets.values());
    }

    /** The budget of a credential, such as {@code salesloft-default}; null if there is none. */
    public RateBudget find(String credential) {
        return budgets.get(credential);
    }

    /** The budget of a credential from now on: the one in use, unless its limit was another. */
    RateBudget budget(String credential, RateLimit limit) {
        return budgets.compute(credential,
                (id, old) -> old != null && old.isFor(limit) ? old : new RateBudget(id, limit));
    }

    void remove(String credential) {
        budgets.remove(credential);
    }
}
