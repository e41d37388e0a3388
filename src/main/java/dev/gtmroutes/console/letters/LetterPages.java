// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.console.letters.LetterTask.Action;
import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.ReasonGroup;
import dev.gtmroutes.web.LongResponses;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

/** Dead letters by reason, each with what can be done about it. */
@Singleton
@Blocking
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
public class LetterPages {

    @CheckedTemplate
    static class Templates {

        static native TemplateInstance list(LetterDesk desk);

        static native TemplateInstance check(LetterCheck check);

        static native TemplateInstance ask(LetterQuestion question);
    }

    private final LetterStore letters;
    private final LetterDesks desks;
    private final LetterChecks checks;
    private final LongResponses longResponses;

    LetterPages(LetterStore letters, LetterDesks desks, LetterChecks checks, LongResponses longResponses) {
        this.longResponses = longResponses;
        this.letters = letters;
        this.desks = desks;
        this.checks = checks;
    }

    @GET
    public TemplateInstance list(@BeanParam LetterFilter filter) throws IOException {
        return Templates.list(desks.of(filter));
    }

    /** Where the page of a letter was before. */
    @GET
    @Path("{flow}/{file}/{line}")
    public Response letter(@BeanParam LetterFilter filter, @PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line) throws IOException {
        letters.find(flow, file + "/" + line);
        return Response.seeOther(URI.create(filter.page(filter.group(), flow + "/" + file + "/" + line, ""))).build();
    }

    /** The request that a replay of the record would send, and how the record fits the endpoint. */
    @GET
    @Path("{flow}/{file}/{line}/request")
    public TemplateInstance request(@PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line) throws IOException {
        FoundLetter found = letters.find(flow, file + "/" + line);
        return Templates.check(checks.of(desks.view(flow, found, null, ""), desks.mayChange()));
    }

    /** All that match, as a file for a spreadsheet. */
    @GET
    @Path("export.csv")
    @Produces("text/csv; charset=utf-8")
    public Response export(@BeanParam LetterFilter filter, @Context RoutingContext http) {
        filter.choice();
        longResponses.begin(http);
        StreamingOutput csv = out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            letters.each(filter, new LetterCsv(writer));
            writer.flush();
        };
        return Response.ok(csv).header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"dead-letters.csv\"").build();
    }

    /**
     * The question before something is done.
     *
     * @param names of letters; none for all that match
     */
    @GET
    @Path("ask")
    public TemplateInstance ask(@BeanParam LetterFilter filter, @QueryParam("action") String action,
            @QueryParam("name") List<String> names) throws IOException {
        Action asked = Action.of(action);
        if (!filter.isOpen()) {
            throw new BadRequestException("Only open dead letters can be replayed or discarded.");
        }
        String back = filter.page(filter.group(), "", "");
        if (!names.isEmpty()) {
            return Templates.ask(new LetterQuestion(asked, ChosenLetters.of(names, letters).count(), names,
                    "/dead-letters/chosen?back=" + QueryText.encoded(back), back, ""));
        }
        if (ReasonGroup.isOther(filter.group())) {
            throw new BadRequestException("The dead letters with other reasons have different reasons. Select the dead "
                    + "letters one by one.");
        }
        String words = filter.words(reason(filter));
        ChosenCount count = letters.count(filter);
        Instant now = Instant.now();
        Instant until = filter.choice().until();
        if (until == null || until.isAfter(now)) {
            // Those that come while a person reads the question are not meant.
            filter.until = now.toString();
        }
        return Templates.ask(new LetterQuestion(asked, count, List.of(), "/dead-letters/all?" + filter.query()
                + "&back=" + QueryText.encoded(back), back, words));
    }

    private String reason(LetterFilter filter) throws IOException {
        return filter.group().isEmpty() ? ""
                : letters.groups(filter).stream().filter(each -> each.key().equals(filter.group()))
                        .map(ReasonGroup::text).findFirst().orElse("");
    }
}
