// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.sample;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.disk.Sha256;

/**
 * A request as it would be sent.
 *
 * @param method  the HTTP method
 * @param url     the absolute URL
 * @param headers by name; the credential is shown as {@code ***}
 * @param body    the bytes of the body, empty if there is none
 * @param way     how it would get to its vendor; null for what is no HTTP request
 */
public record SampleRequest(String method, String url, Map<String, String> headers, byte[] body, Way way) {

    /** The request as it may be shown: a setting or a header may hold a secret. */
    public SampleRequest masked(Secrets secrets) {
        Map<String, String> shown = new TreeMap<>(headers);
        shown.replaceAll((name, value) -> secrets.mask(value));
        String text = new String(body, StandardCharsets.UTF_8);
        String clean = secrets.mask(text);
        return new SampleRequest(method, secrets.mask(url), shown,
                clean.equals(text) ? body : clean.getBytes(StandardCharsets.UTF_8), way);
    }

    /** A hash of the methods, URLs and bodies of requests: it tells whether they are still those that somebody has seen. */
    public static String digest(List<SampleRequest> requests) {
        MessageDigest digest = Sha256.begin();
        for (SampleRequest each : requests) {
            String line = each.method + " " + each.url + " " + each.body.length + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update(each.body);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * How a request gets to its vendor.
     *
     * @param endpoint         of the vendor API, which adds the credential
     * @param template         name of the template, which a rate budget may go by
     * @param sendCredentialTo hosts beside the base URL's own that may get the credential, comma-separated
     * @param baseUrl          of the vendor API; empty if the request goes to another scheme, host or port
     * @param onceOnly         whether it must not be carried out twice
     * @param added            names of the headers that the vendor API sets, in lower case: those of the credential
     * @param records          how many records are in it
     */
    public record Way(String endpoint, String template, String sendCredentialTo, String baseUrl, boolean onceOnly,
            Set<String> added, int records) {
    }
}
