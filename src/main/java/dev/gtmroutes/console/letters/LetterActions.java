// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Audit.Who;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.letters.LetterTask.Action;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.ReasonGroup;
import dev.gtmroutes.web.Problem;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** What a person does on the page of dead letters: edit, replay, discard, with one letter or with many. */
@Singleton
@Blocking
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class LetterActions {

    private static final int UNPROCESSABLE = 422;

    private final Audit audit;
    private final LetterStore letters;
    private final LetterTasks tasks;
    private final LetterDesks desks;
    private final LetterChecks checks;

    LetterActions(Audit audit, LetterStore letters, LetterTasks tasks, LetterDesks desks, LetterChecks checks) {
        this.audit = audit;
        this.letters = letters;
        this.tasks = tasks;
        this.desks = desks;
        this.checks = checks;
    }

    /** Saves the record if it was edited, and replays or discards the letter if that is asked for. */
    @POST
    @Path("{flow}/{file}/{line}")
    public Response change(@BeanParam LetterFilter filter, @PathParam("flow") String flow,
            @PathParam("file") String file, @PathParam("line") String line, MultivaluedMap<String, String> sent)
            throws IOException, InterruptedException {
        FoundLetter found = letters.find(flow, file + "/" + line);
        LetterView view = desks.view(flow, found, null, "");
        filter.letter = view.name();
        String record = sent.getFirst("record");
        boolean isSave = "save".equals(sent.getFirst("action"));
        Action action = isSave ? null : Action.of(sent.getFirst("action"));
        if (record != null && action != Action.DISCARD && !view.isCut() && !view.isRecord(record)) {
            try {
                letters.flow(flow).edit(found.letter().id(), record.getBytes(StandardCharsets.UTF_8));
                audit.write(AuditAction.EDITED_RECORD, view.name());
            } catch (LetterRefusedException e) {
                return Response.status(UNPROCESSABLE).header("HX-Push-Url", "false")
                        .entity(LetterPages.Templates
                                .list(desks.of(filter, record, Problem.sentence(GroupRow.sentence(e.getMessage())))))
                        .build();
            }
        }
        if (!isSave) {
            begin(action, ChosenLetters.of(List.of(view.name()), letters).byFlow(), sent);
        }
        return to(filter.page(filter.group(), view.name(), filter.before()));
    }

    /** What is known of a record while somebody edits it. Nothing is saved. */
    @POST
    @Path("{flow}/{file}/{line}/check")
    public TemplateInstance check(@PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line, @FormParam("record") @DefaultValue("") String record) throws IOException {
        LetterView view = desks.view(flow, letters.find(flow, file + "/" + line), null, "");
        return LetterPages.Templates.check(checks.of(view, record, desks.mayChange()));
    }

    /** Does something with the letters that a person has selected. */
    @POST
    @Path("chosen")
    public Response chosen(@QueryParam("back") @DefaultValue("") String back, MultivaluedMap<String, String> sent)
            throws IOException, InterruptedException {
        Action action = Action.of(sent.getFirst("action"));
        checkAsked(sent);
        begin(action, ChosenLetters.of(sent.getOrDefault("letter", List.of()), letters).byFlow(), sent);
        return to(page(back));
    }

    /** Does something with all letters that match. */
    @POST
    @Path("all")
    public Response all(@BeanParam LetterFilter filter, @QueryParam("back") @DefaultValue("") String back,
            MultivaluedMap<String, String> sent) throws IOException, InterruptedException {
        Action action = Action.of(sent.getFirst("action"));
        checkAsked(sent);
        if (!filter.isOpen() || ReasonGroup.isOther(filter.group())) {
            throw new BadRequestException("Nothing was done. Choose open dead letters of one reason.");
        }
        Map<String, DeadLetterSelection> chosen = new TreeMap<>();
        for (String each : filter.flow() == null ? letters.openFlows() : List.of(filter.flow())) {
            chosen.put(each, filter.choice());
        }
        begin(action, chosen, sent);
        // The filter of the question ends before the question; the list that the person came from does not.
        return to(page(back));
    }

    /** What is no address would fail when all is done. */
    static String page(String back) {
        try {
            return back.startsWith("/dead-letters") ? new URI(back).toString() : "/dead-letters";
        } catch (URISyntaxException e) {
            return "/dead-letters";
        }
    }

    private void begin(Action action, Map<String, DeadLetterSelection> chosen, MultivaluedMap<String, String> sent)
            throws InterruptedException {
        Who who = audit.who();
        tasks.begin(new LetterTask(letters, action, chosen, "true".equals(sent.getFirst("held")),
                (flow, count) -> audit.write(who, action.inAudit(), flow, count)));
    }

    private static void checkAsked(MultivaluedMap<String, String> sent) {
        if (!"true".equals(sent.getFirst("asked"))) {
            throw new BadRequestException("Nothing was done. Open the page of the question first; its form sends "
                    + "asked=true.");
        }
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }
}
