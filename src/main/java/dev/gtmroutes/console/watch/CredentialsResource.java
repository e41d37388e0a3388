// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.credential.TestedConnection;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/credentials}: which there are, and whether they work. */
@Singleton
@Blocking
@Path("/api/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credentials")
public class CredentialsResource {

    private final Audit audit;
    private final CredentialList credentials;

    CredentialsResource(Audit audit, CredentialList credentials) {
        this.audit = audit;
        this.credentials = credentials;
    }

    /** @return all that flows name or settings give, without any value */
    @GET
    @Operation(summary = "Lists credentials, which of their settings are set (without values), and the flows that use them")
    public List<CredentialJson> all() {
        return credentials.all();
    }

    /** @return whether it works; otherwise a problem: 404 for an unknown one, 409 while it is being tried */
    @POST
    @Path("{vendor}/{name}/test")
    @Operation(summary = "Tests a credential with a small read at its vendor; takes at most one minute")
    public TestedConnection test(@PathParam("vendor") String vendor, @PathParam("name") String name)
            throws InterruptedException {
        TestedConnection result = credentials.test(vendor, name);
        audit.write(AuditAction.TESTED, vendor + "/" + name);
        return result;
    }
}
