package dev.gtmroutes.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** Makes who somebody is of a role. */
final class Identities {

    private Identities() {
    }

    static SecurityIdentity of(Role role) {
        return of(role, role.toString());
    }

    /** @param name what the cookie of a browser holds */
    static SecurityIdentity of(Role role, String name) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(role.names())
                .build();
    }

    static SecurityIdentity nobody() {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal("")).setAnonymous(true).build();
    }
}
