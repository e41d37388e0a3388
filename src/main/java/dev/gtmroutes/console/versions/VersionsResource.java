// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.lint.trust.MaskedYaml;
import dev.gtmroutes.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/flows/{flow}/versions}: earlier versions of the file of a flow. */
@Singleton
@Blocking
@Path("/api/flows/{flow}/versions")
@Tag(name = "Flows")
public class VersionsResource {

    /**
     * A version.
     *
     * @param saved   when; null if nobody knows
     * @param account who saved it; empty for an editor on the disk
     * @param kind    {@code created}, {@code edited}, {@code restored}, {@code file-change} or {@code found}
     * @param inUse   whether the file has this text
     * @param changes what it changed, in words
     */
    @Schema(name = "Version")
    public record VersionJson(int number, Instant saved, String account, String kind, boolean inUse,
            List<String> changes) {

        static VersionJson of(VersionRow row) {
            StoredVersion version = row.version();
            return new VersionJson(version.number(), version.saved(), version.account(),
                    version.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), row.isInUse(), row.changes());
        }
    }

    private final Audit audit;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final SecurityIdentity person;

    VersionsResource(Audit audit, FlowFiles files, FlowEditor editor, SecurityIdentity person) {
        this.audit = audit;
        this.files = files;
        this.editor = editor;
        this.person = person;
    }

    /** @return the versions, the newest first; otherwise a problem: 404 for a flow of which nothing is known */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Lists the last 20 versions of a flow, newest first; also of a flow that was deleted in the last "
            + "30 days")
    public List<VersionJson> all(@PathParam("flow") String flow) throws RefusedEdit {
        Optional<StoredFlow> stored = files.find(flow);
        List<StoredVersion> versions = files.versions(flow);
        if (stored.isEmpty() && versions.isEmpty()) {
            throw unknown();
        }
        return VersionRow.of(versions, stored.map(StoredFlow::text).orElse(null), files, !mayChange()).stream()
                .map(VersionJson::of).toList();
    }

    /** @return the text of a version; a viewer does not see the values of passwords. Otherwise a problem: 404 */
    @GET
    @Path("{number}")
    @Produces("text/yaml")
    @Operation(summary = "Returns the text of a version; for a viewer, passwords are masked")
    public Response one(@PathParam("flow") String flow, @PathParam("number") int number) throws RefusedEdit {
        String text = files.versions(flow).stream().filter(each -> each.number() == number && each.isKept()).findFirst()
                .orElseThrow(VersionsResource::unknown).text();
        return Response.ok(mayChange() ? text : MaskedYaml.of(text, files.kamelets()), "text/yaml;charset=UTF-8").build();
    }

    /**
     * Makes a version the file of the flow again. A flow that was deleted comes back, not activated.
     *
     * @return 204; otherwise a problem: 404, 412 for a file that is another one by now, 422 for mistakes
     */
    @POST
    @Path("{number}/restore")
    @Operation(summary = "Restores a version of a flow; a deleted flow comes back and is not activated. With If-Match, only "
            + "if the file still has this version")
    public Response restore(@PathParam("flow") String flow, @PathParam("number") int number,
            @HeaderParam("If-Match") String version) {
        try {
            editor.restore(flow, number, Optional.ofNullable(version).filter(each -> !each.equals("*"))
                    .map(each -> EntityTag.valueOf(each).getValue()).orElse(null));
            audit.write(AuditAction.RESTORED, flow);
            return Response.noContent().build();
        } catch (RefusedEdit e) {
            return Problem.of(e);
        }
    }

    private boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    private static NotFoundException unknown() {
        return new NotFoundException("The flow has no version with this name.");
    }
}
