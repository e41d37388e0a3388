// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.credential.ApiUrl;
import dev.gtmroutes.delivery.RequestHeaders;
import dev.gtmroutes.delivery.sample.SampleRequest;

/**
 * A request as a person has edited it for one test. A field that is as it was shown sends what it stands for, also where a
 * secret is hidden in it; every other one is sent as it is. The host stays, and the vendor API adds the credential.
 *
 * @param method  the HTTP method
 * @param url     the part of the URL below the base URL
 * @param headers one in a line
 * @param body    null if it could not be edited
 */
record EditedRequest(String method, String url, String headers, String body) {

    /** The methods that can be chosen. */
    static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE", "GET");

    private static final int MOST_URL = 8 * 1024;
    private static final int MOST_HEADERS = 16 * 1024;
    private static final int MOST_BODY = 256 * 1024;
    private static final String HIDDEN = "***";
    /** Those that carry credentials, whatever the vendor. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "proxy-authorization", "cookie");

    /** Whether it goes to another endpoint than the one whose effect is known, and may change something there. */
    boolean isElsewhere(SampleRequest shown) {
        boolean isSame = method.equals(shown.method()) && url.equals(PayloadText.of(shown).url());
        return !isSame && !method.equals("GET");
    }

    /**
     * @param real  the request that would be sent
     * @param shown the same as a person has seen it
     * @return      the request to send; with what was shown in the place of the real one, the request to show
     * @throws RefusedSample if it cannot be sent; the message says which field is to blame
     */
    SampleRequest of(SampleRequest real, SampleRequest shown) throws RefusedSample {
        PayloadText before = PayloadText.of(shown);
        if (!METHODS.contains(method) && !method.equals(shown.method())) {
            throw refused("Method: choose one of " + String.join(", ", METHODS));
        }
        byte[] bytes = body(real, shown, before);
        if (method.equals("GET") && bytes.length > 0) {
            throw refused("Body: a GET request has no body. Remove the body, or choose another method");
        }
        return new SampleRequest(method, url(real, shown, before), headers(real, shown), bytes, real.way());
    }

    private String url(SampleRequest real, SampleRequest shown, PayloadText before) throws RefusedSample {
        if (url.equals(before.url())) {
            return real.url();
        }
        String base = before.base();
        if (!base.equals(PayloadText.of(real).base())) {
            throw refused("URL: the host of this request is hidden, so its URL cannot be edited");
        }
        checkHidden("URL", url, !real.url().equals(shown.url()));
        String path = url.split("\\?", 2)[0];
        if (!url.startsWith("/")) {
            throw refused("URL: begin it with /. Tests are sent only below " + base);
        }
        if (url.startsWith("//") || url.length() > MOST_URL) {
            throw refused(url.length() > MOST_URL ? "URL: it is longer than " + MOST_URL + " characters"
                    : "URL: it must not begin with //. Tests are sent only below " + base);
        }
        if (path.contains("@") || path.contains("\\")) {
            throw refused("URL: its path must not contain @ or \\. Write @ as %40");
        }
        try {
            URI absolute = ApiUrl.absolute(base + url);
            if (!absolute.getRawAuthority().equals(URI.create(base).getRawAuthority())) {
                throw refused("URL: tests are sent only below " + base);
            }
            return absolute.toString();
        } catch (IllegalArgumentException e) {
            throw refused("URL: " + e.getMessage().replaceFirst("^URL .*? is refused: ", ""));
        }
    }

    private Map<String, String> headers(SampleRequest real, SampleRequest shown) throws RefusedSample {
        if (headers.length() > MOST_HEADERS) {
            throw refused("Headers: they are longer than " + MOST_HEADERS + " characters");
        }
        boolean hides = !real.headers().equals(shown.headers());
        Map<String, String> edited = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : headers.split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw refused("Headers: write each header as name: value, in a line of its own");
            }
            String name = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            check(name, value, real);
            boolean isSame = value.equals(String.valueOf(shown.headers().get(name)).strip());
            if (!isSame) {
                checkHidden("Headers", value, hides);
            }
            if (edited.put(name, isSame ? real.headers().getOrDefault(name, value) : value) != null) {
                throw refused("Headers: " + name + " is there twice");
            }
        }
        // The route of the vendor API puts the credential in the place of its mask.
        real.headers().forEach((name, value) -> {
            if (real.way().added().contains(name.toLowerCase(Locale.ROOT))) {
                edited.put(name, value);
            }
        });
        return edited;
    }

    private static void check(String name, String value, SampleRequest real) throws RefusedSample {
        String lower = name.toLowerCase(Locale.ROOT);
        if (real.way().added().contains(lower) || CREDENTIALS.contains(lower)) {
            throw refused("Headers: " + name + " cannot be edited, because the credential is added to the request");
        }
        String problem = RequestHeaders.problem(name, value);
        if (!problem.isEmpty()) {
            throw refused("Headers: " + problem);
        }
    }

    private byte[] body(SampleRequest real, SampleRequest shown, PayloadText before) throws RefusedSample {
        String text = body == null ? null : PayloadText.lines(body);
        if (text == null || text.equals(before.body())) {
            return real.body();
        }
        if (before.body() == null) {
            throw refused("Body: it is too long to edit, or not text. Undo the edits to send it as it is");
        }
        checkHidden("Body", text, !Arrays.equals(real.body(), shown.body()));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BODY) {
            throw refused("Body: it is longer than " + MOST_BODY / 1024 + " KB");
        }
        return bytes;
    }

    /** What is hidden is only sent as part of a field that nobody has edited. */
    private static void checkHidden(String field, String text, boolean hides) throws RefusedSample {
        if (hides && text.contains(HIDDEN)) {
            throw refused(
                    field + ": a hidden value is shown as " + HIDDEN + ". Replace it, or undo your edits of this field");
        }
    }

    private static RefusedSample refused(String message) {
        return new RefusedSample("", message);
    }
}
