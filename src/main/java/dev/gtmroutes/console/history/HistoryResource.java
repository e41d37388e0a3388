// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.history.History;
import dev.gtmroutes.history.Run;
import dev.gtmroutes.history.Slice;
import dev.gtmroutes.web.LongResponses;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/flows/{flow}/history}: what a flow did in the last days. */
@Singleton
@Blocking
@Path("/api/flows/{flow}")
@Tag(name = "Flows")
public class HistoryResource {

    private static final int MOST_RUNS = 1000;

    /**
     * A run. What is not known is null.
     *
     * @param state {@code running}, {@code waiting} or {@code done}
     */
    @Schema(name = "Run")
    public record RunJson(String destination, String input, long inputs, String state, Instant begin, Instant end, long read,
            Long delivered, long unchanged, Long rejected, Long held) {

        static RunJson of(Run run) {
            return new RunJson(run.destination(), run.input(), run.inputs(),
                    new RunRow(run, run.begin()).state().toLowerCase(Locale.ROOT), run.begin(), run.end(), run.read(),
                    run.delivered(), run.unchanged(), run.rejected(), run.held());
        }
    }

    /**
     * What a flow did.
     *
     * @param keptDays how long the history is kept; 0 if it is switched off
     * @param step     {@code minute} or {@code hour}
     * @param slices   what was done in each minute or hour, oldest first
     * @param runs     the newest first
     */
    @Schema(name = "History")
    public record HistoryJson(long keptDays, String step, List<Slice> slices, List<RunJson> runs) {
    }

    private final FlowStatuses flows;
    private final History history;
    private final LongResponses longResponses;

    HistoryResource(FlowStatuses flows, History history, LongResponses longResponses) {
        this.longResponses = longResponses;
        this.flows = flows;
        this.history = history;
    }

    /** @return what the flow did from one time to another; otherwise a problem: 404 for an unknown flow, 400 for no time */
    @GET
    @Path("history")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Returns what a flow did from one time to another: counts per minute (at most 48 hours) or per hour, "
                    + "and its newest runs, at most 1000. Without times: the last 60 minutes")
    public HistoryJson history(@PathParam("flow") String flow, @QueryParam("from") String from,
            @QueryParam("until") String until, @QueryParam("step") @DefaultValue("minute") String step,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        know(flow);
        Instant end = until == null ? Instant.now() : time("until", until);
        Instant begin = from == null ? end.minus(Duration.ofHours(1)) : time("from", from);
        if (!step.equals("minute") && !step.equals("hour")) {
            throw new BadRequestException("The parameter step is neither minute nor hour.");
        }
        return new HistoryJson(history.kept().toDays(), step,
                step.equals("hour") ? history.hours(flow, begin, end) : history.minutes(flow, begin, end),
                history.runs(flow, begin, Math.min(limit, MOST_RUNS)).stream().map(RunJson::of).toList());
    }

    private static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new BadRequestException("The parameter " + name + " is not a time such as 2026-01-31T08:00:00Z.");
        }
    }

    /** @return the runs that the page shows with the same parameters, all of them; 404 for an unknown flow */
    @GET
    @Path("history.csv")
    @Produces("text/csv;charset=UTF-8")
    @Operation(summary = "Exports the runs of a flow as CSV, newest first")
    public RestResponse<StreamingOutput> csv(@PathParam("flow") String flow, @BeanParam HistoryQuery query,
            @Context RoutingContext http) {
        know(flow);
        Instant from = query.from(Instant.now(), history.kept());
        Instant end = query.end();
        longResponses.begin(http);
        StreamingOutput lines = to -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8));
            RunsCsv.writeTitles(out);
            try {
                history.eachRun(flow, from, end, run -> write(query, run, out));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            out.flush();
        };
        return RestResponse.ResponseBuilder.ok(lines)
                .header(HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + flow.replaceAll("[^\\w.-]", "_") + "-history.csv\"")
                .build();
    }

    private static boolean write(HistoryQuery query, Run run, Writer out) {
        try {
            if (query.finds(run)) {
                RunsCsv.write(run, out);
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void know(String flow) {
        if (flows.of(flow).isEmpty()) {
            throw new NotFoundException("There is no flow with this name.");
        }
    }
}
