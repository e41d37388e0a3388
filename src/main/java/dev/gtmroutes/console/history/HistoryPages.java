// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.access.Role;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.console.flows.FlowLines;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.history.History;
import dev.gtmroutes.history.Run;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The tab "History" of a flow. */
@Singleton
@Blocking
@Path("/flows/{flow}/history")
@Produces(MediaType.TEXT_HTML)
public class HistoryPages {

    private static final int MOST_DAYS = 30;
    private static final int MOST_SHOWN = 100;
    /** Where few runs are found, so many are looked at. */
    private static final int MOST_SEARCHED = 5_000;

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance history(HistoryPage page);
    }

    private final FlowStatuses flows;
    private final FlowLines lines;
    private final FlowFiles files;
    private final History history;
    private final SecurityIdentity person;

    HistoryPages(FlowStatuses flows, FlowLines lines, FlowFiles files, History history, SecurityIdentity person) {
        this.flows = flows;
        this.lines = lines;
        this.files = files;
        this.history = history;
        this.person = person;
    }

    /** Runs and days of a flow. */
    @GET
    public TemplateInstance history(@PathParam("flow") String flow, @BeanParam HistoryQuery query)
            throws IOException {
        FlowStatus found = flows.of(flow).filter(each -> !each.tellsResponses()).orElseThrow(NotFoundException::new);
        FlowLine line = lines.of(flow, query.zone()).orElseThrow(NotFoundException::new);
        boolean mayChange = person.hasRole(Role.OPERATOR.toString());
        Instant now = Instant.now();
        Instant from = query.from(now, history.kept());
        List<Run> runs = new ArrayList<>();
        Instant next = find(flow, from, query, runs);
        return Templates.history(new HistoryPage(line, mayChange, mayChange && files.mayEdit(), query, history.kept(),
                history.trouble().orElse(null), history.sum(flow, from, now), days(flow, now, query.zone()),
                runs.stream().map(each -> new RunRow(each, now)).toList(), next,
                found.destinations().size()));
    }

    /** @return where there may be more; null if there are none. Runs that began at the same time stand on one page */
    private Instant find(String flow, Instant from, HistoryQuery query, List<Run> runs) {
        Instant[] last = {null};
        Instant[] next = {null};
        int[] searched = {0};
        history.eachRun(flow, from, query.end(), run -> {
            boolean isFull = runs.size() >= MOST_SHOWN || searched[0] >= MOST_SEARCHED;
            if (isFull && !run.begin().equals(last[0])) {
                next[0] = last[0];
                return false;
            }
            if (query.finds(run)) {
                runs.add(run);
            }
            last[0] = run.begin();
            searched[0]++;
            return true;
        });
        return next[0];
    }

    private DayBars days(String flow, Instant now, ZoneId zone) {
        LocalDate last = LocalDate.ofInstant(now, zone);
        LocalDate first = last.minusDays(Math.min(MOST_DAYS, Math.max(1, history.kept().toDays())) - 1);
        return DayBars.of(history.hours(flow, DayBars.begin(first, zone), now.plus(Duration.ofHours(1))), first, last, zone);
    }
}
