package dev.gtmroutes.credential.token;

import java.time.Instant;

/** A token that a person put into the settings. Only a person can replace it. */
public final class FixedToken implements TokenSource {

    private final AccessToken token;

    public FixedToken(String token) {
        this.token = new AccessToken(token, Instant.now(), null);
    }

    @Override
    public AccessToken token() {
        return token;
    }

    @Override
    public AccessToken insteadOf(AccessToken refused) {
        return null;
    }
}
