// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * One vendor API, as its data file describes it; {@code sandbox/README.md} in the resources says how.
 *
 * @param name         the first segment of its paths here
 * @param title        its name for people
 * @param under        what its paths here start with, before the base path; by default its name
 * @param basePath     what every path of it starts with, below that
 * @param maxBodyBytes a longer body is refused
 * @param credential   what it wants to see
 * @param oauth        where it issues tokens; null = it issues none here
 * @param tokensOf     the vendor whose tokens it takes; null = its own
 * @param rateLimit    what it admits when it is told to limit rates; null = none of its own
 * @param errors       bodies of refusals by status; {@code default} is for the others
 * @param answer       the answer of every endpoint that has none of its own
 * @param endpoints    what it takes
 * @param settings     settings of the program that send its requests here: values with {@code {baseUrl}}, {@code {key}},
 *                     {@code {tokenUrl}}, {@code {clientId}} and {@code {clientSecret}} in them
 */
public record Vendor(String name, String title, String under, String basePath, int maxBodyBytes, Credential credential,
        OAuth oauth, String tokensOf, RateLimit rateLimit, Map<String, BodyPattern> errors,
        Endpoint.GoodAnswer answer, List<Endpoint> endpoints, Map<String, String> settings) {

    public Vendor {
        if (name == null || basePath == null || credential == null || answer == null || endpoints == null) {
            throw new IllegalArgumentException(
                    "a vendor requires name, basePath, credential, answer and endpoints: " + name);
        }
        if (errors == null || !errors.containsKey("default")) {
            throw new IllegalArgumentException("vendor " + name + " requires errors.default");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("vendor " + name + " requires maxBodyBytes");
        }
        under = under == null ? name : under;
        tokensOf = tokensOf == null ? name : tokensOf;
        rateLimit = rateLimit == null ? RateLimit.NONE : rateLimit;
        settings = settings == null ? Map.of() : settings;
    }

    /** Where its paths start on this server. */
    public String root() {
        return "/" + under + basePath;
    }

    /** Where it issues tokens on this server. */
    public String tokenPath() {
        return "/" + under + oauth.path();
    }

    /** {@link #settings} with their values. @param address of this server, without a path */
    public Map<String, String> settingsAt(String address) {
        Map<String, String> all = new TreeMap<>();
        settings.forEach((name, value) -> all.put(name, value.replace("{baseUrl}", address + root())
                .replace("{key}", credential.key()).replace("{tokenUrl}", oauth == null ? "" : address + tokenPath())
                .replace("{clientId}", oauth == null ? "" : oauth.clientId())
                .replace("{clientSecret}", oauth == null ? "" : oauth.clientSecret())));
        return all;
    }

    public Endpoint.GoodAnswer answerOf(Endpoint endpoint) {
        return endpoint.answer() == null ? answer : endpoint.answer();
    }

    public BodyPattern errorBody(int status) {
        BodyPattern own = errors.get(Integer.toString(status));
        return own == null ? errors.get("default") : own;
    }

    /**
     * The credential of a vendor.
     *
     * @param sentAs the headers it may come in, any of them
     * @param key    the key that is accepted
     * @param status the answer to any other
     * @param body   the body of that answer
     */
    public record Credential(@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Place> sentAs,
            String key, int status, BodyPattern body) {

        public Credential {
            if (sentAs == null || sentAs.isEmpty() || key == null || status == 0 || body == null) {
                throw new IllegalArgumentException("a credential requires sentAs, key, status and body");
            }
        }

        /** The first of its headers. */
        public String header() {
            return sentAs.get(0).header();
        }
    }

    /** A header, and what stands before the key in it, such as {@code "Bearer "}. */
    public record Place(String header, String prefix) {

        public Place {
            if (header == null) {
                throw new IllegalArgumentException("sentAs of a credential requires a header");
            }
            prefix = prefix == null ? "" : prefix;
        }
    }

    /**
     * How many requests a vendor admits, and what it says about that.
     *
     * @param points          the most points in any window; 0 = it has no limit of its own
     * @param seconds         how long a window is
     * @param costHeader      the header with the points of a request; null = none
     * @param remainingHeader the header with the points that are left; null = none
     * @param retryAfter      whether a 429 says when to come again
     * @param atATime         the most requests at a time; 0 = any number
     */
    public record RateLimit(int points, int seconds, String costHeader, String remainingHeader, boolean retryAfter,
            int atATime) {

        static final RateLimit NONE = new RateLimit(0, 0, null, null, true, 0);
    }

    /**
     * Where a vendor issues tokens by OAuth2, and to whom.
     *
     * @param path         below the vendor's name, beside the base path
     * @param clientId     the only client's
     * @param clientSecret the only client's
     * @param refreshToken the first that works; null = it issues access tokens only
     * @param expiresIn    how many seconds an access token works
     */
    public record OAuth(PathTemplate path, String clientId, String clientSecret, String refreshToken, int expiresIn) {

        public OAuth {
            if (path == null || clientId == null || clientSecret == null || expiresIn < 1) {
                throw new IllegalArgumentException(
                        "oauth requires path, clientId, clientSecret and expiresIn");
            }
        }

        public boolean isClient(String id, String secret) {
            return clientId.equals(id) && clientSecret.equals(secret);
        }
    }
}
