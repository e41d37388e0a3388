package dev.gtmroutes.access;

import java.util.Optional;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Somebody gives the name of a role and its password, in the log-in form or as HTTP basic authentication. */
@ApplicationScoped
public class PasswordLogin implements IdentityProvider<UsernamePasswordAuthenticationRequest> {

    private final Passwords passwords;
    private final Attempts attempts;

    PasswordLogin(Passwords passwords, Attempts attempts) {
        this.passwords = passwords;
        this.attempts = attempts;
    }

    @Override
    public Class<UsernamePasswordAuthenticationRequest> getRequestType() {
        return UsernamePasswordAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(UsernamePasswordAuthenticationRequest request,
            AuthenticationRequestContext context) {
        RoutingContext http = HttpSecurityUtils.getRoutingContextAttribute(request);
        String address = http == null ? "" : http.request().remoteAddress().hostAddress();
        Optional<Role> role = Role.of(request.getUsername())
                .filter(each -> passwords.match(each, request.getPassword().getPassword()));
        if (role.isEmpty()) {
            attempts.failed(address);
            return Uni.createFrom().failure(new AuthenticationFailedException("wrong name or password"));
        }
        attempts.succeeded(address);
        return Uni.createFrom().item(Identities.of(role.get()));
    }
}
