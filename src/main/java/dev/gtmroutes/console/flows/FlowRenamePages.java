// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.net.URI;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.rename.FlowRenames;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Asks for another name of a flow. */
@Singleton
@Blocking
@Path("/flows/{flow}/rename")
@Produces(MediaType.TEXT_HTML)
public class FlowRenamePages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance rename(String flow, String id, boolean readsInbox, List<String> errors);
    }

    private final Audit audit;
    private final FlowFiles files;
    private final FlowRenames renames;
    private final FlowLines lines;

    FlowRenamePages(Audit audit, FlowFiles files, FlowRenames renames, FlowLines lines) {
        this.audit = audit;
        this.files = files;
        this.renames = renames;
        this.lines = lines;
    }

    @GET
    public TemplateInstance ask(@PathParam("flow") String flow) {
        return page(flow, flow, renames.obstacle(flow).map(List::of).orElse(List.of()));
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response rename(@PathParam("flow") String flow, @FormParam("id") String id) {
        String name = id == null ? "" : id.strip();
        try {
            renames.rename(flow, name);
            audit.write(AuditAction.RENAMED, name);
            lines.changed();
            return Response.seeOther(URI.create("/flows/" + name)).build();
        } catch (RefusedEdit e) {
            return Response.status(e.kind().status())
                    .entity(page(flow, name, e.findings().stream().map(FieldFinding::message).toList())).build();
        }
    }

    private TemplateInstance page(String flow, String id, List<String> errors) {
        StoredFlow stored = files.find(flow).orElseThrow(NotFoundException::new);
        return Templates.rename(flow, id, stored.text().contains("inbox-source"), errors);
    }
}
