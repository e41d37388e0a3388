// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.flows.FlowFilesResource.FlowDocument;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/flows}: how the flows are, and the switch to pause and resume them. */
@Singleton
@Blocking
@Path("/api/flows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flows")
public class FlowsResource {

    private final Audit audit;
    private final FlowStatuses flows;
    private final FlowSwitch switches;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final SecurityIdentity person;

    FlowsResource(Audit audit, FlowStatuses flows, FlowSwitch switches, FlowFiles files, FlowEditor editor,
            SecurityIdentity person) {
        this.audit = audit;
        this.flows = flows;
        this.switches = switches;
        this.files = files;
        this.editor = editor;
        this.person = person;
    }

    private FlowForm shown(FlowForm form) {
        return person.hasRole(Role.OPERATOR.toString()) ? form.masked(files.kamelets()) : form.forViewer(files.kamelets());
    }

    /** @return all flows, those that could not be loaded included */
    @GET
    @Operation(summary = "Lists all flows, including flows that could not be loaded; a flow contains its response "
            + "webhooks")
    public List<FlowJson> all() {
        return FlowJson.all(flows.all());
    }

    /**
     * @return one flow, with its form where one can show it, and the version of its file as ETag; otherwise a problem:
     *         404 for an unknown flow
     */
    @GET
    @Path("{flow}")
    @Operation(summary = "Returns a flow: its state, and its form if a form can show it (JSON), or its file (YAML)")
    public RestResponse<FlowJson> one(@PathParam("flow") String flow) {
        FlowJson found = FlowJson.of(known(flow), flows.all());
        Optional<StoredFlow> stored = files.find(flow);
        FlowDocument form = stored.flatMap(StoredFlow::form).map(this::shown).map(FlowDocument::of)
                .orElse(null);
        return RestResponse.ResponseBuilder.ok(found.with(form)).tag(stored.map(StoredFlow::version).orElse(null))
                .build();
    }

    /**
     * Pauses a flow and waits until its requests under way have ended.
     *
     * @return the flow as it is then; otherwise a problem: 404 for an unknown flow, 409 for one that is not loaded
     */
    @POST
    @Path("{flow}/pause")
    @Operation(summary = "Pauses a flow; responds when its requests in flight have ended")
    public RestResponse<FlowJson> pause(@PathParam("flow") String flow) {
        return change(flow, AuditAction.PAUSED, switches::pause);
    }

    /**
     * Lets a flow go on, whatever made it stop, now and after a restart.
     *
     * @return as for {@link #pause}
     */
    @POST
    @Path("{flow}/activate")
    @Operation(summary = "Starts a flow after any kind of pause, now and after a restart")
    public RestResponse<FlowJson> activate(@PathParam("flow") String flow) {
        return change(flow, AuditAction.ACTIVATED, id -> {
            try {
                editor.activate(id);
            } catch (RefusedEdit e) {
                switches.resume(id);
            }
        });
    }

    /**
     * Lets a flow go on, whatever made it stop, until a restart.
     *
     * @return as for {@link #pause}
     */
    @POST
    @Path("{flow}/resume")
    @Operation(summary = "Resumes a flow after any kind of pause, until a restart")
    public RestResponse<FlowJson> resume(@PathParam("flow") String flow) {
        return change(flow, AuditAction.RESUMED, switches::resume);
    }

    private RestResponse<FlowJson> change(String flow, AuditAction action, Consumer<String> change) {
        FlowStatus before = known(flow);
        if (before.state() == FlowState.NOT_LOADED) {
            throw new ClientErrorException("The flow is not loaded: " + before.reason() + ".",
                    Response.Status.CONFLICT);
        }
        change.accept(flow);
        audit.write(action, flow);
        return one(flow);
    }

    private FlowStatus known(String flow) {
        return flows.of(flow).orElseThrow(() -> new NotFoundException("There is no flow with this name."));
    }
}
