// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Instant;

/** A token in a file that may be replaced. */
public final class FileTokens implements TokenSource {

    private final RotatedSecret secret;
    private AccessToken current;

    public FileTokens(RotatedSecret secret) {
        this.secret = secret;
    }

    @Override
    public synchronized AccessToken token() {
        String token = secret.get();
        if (current == null || !current.value().equals(token)) {
            current = new AccessToken(token, Instant.now(), null);
        }
        return current;
    }

    @Override
    public synchronized AccessToken insteadOf(AccessToken refused) {
        secret.forget();
        AccessToken other = token();
        return other.value().equals(refused.value()) ? null : other;
    }
}
