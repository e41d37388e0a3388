package dev.gtmroutes.credential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What must not be read anywhere: takes known secrets out of a text. Safe for use by many threads. */
public final class Secrets {

    private static final String HIDDEN = "***";
    /** A shorter value is no secret, and likely to be part of ordinary words. */
    private static final int SHORTEST = 4;
    /** An answer to a request with an old token may come after several renewals; older ones are forgotten. */
    private static final int MOST_PASSING = 8;

    private final Set<String> lasting = new LinkedHashSet<>();
    private final Deque<String> passing = new ArrayDeque<>();
    /** All of them in all their forms, so that masking takes no lock. */
    private final List<String> forms = new CopyOnWriteArrayList<>();

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

    /** The text with every secret replaced, also where it was written as part of a URL or of JSON. */
    public String mask(String text) {
        String masked = text;
        for (String each : forms) {
            masked = masked.replace(each, HIDDEN);
        }
        return masked;
    }

    private void collect() {
        Set<String> all = new LinkedHashSet<>();
        for (Iterable<String> some : List.of(lasting, passing)) {
            for (String each : some) {
                if (each.length() >= SHORTEST) {
                    all.add(each);
                    all.add(each.replace("\\", "\\\\").replace("\"", "\\\""));
                    all.add(each.replace("/", "\\/"));
                    all.add(URLEncoder.encode(each, StandardCharsets.UTF_8));
                }
            }
        }
        forms.addAll(all);
        forms.retainAll(all);
    }
}
