// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.net.URI;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The list of credentials, and the trial of each. */
@Singleton
@Blocking
@Path("/credentials")
@Produces(MediaType.TEXT_HTML)
public class CredentialPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(List<CredentialJson> credentials, boolean mayChange);
    }

    private final Audit audit;
    private final CredentialList credentials;
    private final SecurityIdentity person;

    CredentialPages(Audit audit, CredentialList credentials, SecurityIdentity person) {
        this.audit = audit;
        this.credentials = credentials;
        this.person = person;
    }

    @GET
    public TemplateInstance list() {
        return Templates.list(credentials.all(), person.hasRole(Role.OPERATOR.toString()));
    }

    @POST
    @Path("{vendor}/{name}/test")
    public Response test(@PathParam("vendor") String vendor, @PathParam("name") String name)
            throws InterruptedException {
        credentials.test(vendor, name);
        audit.write(AuditAction.TESTED, vendor + "/" + name);
        return Response.seeOther(URI.create("/credentials#" + vendor + "-" + name)).build();
    }
}
