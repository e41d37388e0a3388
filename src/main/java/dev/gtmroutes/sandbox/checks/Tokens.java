// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import dev.gtmroutes.sandbox.catalogue.Vendor;

/** The access and refresh tokens of one vendor that work at present. A refresh token works once. */
public final class Tokens {

    // By access token: when it expires, in the time of System.nanoTime().
    private final Map<String, Long> access = new HashMap<>();
    private final Set<String> refresh = new HashSet<>();
    private final boolean refreshes;
    private int expiresIn;
    private long requests;

    Tokens(Vendor.OAuth oauth) {
        refreshes = oauth.refreshToken() != null;
        if (refreshes) {
            refresh.add(oauth.refreshToken());
        }
        expiresIn = oauth.expiresIn();
    }

    /** New tokens. */
    synchronized Issued issue() {
        access.values().removeIf(expiry -> expiry - System.nanoTime() <= 0);
        Issued issued = new Issued("sandbox-access-" + UUID.randomUUID(), expiresIn,
                refreshes ? "sandbox-refresh-" + UUID.randomUUID() : null);
        access.put(issued.accessToken, System.nanoTime() + Duration.ofSeconds(expiresIn).toNanos());
        if (refreshes) {
            refresh.add(issued.refreshToken);
        }
        return issued;
    }

    /** New tokens for a refresh token, which is used up by that; null = it does not work, or not any more. */
    synchronized Issued exchange(String refreshToken) {
        return refresh.remove(refreshToken) ? issue() : null;
    }

    synchronized boolean accepts(String accessToken) {
        Long expiry = access.get(accessToken);
        return expiry != null && expiry - System.nanoTime() > 0;
    }

    /** No access token works any more; the refresh tokens do. */
    public synchronized void revoke() {
        access.clear();
    }

    /** How many seconds the tokens issued from now on work. */
    public synchronized void expireIn(int seconds) {
        if (seconds < 0) {
            throw new IllegalArgumentException("a token cannot expire in " + seconds + " seconds");
        }
        expiresIn = seconds;
    }

    synchronized void countRequest() {
        requests++;
    }

    public synchronized long requests() {
        return requests;
    }

    /** Whether it issues refresh tokens too. */
    boolean refreshes() {
        return refreshes;
    }

    /** What one request got; without a refresh token where none are issued. */
    record Issued(String accessToken, int expiresIn, String refreshToken) {
    }
}
