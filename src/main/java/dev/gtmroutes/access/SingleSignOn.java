// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Log-ins with OpenID Connect: gives each person the role of their group. The roles that Quarkus finds in a token count
 * for nothing: they are the names of groups, and a provider may have a group with the name of a role.
 */
@ApplicationScoped
public class SingleSignOn implements SecurityIdentityAugmentor {

    /** The address that sends a browser to the provider, and that the provider sends it back to. */
    public static final String PATH = "/login/single-sign-on";

    private final boolean isOn;
    private final List<String> operators;
    private final List<String> viewers;

    SingleSignOn(@ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean isOn,
            @ConfigProperty(name = "gtm.console.operator-groups") Optional<List<String>> operators,
            @ConfigProperty(name = "gtm.console.viewer-groups") Optional<List<String>> viewers) {
        this.isOn = isOn;
        this.operators = operators.orElse(List.of());
        this.viewers = viewers.orElse(List.of());
    }

    /** Whether people can log in with it. */
    public boolean isOn() {
        return isOn;
    }

    /** Whether a person has logged in with it. */
    public static boolean isUsedBy(SecurityIdentity person) {
        return person.getPrincipal() instanceof JsonWebToken;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return Uni.createFrom().item(isUsedBy(identity) ? withRole(identity) : identity);
    }

    private SecurityIdentity withRole(SecurityIdentity person) {
        QuarkusSecurityIdentity.Builder builder = QuarkusSecurityIdentity.builder().setPrincipal(person.getPrincipal())
                .addCredentials(person.getCredentials()).addAttributes(person.getAttributes())
                // So that no account of the provider looks like that of a password.
                .addAttribute(Audit.ACCOUNT, person.getPrincipal().getName() + " (single sign-on)");
        role(person.getRoles()).ifPresent(role -> builder.addRoles(role.names()));
        return builder.build();
    }

    private Optional<Role> role(Set<String> groups) {
        return !Collections.disjoint(groups, operators) ? Optional.of(Role.OPERATOR)
                : !Collections.disjoint(groups, viewers) ? Optional.of(Role.VIEWER) : Optional.empty();
    }
}
