// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How servers write a text that they repeat: as it is, in a URL, in JSON, in HTML, or in Base64. */
final class SecretForms {

    private static final Pattern PERCENT = Pattern.compile("%[0-9A-F]{2}");
    /** Base64 of fewer bytes is likely to be part of something else. */
    private static final int SHORTEST_IN_BASE64 = 8;
    /** So many bytes become four characters. */
    private static final int GROUP = 3;
    private static final int BITS_OF_A_CHARACTER = 6;

    private SecretForms() {
    }

    /** @return all forms of the secret, the secret itself among them */
    static Set<String> of(String secret) {
        Set<String> all = new LinkedHashSet<>(List.of(secret));
        json(secret, all);
        url(secret, all);
        all.add(secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
                "&#39;"));
        base64(secret.getBytes(StandardCharsets.UTF_8), all);
        return all;
    }

    private static void json(String secret, Set<String> all) {
        String quoted = secret.replace("\\", "\\\\").replace("\"", "\\\"");
        all.add(quoted);
        all.add(quoted.replace("/", "\\/"));
        all.add(escaped(quoted, "\\u%04x"::formatted));
        all.add(escaped(quoted, "\\u%04X"::formatted));
    }

    /** Some writers escape what HTML or a script would take for its own, and what is not ASCII. */
    private static String escaped(String text, IntFunction<String> escape) {
        return text.chars().mapToObj(each -> "<>&='+".indexOf(each) >= 0 || each > '~' ? escape.apply(each)
                : String.valueOf((char) each)).collect(Collectors.joining());
    }

    private static void url(String secret, Set<String> all) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String each : List.of(form, form.replace("+", "%20"),
                form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~"))) {
            all.add(each);
            all.add(PERCENT.matcher(each).replaceAll(found -> found.group().toLowerCase(Locale.ROOT)));
        }
    }

    /** Base64 depends on how many bytes stand in front, by three, and its ends on what stands beside. */
    private static void base64(byte[] secret, Set<String> all) {
        if (secret.length < SHORTEST_IN_BASE64) {
            return;
        }
        for (int before = 0; before < GROUP; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            // The first and the last character may hold bits of a neighbour.
            int from = (before * Byte.SIZE + BITS_OF_A_CHARACTER - 1) / BITS_OF_A_CHARACTER;
            int to = shifted.length * Byte.SIZE / BITS_OF_A_CHARACTER;
            for (Base64.Encoder each : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
                all.add(each.withoutPadding().encodeToString(shifted).substring(from, to));
            }
        }
    }
}
