// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.net.URI;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.rename.FlowRenames;
import dev.gtmroutes.web.Problem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/flows/<flow>/rename}. */
@Singleton
@Blocking
@Path("/api/flows/{flow}/rename")
@Tag(name = "Flows")
public class FlowRenameResource {

    /** The new name of a flow. */
    @RegisterForReflection
    public record NewName(String id) {
    }

    private final Audit audit;
    private final FlowRenames renames;

    FlowRenameResource(Audit audit, FlowRenames renames) {
        this.audit = audit;
        this.renames = renames;
    }

    /**
     * Gives a paused flow another name.
     *
     * @return 204 with its address; otherwise a problem: 404, 409 if something is in the way, 422 for a name that no flow
     *         can have
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Renames a paused flow, with its inbox, dead letters, history, versions and progress")
    public Response rename(@PathParam("flow") String flow, NewName wanted) {
        String name = wanted == null || wanted.id() == null ? "" : wanted.id();
        try {
            renames.rename(flow, name);
            audit.write(AuditAction.RENAMED, name);
            return Response.noContent().location(URI.create("/api/flows/" + name)).build();
        } catch (RefusedEdit e) {
            return Problem.of(e);
        }
    }
}
