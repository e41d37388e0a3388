// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.gtmroutes.console.flows.FlowHistory;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.FlowLines;
import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.lint.kamelet.Kamelets;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The last requests, of all flows and of one. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class RequestPages {

    private static final int MOST_SHOWN = 50;

    /** What the page shows that asks for news: without any, it stays as it is. */
    public static class Shown {

        /** The number of the newest request that it knows. */
        @QueryParam("after")
        @DefaultValue("-1")
        long after;
        /** Requests per minute. */
        @QueryParam("rate")
        @DefaultValue("-1")
        long rate;
        /** The number of the oldest request that it shows. */
        @QueryParam("from")
        long from;

        /** Whether the program has forgotten what a person may be reading. */
        private boolean isForgotten(RequestFilter filter, List<RecentRequest> remembered) {
            return filter.isFrozen() && from > 0 && remembered.stream().noneMatch(each -> each.number() == from);
        }
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(RequestListPage page);
    }

    private final RequestLog log;
    private final FlowStatuses flows;
    private final FlowLines lines;
    private final FlowFiles files;

    RequestPages(RequestLog log, FlowStatuses flows, FlowLines lines, FlowFiles files) {
        this.lines = lines;
        this.log = log;
        this.flows = flows;
        this.files = files;
    }

    /** What the page was called before. */
    @GET
    @Path("live")
    public Response live(@QueryParam("flow") @DefaultValue("") String flow) {
        return Response.status(Response.Status.MOVED_PERMANENTLY)
                .location(URI.create(flow.isEmpty() ? "/requests" : "/requests?flow=" + QueryText.encoded(flow))).build();
    }

    /** The last requests of all flows. */
    @GET
    @Path("requests")
    public Response all(@BeanParam RequestFilter filter, @BeanParam Shown shown) throws IOException {
        return answer("/requests", filter, true, shown);
    }

    /** The last requests of a flow. */
    @GET
    @Path("flows/{flow}/requests")
    public Response ofFlow(@PathParam("flow") String flow, @BeanParam RequestFilter filter,
            @BeanParam Shown shown) throws IOException {
        flows.of(flow).orElseThrow(NotFoundException::new);
        filter.flow = flow;
        return answer("/flows/" + QueryText.encoded(flow) + "/requests", filter, false, shown);
    }

    private Response answer(String path, RequestFilter filter, boolean ofAll, Shown shown)
            throws IOException {
        List<FlowStatus> all = lines.flows();
        List<FlowHistory> histories = all.stream()
                .filter(each -> filter.flow().isEmpty() ? !each.tellsResponses() : each.id().equals(filter.flow()))
                .map(FlowHistory::of).toList();
        long perMinute = histories.stream().mapToLong(FlowHistory::requestsPerMinute).sum();
        List<RecentRequest> remembered = log.all(filter.flow());
        long newest = remembered.isEmpty() ? 0 : remembered.get(remembered.size() - 1).number();
        if (newest == shown.after && perMinute == shown.rate) {
            return Response.noContent().build();
        }
        Set<String> ids = all.stream().filter(each -> !each.tellsResponses()).map(FlowStatus::id)
                .collect(Collectors.toSet());
        List<String> choice = ofAll ? all.stream().map(FlowStatus::id).toList() : List.of();
        FlowLine line = ofAll ? null
                : lines.of(filter.flow(), ZoneOffset.UTC).filter(FlowLine::hasPage).orElse(null);
        return Response.ok(Templates.list(page(path, line, filter, choice, remembered, perMinute, ids,
                shown.isForgotten(filter, remembered)))).build();
    }

    private RequestListPage page(String path, FlowLine line, RequestFilter filter, List<String> choice,
            List<RecentRequest> remembered,
            long perMinute, Set<String> ids, boolean keepsRows) {
        ShownRequests shown = log.shown();
        Marks marks = new Marks(files.kamelets(), new HashMap<>());
        long newest = remembered.isEmpty() ? 0 : remembered.get(remembered.size() - 1).number();
        // One of a program that ran before says nothing.
        long last = filter.isFrozen() && filter.upto > 0 && filter.upto <= newest ? filter.upto : newest;
        Predicate<RecentRequest> wanted = new RequestMatch(filter, shown, log, each -> marks.of(each).title());
        List<RecentRequest> matching = new ArrayList<>(remembered.stream().filter(wanted).toList());
        Collections.reverse(matching);
        long waiting = matching.stream().filter(each -> each.number() > last).count();
        List<RecentRequest> older = matching.stream().filter(each -> each.number() <= last).toList();
        List<RequestRow> rows = new ArrayList<>();
        for (int i = 0; i < older.size(); i++) {
            RecentRequest each = older.get(i);
            if (i < MOST_SHOWN || filter.open().contains(each.number())) {
                rows.add(row(each, filter, last, marks, ids.contains(each.flow()), shown));
            }
        }
        return new RequestListPage(path, line, filter, choice, VendorMark.vendors(files.kamelets()), rows, last, newest,
                waiting,
                older.size(), perMinute, log.bodyBytes() > 0, keepsRows);
    }

    private RequestRow row(RecentRequest request, RequestFilter filter, long last, Marks marks, boolean hasFlow,
            ShownRequests shown) {
        RequestView view = !filter.open().contains(request.number()) ? null : RequestView.of(request,
                log.details(filter.flow(), request.number()).orElse(null), log.bodyBytes() > 0, shown);
        return new RequestRow(request, shown.url(request), marks.of(request), hasFlow,
                filter.toggled(request.number(), last), view);
    }

    /** Looks each template up once. */
    private record Marks(Kamelets known, Map<String, VendorMark> byTemplate) {

        VendorMark of(RecentRequest request) {
            return byTemplate.computeIfAbsent(request.template(),
                    name -> known.find(name + "-sink").or(() -> known.find(name))
                            .map(each -> VendorMark.of(each, known)).orElse(VendorMark.NONE));
        }
    }
}
