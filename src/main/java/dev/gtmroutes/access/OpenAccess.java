// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Without a password, everybody is an operator; {@link NetworkCheck} sees to it that only this machine gets here then. */
@ApplicationScoped
public class OpenAccess implements SecurityIdentityAugmentor {

    private final Passwords passwords;

    OpenAccess(Passwords passwords) {
        this.passwords = passwords;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        boolean open = identity.isAnonymous() && passwords.areNone();
        return Uni.createFrom().item(open ? Role.OPERATOR.identity(Role.OPERATOR.toString(), "no password") : identity);
    }
}
