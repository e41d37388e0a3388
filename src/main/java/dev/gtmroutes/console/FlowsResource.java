package dev.gtmroutes.console;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.flow.FlowWatch;
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

/** {@code /api/flows}: how the flows are, and the switch to pause and resume them. */
@Singleton
@Blocking
@Path("/api/flows")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Flows")
public class FlowsResource {

    private final FlowWatch flows;
    private final FlowSwitch switches;

    FlowsResource(FlowWatch flows, FlowSwitch switches) {
        this.flows = flows;
        this.switches = switches;
    }

    /** @return all flows, those that could not be loaded included */
    @GET
    @Operation(summary = "All flows, those that could not be loaded included")
    public List<FlowJson> all() {
        return flows.all().stream().map(FlowJson::of).toList();
    }

    /** @return one flow; otherwise a problem: 404 for an unknown flow */
    @GET
    @Path("{flow}")
    @Operation(summary = "One flow")
    public FlowJson one(@PathParam("flow") String flow) {
        return FlowJson.of(known(flow));
    }

    /**
     * Pauses a flow and waits until its requests under way have ended.
     *
     * @return the flow as it is then; otherwise a problem: 404 for an unknown flow, 409 for one that is not loaded
     */
    @POST
    @Path("{flow}/pause")
    @Operation(summary = "Pauses a flow; answers when its requests under way have ended")
    public FlowJson pause(@PathParam("flow") String flow) {
        return change(flow, switches::pause);
    }

    /**
     * Lets a flow go on, whatever made it stop.
     *
     * @return as for {@link #pause}
     */
    @POST
    @Path("{flow}/resume")
    @Operation(summary = "Lets a flow go on, whatever made it stop")
    public FlowJson resume(@PathParam("flow") String flow) {
        return change(flow, switches::resume);
    }

    private FlowJson change(String flow, Consumer<String> change) {
        FlowStatus before = known(flow);
        if (before.state() == FlowState.NOT_LOADED) {
            throw new ClientErrorException("The flow is not loaded: " + before.reason() + ".",
                    Response.Status.CONFLICT);
        }
        change.accept(flow);
        return one(flow);
    }

    private FlowStatus known(String flow) {
        Optional<FlowStatus> found = flows.of(flow);
        return found.orElseThrow(() -> new NotFoundException("There is no flow of this name here."));
    }
}
