// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.FlowLines;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.trust.MaskedYaml;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The tab "Versions" of a flow. */
@Singleton
@Blocking
@Path("/flows/{flow}/versions")
@Produces(MediaType.TEXT_HTML)
public class VersionPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance versions(VersionsPage page);
    }

    private final Audit audit;
    private final FlowStatuses statuses;
    private final FlowLines lines;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final SecurityIdentity person;

    VersionPages(Audit audit, FlowStatuses statuses, FlowLines lines, FlowFiles files, FlowEditor editor,
            SecurityIdentity person) {
        this.lines = lines;
        this.audit = audit;
        this.statuses = statuses;
        this.files = files;
        this.editor = editor;
        this.person = person;
    }

    /** All versions. @param compare number of the one that is compared with the file; 0 for none */
    @GET
    public TemplateInstance versions(@PathParam("flow") String flow, @QueryParam("compare") @DefaultValue("0") int compare,
            @QueryParam("restored") boolean restored) throws RefusedEdit, IOException {
        return page(flow, compare, restored, List.of());
    }

    /**
     * Makes a version the file of the flow again.
     *
     * @param version of the file that the page shows
     * @param from    {@code edit} for the form of the flow
     */
    @POST
    @Path("{number}/restore")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response restore(@PathParam("flow") String flow, @PathParam("number") int number,
            @FormParam("version") String version, @FormParam("from") String from) throws RefusedEdit, IOException {
        try {
            editor.restore(flow, number, version);
            audit.write(AuditAction.RESTORED, flow);
            return Response.seeOther(URI.create("/flows/" + flow
                    + ("edit".equals(from) ? "/edit?restored=true" : "/versions?restored=true"))).build();
        } catch (RefusedEdit e) {
            if (files.find(flow).isEmpty()) {
                throw e;
            }
            return Response.status(e.kind().status()).entity(page(flow, 0, false,
                    e.findings().stream().map(FieldFinding::message).toList())).build();
        }
    }

    private TemplateInstance page(String flow, int compare, boolean restored, List<String> errors)
            throws RefusedEdit, IOException {
        statuses.of(flow).filter(each -> !each.tellsResponses()).orElseThrow(NotFoundException::new);
        FlowLine line = lines.of(flow, ZoneOffset.UTC).orElseThrow(NotFoundException::new);
        StoredFlow stored = files.find(flow).orElseThrow(NotFoundException::new);
        boolean mayChange = person.hasRole(Role.OPERATOR.toString());
        List<VersionRow> rows = VersionRow.of(files.versions(flow), stored.text(), files, !mayChange);
        VersionRow compared = rows.stream()
                .filter(each -> each.version().number() == compare && each.version().isKept()).findFirst().orElse(null);
        List<LineDiff.Line> differences = compared == null ? List.of()
                : LineDiff.of(MaskedYaml.of(compared.version().text(), files.kamelets()), stored.masked(files.kamelets()));
        return Templates.versions(new VersionsPage(line, stored.version(), rows, compared, differences, restored,
                mayChange && files.mayEdit(), errors));
    }
}
