// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must not be read anywhere: takes known secrets out of a text. Safe for use by many threads. */
public final class Secrets {

    private static final String HIDDEN = "***";
    /** A shorter value is no secret, and likely to be part of ordinary words. */
    private static final int SHORTEST = 4;
    /** An answer to a request with an old token may come after several renewals; older ones are forgotten. */
    private static final int MOST_PASSING = 8;

    private final Set<String> lasting = new LinkedHashSet<>();
    private final Deque<String> passing = new ArrayDeque<>();
    /** All of them in all their forms, the longest first, so that masking takes no lock. */
    private volatile List<String> forms = List.of();

    /** A secret of the settings. */
    public synchronized void add(String secret) {
        if (lasting.add(secret)) {
            collect();
        }
    }

    /** A token that will be replaced by others. */
    public synchronized void addPassing(String token) {
        if (token != null && !passing.contains(token)) {
            passing.addLast(token);
            if (passing.size() > MOST_PASSING) {
                passing.removeFirst();
            }
            collect();
        }
    }

    /** The text with every secret replaced, also where it was written in one of its {@link SecretForms}. */
    public String mask(String text) {
        String masked = text;
        for (String each : forms) {
            masked = masked.replace(each, HIDDEN);
        }
        return masked;
    }

    private void collect() {
        Set<String> all = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        for (Iterable<String> some : List.of(lasting, passing)) {
            for (String each : some) {
                if (each.length() >= SHORTEST) {
                    all.addAll(SecretForms.of(each));
                }
            }
        }
        forms = List.copyOf(all);
    }
}
