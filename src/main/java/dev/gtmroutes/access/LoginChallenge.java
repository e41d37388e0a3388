// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Set;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;

/**
 * Sends browsers without a log-in to the log-in page, where a person chooses how to log in. Without it, OpenID Connect
 * would send each of them to its provider.
 */
@ApplicationScoped
public class LoginChallenge implements HttpAuthenticationMechanism {

    private final Instance<HttpAuthenticationMechanism> mechanisms;

    LoginChallenge(Instance<HttpAuthenticationMechanism> mechanisms) {
        this.mechanisms = mechanisms;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext http, IdentityProviderManager identities) {
        return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext http) {
        return http.normalizedPath().equals(SingleSignOn.PATH) ? Uni.createFrom().nullItem()
                : mechanisms.stream().filter(FormAuthenticationMechanism.class::isInstance).findFirst().orElseThrow()
                        .getChallenge(http);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    /** Before OpenID Connect. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 100;
    }
}
