// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.ClientAddress;
import dev.gtmroutes.access.LoginThrottle;
import dev.gtmroutes.access.Passwords;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.access.Sessions;
import dev.gtmroutes.access.SingleSignOn;
import dev.gtmroutes.audit.AuditAction;
import io.quarkus.oidc.OidcSession;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The log-in form, which Quarkus takes the answer of, and the way out. */
@Singleton
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance login(boolean failed, long wait, boolean hasForm, boolean hasSingleSignOn);
    }

    private final Audit audit;
    private final SecurityIdentity person;
    private final Sessions sessions;
    private final LoginThrottle attempts;
    private final ClientAddress clients;
    private final Passwords passwords;
    private final SingleSignOn singleSignOn;
    private final OidcSession providers;

    LoginPages(Audit audit, SecurityIdentity person, Sessions sessions, LoginThrottle attempts, ClientAddress clients,
            Passwords passwords, SingleSignOn singleSignOn, OidcSession providers) {
        this.audit = audit;
        this.person = person;
        this.sessions = sessions;
        this.attempts = attempts;
        this.clients = clients;
        this.passwords = passwords;
        this.singleSignOn = singleSignOn;
        this.providers = providers;
    }

    @GET
    @Path("login")
    public TemplateInstance login(@QueryParam("failed") boolean failed, @Context HttpServerRequest request) {
        long wait = Stream.of(Role.values()).map(each -> attempts.delay(clients.of(request), each))
                .mapToLong(Duration::toSeconds).max().orElse(0);
        return Templates.login(failed, wait == 0 ? 0 : wait + 1, passwords.areSome(), singleSignOn.isOn());
    }

    /** A person comes back from the provider. */
    @GET
    @Path(SingleSignOn.PATH)
    public Response singleSignOn() {
        if (person.getRoles().isEmpty()) {
            throw new ForbiddenException("Your account has no access. Ask for a group in gtm.console.operator-groups or "
                    + "gtm.console.viewer-groups.");
        }
        if (SingleSignOn.isUsedBy(person)) {
            audit.write(AuditAction.LOGGED_IN, "");
        }
        return Response.seeOther(URI.create("/")).build();
    }

    @POST
    @Path("logout")
    public Response logout() {
        if (!person.isAnonymous()) {
            audit.write(AuditAction.LOGGED_OUT, "");
            if (SingleSignOn.isUsedBy(person)) {
                providers.logout().await().indefinitely();
            } else {
                sessions.end(person.getPrincipal().getName());
                FormAuthenticationMechanism.logout(person);
            }
        }
        return Response.seeOther(URI.create("/login")).build();
    }
}
