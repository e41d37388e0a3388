// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Keeps a fetched token for all requests and fetches the next one in time. However many requests need a new token, it
 * is fetched once; all of them wait for what comes of it, be it a token or a failure.
 */
public final class FetchedTokens implements TokenSource {

    private final Grant grant;
    private final Clock clock;

    private AccessToken current;
    private CompletableFuture<AccessToken> fetching;
    /** Refused by the vendor, while the token endpoint has no other: asking again would change nothing. */
    private String hopeless;

    public FetchedTokens(Grant grant, Clock clock) {
        this.grant = grant;
        this.clock = clock;
    }

    @Override
    public AccessToken token() {
        return get(null);
    }

    @Override
    public AccessToken insteadOf(AccessToken refused) {
        AccessToken other = get(refused);
        return other.value().equals(refused.value()) ? null : other;
    }

    private AccessToken get(AccessToken refused) {
        CompletableFuture<AccessToken> promise;
        synchronized (this) {
            if (current != null && current.fresh(clock.instant()) && (refused == null
                    || !current.value().equals(refused.value()) || refused.value().equals(hopeless))) {
                return current;
            }
            if (fetching == null) {
                fetching = new CompletableFuture<>();
                start(fetching, refused);
            }
            promise = fetching;
        }
        return await(promise);
    }

    /** On a thread of its own: stopping a flow interrupts its requests, which would lose a token on its way. */
    private synchronized void start(CompletableFuture<AccessToken> promise, AccessToken refused) {
        try {
            Thread thread = new Thread(() -> fetch(promise, refused), "gtm-token");
            thread.setDaemon(true);
            thread.start();
        } catch (Throwable e) {
            // Without the thread, all later requests would wait for a token for ever.
            fetching = null;
            promise.completeExceptionally(e);
        }
    }

    private void fetch(CompletableFuture<AccessToken> promise, AccessToken refused) {
        AccessToken token = null;
        Throwable failure = null;
        try {
            token = grant.obtain(refused);
        } catch (RuntimeException | Error e) {
            failure = e;
        }
        synchronized (this) {
            fetching = null;
            if (token != null) {
                current = token;
                hopeless = refused != null && refused.value().equals(token.value()) ? token.value() : null;
            }
        }
        if (failure == null) {
            promise.complete(token);
        } else {
            promise.completeExceptionally(failure);
        }
    }

    private static AccessToken await(CompletableFuture<AccessToken> promise) {
        try {
            return promise.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoTokenException("interrupted while fetching a token", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NoTokenException failure ? failure.again()
                    : new NoTokenException(e.getCause().getMessage(), e.getCause());
        }
    }
}
