// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Audit.Who;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.letters.LetterTask.Action;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.index.ChosenCount;
import dev.gtmroutes.deadletter.index.FoundLetter;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Dead letters: the list, each with what can be done about it, and what is done with many. */
@Singleton
@Blocking
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
public class LetterPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(LetterListPage page);

        static native TemplateInstance letter(LetterView view, LetterFilter filter, boolean mayChange);

        static native TemplateInstance request(LetterView view, LetterRequest shown);

        static native TemplateInstance ask(LetterQuestion question);
    }

    private final Audit audit;
    private final LetterStore letters;
    private final LetterTasks tasks;
    private final LetterRequests requests;
    private final SecurityIdentity person;
    private final String topic;

    LetterPages(Audit audit, LetterStore letters, LetterTasks tasks, LetterRequests requests, SecurityIdentity person,
            @ConfigProperty(name = "gtm.dead-letters.topic") Optional<String> topic) {
        this.audit = audit;
        this.letters = letters;
        this.tasks = tasks;
        this.requests = requests;
        this.person = person;
        this.topic = topic.orElse("").strip();
    }

    @GET
    public TemplateInstance list(@BeanParam LetterFilter filter) throws IOException {
        return Templates.list(new LetterListPage(filter, letters.flows(), letters.count(filter.flow()),
                letters.page(filter), tasks.recent(), topic, mayChange()));
    }

    @GET
    @Path("{flow}/{file}/{line}")
    public TemplateInstance letter(@BeanParam LetterFilter filter, @PathParam("flow") String flow,
            @PathParam("file") String file, @PathParam("line") String line) throws IOException {
        return Templates.letter(view(flow, letters.find(flow, file + "/" + line), null, ""), filter, mayChange());
    }

    private LetterView view(String flow, FoundLetter found, String typed, String error) throws IOException {
        return new LetterView(flow, found, typed, error, letters.presence(flow),
                letters.result(flow, found).orElse(null), topic, tasks.about(flow, found.letter().id()));
    }

    @GET
    @Path("{flow}/{file}/{line}/request")
    public TemplateInstance request(@PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line) throws IOException {
        FoundLetter found = letters.find(flow, file + "/" + line);
        return Templates.request(view(flow, found, null, ""), requests.of(flow, found.letter(), mayChange()));
    }

    /** Saves the record if it was edited, and replays or discards the letter if that is asked for. */
    @POST
    @Path("{flow}/{file}/{line}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response change(@BeanParam LetterFilter filter, @PathParam("flow") String flow,
            @PathParam("file") String file, @PathParam("line") String line, MultivaluedMap<String, String> sent)
            throws IOException, InterruptedException {
        LetterView view = view(flow, letters.find(flow, file + "/" + line), null, "");
        String record = sent.getFirst("record");
        boolean isSave = "save".equals(sent.getFirst("action"));
        Action action = isSave ? null : action(sent.getFirst("action"));
        if (record != null && action != Action.DISCARD && !view.isCut() && !view.isRecord(record)) {
            try {
                letters.flow(flow).edit(letters.id(view.id()), record.getBytes(StandardCharsets.UTF_8));
                audit.write(AuditAction.EDITED_RECORD, view.name());
            } catch (LetterRefusedException e) {
                return Response.status(422).entity(Templates.letter(
                        view(flow, view.found(), record, e.getMessage()), filter, mayChange())).build();
            }
        }
        String page = filter.address(view.href());
        return isSave ? to(page) : action == Action.DISCARD || view.isHeld()
                ? ask(action, List.of(view.name()), page, filter, true) : act(action, List.of(view.name()), sent, page);
    }

    /** Asks whether something is done with those that are chosen, and does it once that is answered. */
    @POST
    @Path("chosen")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response chosen(@BeanParam LetterFilter filter, MultivaluedMap<String, String> sent)
            throws IOException, InterruptedException {
        List<String> names = sent.getOrDefault("letter", List.of());
        Action action = action(sent.getFirst("action"));
        boolean isOfOne = names.size() == 1 && "true".equals(sent.getFirst("one"));
        String back = filter.address(isOfOne ? ChosenLetters.href(names.get(0)) : "/dead-letters");
        return names.isEmpty() ? to(back)
                : isAsked(sent) ? act(action, names, sent, back) : ask(action, names, back, filter, isOfOne);
    }

    private Response ask(Action action, List<String> names, String back, LetterFilter filter, boolean isOfOne)
            throws IOException {
        return Response.ok(Templates.ask(new LetterQuestion(action, ChosenLetters.of(names, letters).count(), names,
                filter.address("/dead-letters/chosen"), back, "", isOfOne))).build();
    }

    private Response act(Action action, List<String> names, MultivaluedMap<String, String> sent, String back)
            throws IOException, InterruptedException {
        begin(action, ChosenLetters.of(names, letters).byFlow(), sent);
        return to(back);
    }

    @GET
    @Path("all")
    public TemplateInstance askForAll(@BeanParam LetterFilter filter, @QueryParam("action") String action)
            throws IOException {
        Action asked = action(action);
        String words = filter.words();
        String back = filter.address("/dead-letters");
        ChosenCount count = letters.count(filter);
        Instant now = Instant.now();
        Instant until = filter.choice().until();
        if (until == null || until.isAfter(now)) {
            // Those that come while a person reads the question are not meant.
            filter.until = now.toString();
        }
        return Templates.ask(new LetterQuestion(asked, count, List.of(), "/dead-letters/all?" + filter.query()
                + "&back=" + LetterFilter.encoded(back), back, words, false));
    }

    @POST
    @Path("all")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response all(@BeanParam LetterFilter filter, @QueryParam("back") @DefaultValue("") String back,
            MultivaluedMap<String, String> sent)
            throws IOException, InterruptedException {
        Action action = action(sent.getFirst("action"));
        if (!isAsked(sent)) {
            throw new BadRequestException("Nothing was done. Open the page of the question first; its form sends "
                    + "asked=true.");
        }
        Map<String, DeadLetterSelection> chosen = new TreeMap<>();
        for (String each : filter.flow() == null ? letters.openFlows() : List.of(filter.flow())) {
            chosen.put(each, filter.choice());
        }
        begin(action, chosen, sent);
        // The filter of the question ends before the question; the list that the person came from does not.
        return to(back.startsWith("/dead-letters") ? back : "/dead-letters");
    }

    private void begin(Action action, Map<String, DeadLetterSelection> chosen, MultivaluedMap<String, String> sent)
            throws InterruptedException {
        Who who = audit.who();
        tasks.begin(new LetterTask(letters, action, chosen, "true".equals(sent.getFirst("held")),
                (flow, count) -> audit.write(who, action.inAudit(), flow, count)));
    }

    private static Action action(String sent) {
        return switch (String.valueOf(sent)) {
            case "replay" -> Action.REPLAY;
            case "discard" -> Action.DISCARD;
            default -> throw new BadRequestException("Nothing was done. The action must be replay or discard.");
        };
    }

    private static boolean isAsked(MultivaluedMap<String, String> sent) {
        return "true".equals(sent.getFirst("asked"));
    }

    private boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    private static Response to(String address) {
        return Response.seeOther(URI.create(address)).build();
    }
}
