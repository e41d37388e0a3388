// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.util.List;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/requests}: what is sent now. */
@Singleton
@Blocking
@Path("/api/requests")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watching")
public class RequestsResource {

    private final RequestLog log;

    RequestsResource(RequestLog log) {
        this.log = log;
    }

    /**
     * @param after the number of the last one that is known already; one of a program that ran before counts as 0
     * @param flow  whose requests alone are wanted; empty for those of all
     * @return      the last requests, 500 of all flows at most and up to 50 older ones of one flow, the oldest first
     */
    @GET
    @Operation(
            summary = "Lists the last requests, at most 500, and of one flow at most 50 older ones, oldest first; filters: "
                    + "flow, and after (a number of a request); requests to a response webhook only for "
                    + "flow=<flow>.<destination>-responses")
    public List<RequestJson> requests(@QueryParam("after") @DefaultValue("0") long after,
            @QueryParam("flow") @DefaultValue("") String flow) {
        ShownRequests shown = log.shown();
        return log.after(flow, after).stream().map(each -> RequestJson.of(each, shown)).toList();
    }
}
