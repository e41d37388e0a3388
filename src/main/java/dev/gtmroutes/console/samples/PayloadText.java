// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

import dev.gtmroutes.console.web.TruncatedText;
import dev.gtmroutes.delivery.sample.SampleRequest;

/**
 * A request as texts that a person can edit: what the editor shows, and what edits are compared with.
 *
 * @param base    the part of the URL that stays: the vendor's base URL, or the scheme and host where the request goes
 *                elsewhere
 * @param url     the rest of the URL; it begins with '/' or is empty
 * @param headers one in a line, without those that the vendor API sets
 * @param body    with line breaks; null if it is too long to edit, or no text
 */
public record PayloadText(String base, String url, String headers, String body) {

    static PayloadText of(SampleRequest request) {
        String base = base(request);
        StringJoiner headers = new StringJoiner("\n");
        for (Map.Entry<String, String> each : request.headers().entrySet()) {
            if (!request.way().added().contains(each.getKey().toLowerCase(Locale.ROOT))) {
                headers.add(each.getKey() + ": " + each.getValue());
            }
        }
        return new PayloadText(base, request.url().substring(base.length()), headers.toString(), body(request));
    }

    private static String base(SampleRequest request) {
        String base = request.way().baseUrl();
        if (!base.isEmpty() && (request.url().equals(base) || request.url().startsWith(base + "/"))) {
            return base;
        }
        URI url = URI.create(request.url());
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    private static String body(SampleRequest request) {
        String text = new String(request.body(), StandardCharsets.UTF_8);
        TruncatedText pretty = TruncatedText.json(text);
        boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), request.body()) && text.indexOf('\0') < 0;
        return isText && !pretty.isCut() ? lines(pretty.text()) : null;
    }

    /** As a browser hands it over: each line ends with a line feed. */
    static String lines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n');
    }
}
