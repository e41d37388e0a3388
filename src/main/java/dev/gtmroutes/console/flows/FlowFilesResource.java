// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.web.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * {@code /api/flows}: the files of flows, as JSON with what the form of the console shows, and as the YAML they are. A
 * change that names the version it was made from, in If-Match, is refused if the file is another one by then.
 */
@Singleton
@Blocking
@Path("/api/flows")
@Tag(name = "Flows")
public class FlowFilesResource {

    /** The media type of a file of flows. */
    static final String YAML = "text/yaml";
    private static final int MOST_CHARACTERS = 1_000_000;

    /** A flow as a form shows it. What a form does not show of the file stays as it is. */
    public record FlowDocument(String id, String description, String autoStartup, String source,
            Map<String, String> sourceParameters, String template, Map<String, String> templateParameters) {

        static FlowDocument of(FlowForm form) {
            return new FlowDocument(form.id(), form.description(), form.autoStartup(), form.source(),
                    form.sourceParameters(), form.template(), form.templateParameters());
        }

        FlowForm form(String flow, String usualStart) {
            return new FlowForm(flow, text(description), autoStartup == null ? usualStart : autoStartup, text(source),
                    map(sourceParameters), text(template), map(templateParameters));
        }

        private static String text(String given) {
            return given == null ? "" : given;
        }

        private static Map<String, String> map(Map<String, String> given) {
            return given == null ? Map.of() : given;
        }
    }

    private final Audit audit;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final SecurityIdentity person;

    FlowFilesResource(Audit audit, FlowFiles files, FlowEditor editor, SecurityIdentity person) {
        this.audit = audit;
        this.files = files;
        this.editor = editor;
        this.person = person;
    }

    /** @return the file as it is; a viewer does not see the values of passwords. Otherwise a problem: 404 */
    @GET
    @Path("{flow}")
    @Produces(YAML + ";qs=0.5")
    @Operation(summary = "Returns the file of a flow; for a viewer, passwords are masked")
    public Response text(@PathParam("flow") String flow) {
        return files.find(flow).map(each -> Response.ok(mayChange() ? each.text() : each.masked(files.kamelets()),
                YAML + ";charset=UTF-8").tag(each.version()).build()).orElseGet(FlowFilesResource::unknown);
    }

    /**
     * Makes a new flow.
     *
     * @return 201 with its address; otherwise a problem: 422 for mistakes, each with its field
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Creates a flow; status 422 lists the mistakes with their fields")
    public Response create(FlowDocument flow) {
        return change(() -> {
            editor.create(flow.form(flow.id() == null ? "" : flow.id(), "false"));
            audit.write(AuditAction.CREATED, flow.id());
            return Response.created(URI.create("/api/flows/" + flow.id()));
        });
    }

    /**
     * Changes a flow to what the form says; a parameter that is not given is taken away, one that is {@code ***} stays.
     *
     * @return 204; otherwise a problem: 404, 409 for a file that a form cannot show, 412 for one that is another one by
     *         now, 422 for mistakes
     */
    @PUT
    @Path("{flow}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Changes a flow, as a form (JSON) or as the text of its file (YAML); with If-Match, only if the "
            + "file still has this version")
    public Response save(@PathParam("flow") String flow, @HeaderParam("If-Match") String version, FlowDocument wanted) {
        return change(() -> {
            String start = files.find(flow).flatMap(StoredFlow::form).map(FlowForm::autoStartup).orElse("false");
            editor.save(version(version), wanted.form(flow, start));
            audit.write(AuditAction.EDITED, flow);
            return Response.noContent();
        });
    }

    /**
     * Replaces the file of a flow, or makes a new one.
     *
     * @return 204; otherwise a problem, as for the other form
     */
    @PUT
    @Path("{flow}")
    @Consumes({YAML, "application/yaml", "application/x-yaml"})
    @Operation(summary = "Replaces or creates the file of a flow")
    public Response saveText(@PathParam("flow") String flow, @HeaderParam("If-Match") String version, String text) {
        if (text.length() > MOST_CHARACTERS) {
            return Problem.of(413, "Content Too Large",
                    "The file is too long. A file of flows has at most " + MOST_CHARACTERS + " characters.");
        }
        return change(() -> {
            editor.saveText(flow, version(version), text);
            audit.write(AuditAction.EDITED, flow);
            return Response.noContent();
        });
    }

    /**
     * Deletes a flow. What is in its inbox and its dead letters stays.
     *
     * @return 204; otherwise a problem: 404, 409 if there are other flows in its file
     */
    @DELETE
    @Path("{flow}")
    @Operation(summary = "Deletes a flow; its inbox and its dead letters remain")
    public Response delete(@PathParam("flow") String flow) {
        return change(() -> {
            editor.delete(flow);
            audit.write(AuditAction.DELETED, flow);
            return Response.noContent();
        });
    }

    private boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    private static String version(String ifMatch) {
        return Optional.ofNullable(ifMatch).filter(each -> !each.equals("*"))
                .map(each -> EntityTag.valueOf(each).getValue()).orElse(null);
    }

    private interface Change {
        Response.ResponseBuilder make() throws RefusedEdit;
    }

    private static Response change(Change change) {
        try {
            return change.make().build();
        } catch (RefusedEdit e) {
            return Problem.of(e);
        }
    }

    private static Response unknown() {
        return Problem.of(404, "Not Found", "There is no flow with this name.");
    }
}
