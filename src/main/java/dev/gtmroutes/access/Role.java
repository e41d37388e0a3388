// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** What a person may do. The name of a role is also the name that its holder logs in with. */
public enum Role {

    /** Sees everything but changes nothing. */
    VIEWER,
    /** Sees and changes everything. */
    OPERATOR;

    /** As it is written, such as {@code operator}. */
    @Override
    public String toString() {
        return name().toLowerCase();
    }

    /** The names of this role and of those it includes. */
    Set<String> names() {
        return this == OPERATOR ? Set.of(OPERATOR.toString(), VIEWER.toString()) : Set.of(VIEWER.toString());
    }

    /**
     * Who has this role.
     *
     * @param name    what the cookie of a browser holds, or else the name of the role
     * @param account what the audit log calls it
     */
    SecurityIdentity identity(String name, String account) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(name)).addRoles(names())
                .addAttribute(Audit.ACCOUNT, account).build();
    }

    static Optional<Role> of(String name) {
        return Stream.of(values()).filter(each -> each.toString().equals(name)).findFirst();
    }
}
