// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.util.Optional;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Somebody gives the name of a role and its password, in the log-in form or as HTTP basic authentication. */
@ApplicationScoped
public class PasswordLogin implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final Passwords passwords;
    private final LoginThrottle attempts;
    private final Sessions sessions;

    PasswordLogin(Passwords passwords, LoginThrottle attempts, Sessions sessions) {
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request,
            AuthenticationRequestContext context) {
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        Optional<Role> role = role(request.getUsername(), request.getPassword().getPassword(), http.request());
        if (role.isEmpty()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("wrong name or password"));
        }
        return Uni.createFrom().item(Guard.isLoginForm(http.request())
                ? role.get().identity(sessions.begin(role.get())) : role.get().identity(role.get().toString()));
    }

    /** Whose name and password these are; empty for nobody's. Counts those that are wrong. */
    Optional<Role> role(String name, char[] password, HttpServerRequest from) {
        String address = from.remoteAddress().hostAddress();
        Optional<Role> role = Role.of(name).filter(each -> passwords.match(each, password));
        if (role.isEmpty()) {
            attempts.failed(address);
        } else {
            attempts.succeeded(address);
        }
        return role;
    }
}
