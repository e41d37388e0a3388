// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.util.function.Function;
import java.util.function.Supplier;

import dev.gtmroutes.credential.token.TokenSource;

/**
 * Where the tokens of a credential come from at the moment. What a person stores counts from the next request on; tokens
 * that were fetched with what was stored before are dropped then. Requests in flight keep the token that they carry. Safe
 * for use by many threads.
 */
final class CurrentTokens {

    private final StoredCredentials stored;
    private final Supplier<CredentialSettings> settings;
    private final Function<CredentialSettings, TokenSource> source;
    private volatile InUse inUse;

    /**
     * What is in use.
     *
     * @param settings null while nothing is given
     * @param revision of the stored credentials that were looked at
     */
    private record InUse(CredentialSettings settings, TokenSource tokens, long revision) {

        /** Settings and files take part in the whole life of the program; only what is stored changes. */
        boolean maySee(long revision) {
            return this.revision == revision || settings != null && !settings.isStored();
        }
    }

    /**
     * @param  settings as they are now
     * @param  source   of tokens, made of them
     * @throws IllegalArgumentException if there is no credential, or it makes no sense
     */
    CurrentTokens(StoredCredentials stored, Supplier<CredentialSettings> settings,
            Function<CredentialSettings, TokenSource> source) {
        this.stored = stored;
        this.settings = settings;
        this.source = source;
        this.inUse = find(null);
    }

    /** Those of now. */
    TokenSource now() {
        InUse now = inUse;
        return now.maySee(stored.revision()) ? now.tokens : renewed();
    }

    private synchronized TokenSource renewed() {
        long revision = stored.revision();
        if (!inUse.maySee(revision)) {
            try {
                inUse = find(inUse);
            } catch (IllegalArgumentException e) {
                inUse = new InUse(null, TokenSource.missing(e.getMessage()), revision);
            }
        }
        return inUse.tokens;
    }

    private InUse find(InUse before) {
        long revision = stored.revision();
        CredentialSettings now = settings.get();
        if (now.isEmpty() && stored.problem() != null) {
            return new InUse(null, TokenSource.missing(stored.problem()), revision);
        }
        boolean same = before != null && before.settings != null && before.settings.isLike(now);
        return new InUse(now, same ? before.tokens : source.apply(now), revision);
    }
}
