// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import java.net.URI;

import dev.gtmroutes.access.Sessions;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The log-in form, which Quarkus takes the answer of, and the way out. */
@Singleton
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance login(boolean failed);
    }

    private final SecurityIdentity person;
    private final Sessions sessions;

    LoginPages(SecurityIdentity person, Sessions sessions) {
        this.person = person;
        this.sessions = sessions;
    }

    @GET
    @Path("login")
    public TemplateInstance login(@QueryParam("failed") boolean failed) {
        return Templates.login(failed);
    }

    @POST
    @Path("logout")
    public Response logout() {
        if (!person.isAnonymous()) {
            sessions.end(person.getPrincipal().getName());
            FormAuthenticationMechanism.logout(person);
        }
        return Response.seeOther(URI.create("/login")).build();
    }
}
