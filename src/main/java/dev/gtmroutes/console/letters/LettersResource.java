// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.Replayed;
import dev.gtmroutes.web.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** {@code /api/dead-letters}: find, read, mend, replay and discard records that were not delivered. */
@Singleton
@Blocking
@Path("/api/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Dead letters")
public class LettersResource {

    private static final Logger LOG = Logger.getLogger(LettersResource.class);

    /**
     * Which dead letters of a flow are meant.
     *
     * @param ids  such as {@code 2026-01-31/17}
     * @param held whether held ones may be replayed: their records may arrive twice then
     */
    @Schema(name = "ChosenDeadLetters")
    public record Chosen(List<String> ids, boolean held) {
    }

    /**
     * What was done.
     *
     * @param done    with how many
     * @param refused with which it could not be done, and why
     */
    @Schema(name = "DoneWithDeadLetters")
    public record Done(long done, List<RefusedLetter> refused) {
    }

    /** A dead letter with which something could not be done. */
    @Schema(name = "RefusedDeadLetter")
    public record RefusedLetter(String id, String why) {
    }

    private final Audit audit;
    private final LetterStore letters;

    LettersResource(Audit audit, LetterStore letters) {
        this.audit = audit;
        this.letters = letters;
    }

    /** @return 50 at most; otherwise a problem: 400 if the query makes no sense */
    @GET
    @Operation(summary = "Lists open dead letters, newest first; filters: flow, kind (rejected or held), a text in reason "
            + "or record, request (id) and key (record key), since and until (day or time), group (of a reason) and fate "
            + "(open, replayed or discarded); for "
            + "the next page, send the value of next as before")
    public LetterJson.PageJson list(@BeanParam LetterFilter filter) throws IOException {
        return LetterJson.PageJson.of(letters.page(filter));
    }

    /** @return all; otherwise a problem: 400 if the query makes no sense */
    @GET
    @Path("groups")
    @Operation(
            summary = "Lists the reasons of dead letters with their counts, the reason of the newest first; filters: flow, "
                    + "kind, fate (open, replayed or discarded), since and until")
    public GroupJson.AllJson groups(@BeanParam LetterFilter filter) throws IOException {
        return GroupJson.of(letters.groups(filter));
    }

    /** @return it, open or not, with its history; otherwise a problem: 404 */
    @GET
    @Path("{flow}/{file}/{line}")
    @Operation(summary = "Returns a dead letter, open or closed, with its record and its history")
    public LetterJson one(@PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line) throws IOException {
        return LetterJson.of(flow, letters.find(flow, file + "/" + line));
    }

    /** @return 204; otherwise a problem: 404, 422 if it is no JSON object or the letter is closed */
    @PUT
    @Path("{flow}/{file}/{line}/record")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Replaces the record of a dead letter; replay the dead letter to send the new record")
    public Response edit(@PathParam("flow") String flow, @PathParam("file") String file,
            @PathParam("line") String line, String record) throws IOException {
        letters.find(flow, file + "/" + line);
        try {
            letters.flow(flow).edit(letters.id(file + "/" + line), record.getBytes(StandardCharsets.UTF_8));
            audit.write(AuditAction.EDITED_RECORD, flow + "/" + file + "/" + line);
            return Response.noContent().build();
        } catch (LetterRefusedException e) {
            throw refused(e);
        }
    }

    /** @return what was done; otherwise a problem: 404 for an unknown flow, 422 for one that takes no files */
    @POST
    @Path("{flow}/replay")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Sends records again, to the destination that did not accept them; held records only if held is "
            + "true, because they may arrive twice")
    public Done replay(@PathParam("flow") String flow, Chosen chosen) throws IOException {
        DeadLetterSelection choice = choice(chosen);
        List<RefusedLetter> refused = new ArrayList<>();
        try {
            Replayed replayed = letters.ofExistingFlow(flow).replay(choice, chosen.held,
                    (id, why) -> refused.add(refused(id, why)));
            LOG.infof("Handed to %s: %d.", flow, replayed.records());
            audit.write(audit.who(), AuditAction.REPLAYED, flow, replayed.records());
            return new Done(replayed.records(), refused);
        } catch (LetterRefusedException e) {
            throw refused(e);
        }
    }

    /** @return what was done; otherwise a problem: 404 for an unknown flow */
    @POST
    @Path("{flow}/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Closes dead letters permanently: their records will not be sent")
    public Done discard(@PathParam("flow") String flow, Chosen chosen) throws IOException {
        List<RefusedLetter> refused = new ArrayList<>();
        long done = letters.flow(flow).discard(choice(chosen), (id, why) -> refused.add(refused(id, why)));
        LOG.infof("Discarded of %s: %d.", flow, done);
        audit.write(audit.who(), AuditAction.DISCARDED, flow, done);
        return new Done(done, refused);
    }

    private static RefusedLetter refused(LetterId id, String why) {
        return new RefusedLetter(id.toString(), why);
    }

    private static DeadLetterSelection choice(Chosen chosen) {
        if (chosen == null || chosen.ids == null || chosen.ids.isEmpty()) {
            throw new BadRequestException("The list ids is missing or empty. Send one or more ids such as "
                    + "\"2026-01-31/17\".");
        }
        Set<LetterId> ids = new TreeSet<>();
        for (String each : chosen.ids) {
            try {
                ids.add(LetterId.parse(each == null ? "" : each));
            } catch (LetterRefusedException e) {
                throw new BadRequestException(Problem.sentence("Nothing was done: " + e.getMessage()));
            }
        }
        return DeadLetterSelection.of(ids);
    }

    private static ClientErrorException refused(LetterRefusedException refused) {
        return new ClientErrorException(Problem.sentence("Nothing was done: " + refused.getMessage()), 422);
    }
}
