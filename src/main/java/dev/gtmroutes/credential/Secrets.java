// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.credential.spelling.FormIndex;
import dev.gtmroutes.credential.spelling.SecretForms;
import dev.gtmroutes.credential.spelling.SecretSpelling;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * What must not be read anywhere: takes known secrets out of a text. A Camel context has one of all secrets in use, see
 * {@link #of}; a credential has one of its own as well. Safe for use by many threads.
 */
public final class Secrets {

    private static final String HIDDEN = "***";
    /** The shorter of two secrets may be a part of the longer one. */
    private static final Comparator<String> LONGEST_FIRST = Comparator.comparingInt(String::length).reversed()
            .thenComparing(Comparator.naturalOrder());
    /** A shorter value is no secret, and likely to be part of ordinary words. */
    private static final int SHORTEST = 4;
    /** Values of settings that switch something; masked, they would make JSON unreadable. */
    private static final Set<String> NONE = Set.of("true", "false", "null");
    /** A shorter word of a URL, such as in, hooks or v1, lets nobody in. */
    private static final int SHORTEST_PART = 8;
    /** Nor do longer ones, such as services, api-version or 2016-06-01. */
    private static final Pattern WORDS = Pattern.compile("(?=.{0,15}$)([a-z]+|\\d{1,4})([._-]([a-z]+|\\d{1,4}))*");
    /** An answer to a request with an old token may come after several renewals; older ones are forgotten. */
    private static final int MOST_PASSING = 8;
    /** The same for the tokens of all credentials. */
    private static final int MOST_PASSING_OF_ALL = 64;
    /** So many of a credential do not make room for those of others: a refresh token, an access token and the one before. */
    private static final int MOST_OF_ONE = 3;
    /** Previews bring new headers as long as the program runs. */
    private static final int MOST_SEEN = 200;

    /** A secret that was replaced in its file stays masked: it may have been written somewhere before. */
    private static final Duration AFTERLIFE = Duration.ofDays(7);
    /** So many of them at most. */
    private static final int MOST_REPLACED = 1000;

    private final Set<String> lasting = new LinkedHashSet<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Map<Object, Set<String>> inUse = new WeakHashMap<>();
    private final Map<String, String> inFiles = new LinkedHashMap<>();
    private final Map<String, Instant> replaced = new LinkedHashMap<>();
    private final Deque<String> passing = new ArrayDeque<>();
    /** The newest tokens by what uses them, as long as that is in use. */
    private final Map<Object, Deque<String>> newest = new WeakHashMap<>();
    /** All of them in all their forms, made anew with each secret, so that masking takes no lock. */
    private volatile FormIndex forms = new FormIndex(List.of());
    private volatile List<String> secrets = List.of();
    private final Secrets all;
    private final int mostPassing;

    /** Secrets that only the owner of this object takes out. */
    public Secrets() {
        this(null, MOST_PASSING);
    }

    /** @param all learns them as well; null for none */
    Secrets(Secrets all) {
        this(all, MOST_PASSING);
    }

    private Secrets(Secrets all, int mostPassing) {
        this.all = all;
        this.mostPassing = mostPassing;
    }

    /** All secrets in use in this Camel context: of its credentials, webhooks, request headers and settings. */
    public static Secrets of(CamelContext camel) {
        return ContextPlugin.of(camel, Secrets.class, () -> new Secrets(null, MOST_PASSING_OF_ALL));
    }

    /** A secret of the settings. */
    public void add(String secret) {
        addHere(secret);
        if (all != null) {
            all.add(secret);
        }
    }

    /**
     * The value of a header in some flow or preview: remembered as long as its user is in use, and the last ones longer.
     *
     * @param user whose header it is, such as a part of a flow
     */
    synchronized void addSeen(String value, Object user) {
        inUse.computeIfAbsent(user, any -> new LinkedHashSet<>()).add(value);
        boolean there = seen.remove(value);
        seen.add(value);
        if (seen.size() > MOST_SEEN) {
            seen.remove(seen.iterator().next());
        }
        if (!there) {
            collect();
        }
    }

    /** A URL of which all but the host is as good as a password, such as that of a webhook. */
    public void addUrl(URI url) {
        String path = url.getRawPath();
        String query = url.getRawQuery() == null ? "" : url.getRawQuery();
        Stream.concat(Stream.of(url.toString(), path + "?" + query, path, query),
                Arrays.stream((path + "&" + query).split("[/&=]")))
                .filter(each -> each.length() >= SHORTEST_PART && !WORDS.matcher(each).matches()).forEach(this::add);
    }

    private synchronized void addHere(String secret) {
        if (secret != null && lasting.add(secret)) {
            collect();
        }
    }

    /**
     * The content of a file that may be replaced. The content before stays masked for at least 7 days.
     *
     * @param setting that names the file
     */
    public void addFrom(String setting, String secret) {
        addFrom(setting, secret, Instant.now());
    }

    void addFrom(String setting, String secret, Instant now) {
        addFromHere(setting, secret, now);
        if (all != null) {
            all.addFrom(setting, secret, now);
        }
    }

    private synchronized void addFromHere(String setting, String secret, Instant now) {
        String before = inFiles.put(setting, secret);
        if (Objects.equals(before, secret)) {
            return;
        }
        addReplaced(before, now);
        collect();
    }

    private void addReplaced(String before, Instant now) {
        replaced.values().removeIf(each -> each.isBefore(now.minus(AFTERLIFE)));
        if (before != null) {
            replaced.remove(before);
            replaced.put(before, now);
        }
        if (replaced.size() > MOST_REPLACED) {
            replaced.remove(replaced.keySet().iterator().next());
        }
    }

    /** There is no such secret any more; it stays masked for at least 7 days. */
    void removeFrom(String setting) {
        removeFromHere(setting, Instant.now());
        if (all != null) {
            all.removeFrom(setting);
        }
    }

    private synchronized void removeFromHere(String setting, Instant now) {
        String before = inFiles.remove(setting);
        if (before != null) {
            addReplaced(before, now);
            collect();
        }
    }

    /** A token that will be replaced by others. */
    public void addPassing(String token) {
        if (token != null) {
            addPassing(token, this);
        }
    }

    private void addPassing(String token, Secrets user) {
        addPassingHere(token, user);
        if (all != null) {
            all.addPassing(token, user);
        }
    }

    private synchronized void addPassingHere(String token, Secrets user) {
        boolean isNew = addNewest(token, newest.computeIfAbsent(user, any -> new ArrayDeque<>()), MOST_OF_ONE);
        if (addNewest(token, passing, mostPassing) || isNew) {
            collect();
        }
    }

    /** @return whether it was not there before */
    private static boolean addNewest(String token, Deque<String> tokens, int most) {
        boolean there = tokens.remove(token);
        tokens.addLast(token);
        if (tokens.size() > most) {
            tokens.removeFirst();
        }
        return !there;
    }

    /**
     * @param  text null for none
     * @return      it with every secret replaced, however it is written, also one of which it has only the beginning
     */
    public String mask(String text) {
        if (text == null) {
            return null;
        }
        String masked = forms.replace(text, HIDDEN);
        boolean spelled = SecretSpelling.mayBeIn(masked);
        for (String each : secrets) {
            masked = withoutBeginning(spelled ? SecretSpelling.replace(masked, each, HIDDEN) : masked, each);
        }
        return masked;
    }

    /**
     * The same of a text of which only the beginning is kept: of the rest, no more is looked at than a secret at the end of
     * that needs.
     *
     * @param most characters that are kept, at most
     */
    public String mask(String text, int most) {
        return mask(text == null || text.length() <= 2 * most ? text : text.substring(0, 2 * most));
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
        newest.values().forEach(known::addAll);
        known.addAll(seen);
        inUse.values().forEach(known::addAll);
        known.addAll(inFiles.values());
        known.addAll(replaced.keySet());
        known.removeIf(each -> each.length() < SHORTEST || NONE.contains(each));
        Set<String> written = new TreeSet<>(LONGEST_FIRST);
        known.forEach(each -> written.addAll(SecretForms.of(each)));
        secrets = List.copyOf(known);
        forms = new FormIndex(List.copyOf(written));
    }
}
