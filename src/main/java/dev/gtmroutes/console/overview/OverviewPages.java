// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.credentials.CredentialLinks;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.FlowLines;
import dev.gtmroutes.console.overview.Throughput.Period;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.console.web.BrowserZone;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.history.History;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;

/** The first page: what needs a person and what was delivered; on a fresh start, the way to a first delivered record. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class OverviewPages {

    /** The address of the way to a first delivered record, also when there are records. */
    static final String FIRST = "/?first-record=true";

    private static final Duration LONG = Duration.ofDays(30);

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance overview(OverviewPage page, boolean mayEdit);

        static native TemplateInstance welcome(FirstRecord first, List<VendorPlace> vendors, String intake,
                Attention attention, boolean mayEdit);
    }

    private final FlowLines lines;
    private final Flows flows;
    private final FlowFiles files;
    private final OpenWork work;
    private final CredentialLinks credentials;
    private final History history;
    private final FirstRecords first;
    private final Audit audit;
    private final SecurityIdentity person;

    OverviewPages(FlowLines lines, Flows flows, FlowFiles files, OpenWork work, CredentialLinks credentials,
            History history, FirstRecords first, Audit audit, SecurityIdentity person) {
        this.lines = lines;
        this.flows = flows;
        this.files = files;
        this.work = work;
        this.credentials = credentials;
        this.history = history;
        this.first = first;
        this.audit = audit;
        this.person = person;
    }

    /**
     * @param welcome whether the way to a first record is asked for
     * @param period  of the chart; without it, a program that has had no record yet shows the way to a first one
     * @param cookie  the time zone of the browser
     */
    @GET
    public TemplateInstance home(@QueryParam("first-record") boolean welcome,
            @QueryParam("period") @DefaultValue("") String period, @CookieParam(BrowserZone.COOKIE) String cookie,
            @Context UriInfo address) throws IOException {
        ZonedDateTime now = Instant.now().atZone(BrowserZone.of(cookie));
        List<FlowStatus> all = lines.flows();
        List<FlowLine> shown = lines.all(now.getZone());
        OpenWork.Counts counts = work.now();
        boolean mayEdit = isOperator() && files.mayEdit();
        Map<FlowStatus, FlowChip> chips = new LinkedHashMap<>();
        all.forEach(each -> chips.put(each, FlowChip.of(each, counts.late().getOrDefault(each.id(), List.of()))));
        Today today = Today.of(history, all, shown, counts, now);
        Attention attention = Attention.of(chips, counts, new KnownVendors(flows.kamelets()), credentials::of,
                today.done().rejected());
        if (welcome || period.isEmpty() && isFresh(all, counts)) {
            return Templates.welcome(first.now(isOperator()).orElse(null), first.vendors(),
                    address.getBaseUri() + "intake/" + SampleFlow.ID, attention, mayEdit);
        }
        Period span = Period.of(period);
        List<FlowChip> ofFlows = chips.entrySet().stream().filter(each -> !each.getKey().tellsResponses())
                .map(Map.Entry::getValue).toList();
        return Templates.overview(new OverviewPage(OverviewPage.count(ofFlows), attention, today, span,
                Throughput.of(history, span, now).summary(), now.getZone().getId()), mayEdit);
    }

    /** What the chart draws. */
    @GET
    @Path("overview/throughput")
    @Produces(MediaType.APPLICATION_JSON)
    public Throughput throughput(@QueryParam("period") @DefaultValue("") String period,
            @CookieParam(BrowserZone.COOKIE) String cookie) {
        return Throughput.of(history, Period.of(period), Instant.now().atZone(BrowserZone.of(cookie)));
    }

    @POST
    @Path("overview/first-record/activate")
    public Response activate() throws RefusedEdit {
        first.activate();
        audit.write(AuditAction.ACTIVATED, SampleFlow.ID);
        return Response.seeOther(URI.create(FIRST)).build();
    }

    @POST
    @Path("overview/first-record/send")
    public Response send() {
        first.send();
        audit.write(AuditAction.TESTED, SampleFlow.ID);
        return Response.seeOther(URI.create(FIRST)).build();
    }

    /** Whether no flow has had a record, as far as that is known. */
    private boolean isFresh(List<FlowStatus> all, OpenWork.Counts counts) {
        return counts.openLetters() == 0 && all.stream().allMatch(OverviewPages::isUnused)
                && history.sum(null, Instant.now().minus(LONG), Instant.now()).isEmpty();
    }

    private static boolean isUnused(FlowStatus flow) {
        return flow.waiting().files() == 0 && flow.destinations().stream().allMatch(each -> each.tally().recordsRead() == 0);
    }

    private boolean isOperator() {
        return person.hasRole(Role.OPERATOR.toString());
    }
}
