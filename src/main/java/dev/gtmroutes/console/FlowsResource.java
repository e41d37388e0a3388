package dev.gtmroutes.console;

import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.console.FlowFilesResource.FlowDocument;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.flow.FlowWatch;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /api/flows}: how the flows are, and the switch to pause and resume them. */
@Singleton
@Path("/api/flows")
public class FlowsResource {

    private static final ObjectMapper FORMS = new ObjectMapper();

    private final FlowWatch flows;
    private final FlowSwitch switches;
    private final FlowFiles files;

    FlowsResource(FlowWatch flows, FlowSwitch switches, FlowFiles files) {
        this.flows = flows;
        this.switches = switches;
        this.files = files;
    }

    /** @return all flows, those that could not be loaded included */
    @GET
    @Blocking
    public Response all() {
        return json(FlowJson.of(flows.all()).toString());
    }

    /**
     * @return one flow, with its form where one can show it, and the version of its file as ETag; otherwise a problem:
     *         404 for an unknown flow
     */
    @GET
    @Blocking
    @Path("{flow}")
    @Produces(MediaType.APPLICATION_JSON)
    public Response one(@PathParam("flow") String flow) {
        return flows.of(flow).map(this::withForm).orElseGet(FlowsResource::unknown);
    }

    private Response withForm(FlowStatus flow) {
        ObjectNode json = FlowJson.of(flow);
        Optional<StoredFlow> stored = files.find(flow.id());
        stored.flatMap(StoredFlow::form).map(each -> FlowDocument.of(each.masked(files.kamelets())))
                .ifPresent(each -> json.set("form", FORMS.valueToTree(each)));
        return Response.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE)
                .tag(stored.map(StoredFlow::version).orElse(null)).build();
    }

    /**
     * Pauses a flow and waits until its requests under way have ended.
     *
     * @return the flow as it is then; otherwise a problem: 404 for an unknown flow, 409 for one that is not loaded
     */
    @POST
    @Blocking
    @Path("{flow}/pause")
    public Response pause(@PathParam("flow") String flow) {
        return change(flow, switches::pause);
    }

    /**
     * Lets a flow go on, whatever made it stop, now and after a restart.
     *
     * @return as for {@link #pause}
     */
    @POST
    @Blocking
    @Path("{flow}/activate")
    public Response activate(@PathParam("flow") String flow) {
        return change(flow, id -> {
            try {
                files.activate(id);
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
    @Blocking
    @Path("{flow}/resume")
    public Response resume(@PathParam("flow") String flow) {
        return change(flow, switches::resume);
    }

    private Response change(String flow, Consumer<String> change) {
        Optional<FlowStatus> before = flows.of(flow);
        if (before.isEmpty()) {
            return unknown();
        }
        if (before.get().state() == FlowState.NOT_LOADED) {
            return Problem.of(409, "Conflict", "The flow is not loaded: " + before.get().reason());
        }
        change.accept(flow);
        return one(flow);
    }

    private static Response unknown() {
        return Problem.of(404, "Not Found", "There is no flow of this name here.");
    }

    private static Response json(String body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
