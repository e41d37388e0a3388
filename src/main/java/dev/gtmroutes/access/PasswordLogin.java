// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import dev.gtmroutes.access.ClientAddress.Client;
import dev.gtmroutes.access.LoginThrottle.Attempt;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The name of a role and its password, from the log-in form or as HTTP basic authentication. Whatever path and header
 * they come by, Quarkus asks here.
 */
@ApplicationScoped
public class PasswordLogin implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final Passwords passwords;
    private final LoginThrottle attempts;
    private final ClientAddress clients;
    private final Sessions sessions;
    private final Audit audit;
    private final ProgramLogIns programs = new ProgramLogIns(Clock.systemUTC());

    PasswordLogin(Passwords passwords, LoginThrottle attempts, ClientAddress clients, Sessions sessions, Audit audit) {
        this.passwords = passwords;
        this.attempts = attempts;
        this.clients = clients;
        this.sessions = sessions;
        this.audit = audit;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request,
            AuthenticationRequestContext context) {
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        Optional<Role> role = Role.of(request.getUsername());
        if (!attempt(role, request.getPassword().getPassword(), http.request()).isRight()) {
            return Uni.createFrom().failure(new AuthenticationFailedException("wrong name or password"));
        }
        Client client = clients.of(http.request());
        String account = role.get().toString();
        if (!isForm(http)) {
            SecurityIdentity identity = role.get().identity(account, account);
            return programs.isFirst(client, role.get()) ? noted(identity, account, client, context)
                    : Uni.createFrom().item(identity);
        }
        byte[] password = Passwords.digest(new String(request.getPassword().getPassword()));
        return noted(role.get().identity(sessions.begin(role.get(), password), account), account, client, context);
    }

    private Uni<SecurityIdentity> noted(SecurityIdentity identity, String account, Client client,
            AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            audit.loggedIn(account, client);
            return identity;
        });
    }

    /** Compares a password with the password of a role. A name that is no role's is wrong. */
    Attempt attempt(Optional<Role> role, char[] password, HttpServerRequest from) {
        Client client = clients.of(from);
        Attempt attempt = role.map(each -> attempts.attempt(client, each, () -> passwords.match(each, password)))
                .orElse(new Attempt(false, Duration.ZERO));
        if (!attempt.isRight() && attempt.delay().isZero()) {
            // Not the name that was given: it may be a password in the wrong field.
            audit.failed(role.map(Role::toString).orElse("unknown"), client);
        }
        return attempt;
    }

    /** By the mechanism that read the password. Quarkus takes each path that ends in {@code /login} for the form's. */
    private static boolean isForm(RoutingContext http) {
        return http.get(HttpAuthenticationMechanism.class.getName()) instanceof FormAuthenticationMechanism;
    }
}
