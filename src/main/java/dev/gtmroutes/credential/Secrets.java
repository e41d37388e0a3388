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
    /** The shorter of two secrets may be a part of the longer one. */
    private static final Comparator<String> LONGEST_FIRST = Comparator.comparingInt(String::length).reversed()
            .thenComparing(Comparator.naturalOrder());
    /** A shorter value is no secret, and likely to be part of ordinary words. */
    private static final int SHORTEST = 4;
    /** An answer to a request with an old token may come after several renewals; older ones are forgotten. */
    private static final int MOST_PASSING = 8;

    private final Set<String> lasting = new LinkedHashSet<>();
    private final Deque<String> passing = new ArrayDeque<>();
    /** All of them in all their forms, the longest first, so that masking takes no lock. */
    private volatile List<String> forms = List.of();
    private volatile List<String> secrets = List.of();

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

    /** The text with every secret replaced, however it is written, also one of which the text has only the beginning. */
    public String mask(String text) {
        String masked = text;
        for (String each : forms) {
            masked = masked.replace(each, HIDDEN);
        }
        boolean spelled = SecretSpelling.mayBeIn(masked);
        for (String each : secrets) {
            masked = withoutBeginning(spelled ? SecretSpelling.replace(masked, each, HIDDEN) : masked, each);
        }
        return masked;
    }

    /** A response may break off within the secret. */
    private static String withoutBeginning(String text, String secret) {
        // Most texts are header values, shorter than half of a token.
        for (int length = Math.min(text.length(), secret.length() - 1); length >= Math.max(SHORTEST,
                secret.length() / 2); length--) {
            if (text.regionMatches(text.length() - length, secret, 0, length)) {
                return text.substring(0, text.length() - length) + HIDDEN;
            }
        }
        return text;
    }

    private void collect() {
        Set<String> known = new TreeSet<>(LONGEST_FIRST);
        known.addAll(lasting);
        known.addAll(passing);
        known.removeIf(each -> each.length() < SHORTEST);
        Set<String> all = new TreeSet<>(LONGEST_FIRST);
        known.forEach(each -> all.addAll(SecretForms.of(each)));
        secrets = List.copyOf(known);
        forms = List.copyOf(all);
    }
}
