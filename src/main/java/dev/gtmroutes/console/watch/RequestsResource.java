// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.List;

import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/requests}: what is sent now. */
@Singleton
@Blocking
@Path("/api/requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watching")
public class RequestsResource {

    private final CamelContext camel;
    private final FlowStatuses flows;

    RequestsResource(CamelContext camel, FlowStatuses flows) {
        this.camel = camel;
        this.flows = flows;
    }

    /**
     * @param after the number of the last one that is known already
     * @param flow  whose requests alone are wanted; empty for those of all
     * @return      the last requests, 500 of all flows at most, the oldest first
     */
    @GET
    @Operation(summary = "Lists the last requests, at most 500, oldest first; filters: flow, and after (a number of a "
            + "request); requests to a response webhook only for flow=<flow>.<destination>-responses")
    public List<RecentRequest> requests(@QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("flow") @DefaultValue("") String flow) {
        // Requests to a webhook are shown to who asks for them: in a list of all, each delivery would be there twice.
        DestinationRegistry all = DestinationRegistry.of(camel);
        boolean webhook = !flow.isEmpty() && flows.of(flow).filter(FlowStatus::tellsResponses).isPresent();
        return (webhook ? all.recentRequestsToWebhooks() : all.recentRequests()).after(after).stream()
                .filter(each -> flow.isEmpty() || each.flow().equals(flow)).toList();
    }
}
