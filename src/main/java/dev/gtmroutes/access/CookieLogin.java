// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Somebody comes again with the encrypted cookie that a log-in left. */
@ApplicationScoped
public class CookieLogin implements IdentityProvider<TrustedAuthenticationRequest> {

    private final Sessions sessions;

    CookieLogin(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Class<TrustedAuthenticationRequest> getRequestType() {
        return TrustedAuthenticationRequest.class;
    }

    /** Whose session has ended is nobody, and sent to the log-in; a failure would keep him from that page as well. */
    @Override
    public Uni<SecurityIdentity> authenticate(TrustedAuthenticationRequest request,
            AuthenticationRequestContext context) {
        String name = request.getPrincipal();
        return Uni.createFrom().item(sessions.role(name).map(each -> each.identity(name, each.toString())).orElseGet(
                () -> QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("")).setAnonymous(true).build()));
    }
}
