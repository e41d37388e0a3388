// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.FlowLines;
import dev.gtmroutes.console.web.BrowserZone;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.history.History;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page of a flow: its first tab. */
@Singleton
@Blocking
@Path("/")
public class FlowOverviewPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance overview(FlowOverview page);
    }

    private final Audit audit;
    private final FlowStatuses statuses;
    private final FlowLines lines;
    private final FlowOverviews overviews;
    private final History history;
    private final SecurityIdentity person;

    FlowOverviewPages(Audit audit, FlowStatuses statuses, FlowLines lines, FlowOverviews overviews, History history,
            SecurityIdentity person) {
        this.audit = audit;
        this.statuses = statuses;
        this.lines = lines;
        this.overviews = overviews;
        this.history = history;
        this.person = person;
    }

    /** How the flow is, what it has done and what waits. */
    @GET
    @Path("flows/{flow}")
    @Produces(MediaType.TEXT_HTML)
    public Response overview(@PathParam("flow") String flow, @CookieParam(BrowserZone.COOKIE) String cookie)
            throws IOException {
        FlowStatus status = known(flow);
        if (status.tellsResponses()) {
            // It has no file of its own.
            return Response.seeOther(URI.create("/flows")).build();
        }
        ZoneId zone = BrowserZone.of(cookie);
        FlowLine line = lines.of(flow, zone).orElseThrow(NotFoundException::new);
        return Response.ok(Templates.overview(overviews.of(status, line, zone, person.hasRole(Role.OPERATOR.toString()))))
                .build();
    }

    /** Records per minute, today and yesterday. */
    @GET
    @Path("flows/{flow}/chart")
    @Produces(MediaType.APPLICATION_JSON)
    public FlowChart chart(@PathParam("flow") String flow, @CookieParam(BrowserZone.COOKIE) String cookie) {
        known(flow);
        ZonedDateTime today = BrowserZone.midnight(BrowserZone.of(cookie));
        Instant midnight = today.toInstant();
        Instant before = today.minusDays(1).toInstant();
        return FlowChart.of(midnight, history.minutes(flow, midnight, Instant.now()),
                history.minutes(flow, before, midnight));
    }

    /** Starts the next attempts of requests that failed. */
    @POST
    @Path("flows/{flow}/retry")
    @Produces(MediaType.TEXT_HTML)
    public Response retry(@PathParam("flow") String flow) {
        known(flow).destinations().forEach(each -> each.waits().retryNow());
        audit.write(AuditAction.RETRIED, flow);
        return Response.seeOther(URI.create("/flows/" + flow)).build();
    }

    private FlowStatus known(String flow) {
        return statuses.of(flow).orElseThrow(NotFoundException::new);
    }
}
