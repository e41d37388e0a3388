// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.console.flows.FlowHistory;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.paged.ReadReport;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** What the program does now, and did in the last hour. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class WatchPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance live(LivePage page);

        static native TemplateInstance exports(List<ExportRow> exports, List<ReadReport> reads);
    }

    private final FlowStatuses flows;
    private final RequestsResource requests;
    private final ExportsResource exports;

    WatchPages(FlowStatuses flows, RequestsResource requests, ExportsResource exports) {
        this.flows = flows;
        this.requests = requests;
        this.exports = exports;
    }

    /** @param known the number of the last request that the page shows: without a newer one it stays as it is */
    @GET
    @Path("live")
    public Response live(@QueryParam("flow") @DefaultValue("") String flow, @QueryParam("paused") boolean paused,
            @QueryParam("after") @DefaultValue("-1") long known) {
        List<RecentRequest> remembered = requests.requests(0, flow);
        if (LivePage.last(remembered) == known) {
            return Response.noContent().build();
        }
        List<FlowStatus> all = flows.all();
        List<FlowHistory> shown = all.stream()
                .filter(each -> flow.isEmpty() ? !each.tellsResponses() : each.id().equals(flow))
                .map(FlowHistory::of).toList();
        return Response.ok(Templates.live(new LivePage(remembered, flow, all.stream().map(FlowStatus::id).toList(),
                shown.stream().mapToLong(FlowHistory::requestsPerMinute).sum(),
                shown.stream().mapToLong(FlowHistory::failedPerMinute).sum(), paused))).build();
    }

    /** How far exports are. */
    @GET
    @Path("exports")
    public TemplateInstance exports() throws IOException {
        return Templates.exports(exports.all().stream()
                .map(each -> new ExportRow(each, flows.of(each.flow()).isPresent())).toList(), exports.reads());
    }
}
