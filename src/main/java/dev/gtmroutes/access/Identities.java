package dev.gtmroutes.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Makes who somebody is of a role. */
final class Identities {

    private Identities() {
    }

    static SecurityIdentity of(Role role) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(role.toString())).addRoles(role.names())
                .build();
    }
}
