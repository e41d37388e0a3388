// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.delivery.changed.OpenForms;
import dev.gtmroutes.remembered.Remembered;
import dev.gtmroutes.web.LongResponses;
import dev.gtmroutes.web.Problem;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/only-changed}: what destinations with Only Changed remember. */
@Singleton
@Blocking
@jakarta.ws.rs.Path("/api/only-changed")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Only changed")
public class OnlyChangedResource {

    /** A destination and the number of records that it remembers. */
    @Schema(name = "OnlyChanged")
    public record Destination(String flow, String destination, String template, List<String> attributes, long records,
            long bytes) {
    }

    /**
     * What is to be forgotten.
     *
     * @param key the values of the attributes that identify one record; null for all records
     */
    @Schema(name = "OnlyChangedReset")
    public record Reset(List<String> key) {
    }

    private final Audit audit;
    private final CamelContext camel;
    private final Path data;
    private final LongResponses longResponses;

    OnlyChangedResource(Audit audit, CamelContext camel, @ConfigProperty(name = "gtm.data") Path data,
            LongResponses longResponses) {
        this.longResponses = longResponses;
        this.audit = audit;
        this.camel = camel;
        this.data = data;
    }

    /** @return all of them, those of flows that are gone included */
    @GET
    @Operation(summary = "Lists destinations with Only Changed, and how many records each remembers")
    public List<Destination> all() throws IOException {
        List<Destination> all = new ArrayList<>();
        for (Remembered each : remembered()) {
            all.add(described(each));
        }
        return all;
    }

    private List<Remembered> remembered() throws IOException {
        return OpenForms.of(camel).memory().all(data);
    }

    private Destination described(Remembered of) throws IOException {
        return new Destination(of.flow(), of.destination(), of.template(), of.attributes(),
                OpenForms.of(camel).count(of.folder(data)), of.bytes());
    }

    /** @return NDJSON; otherwise a problem: 404 for an unknown destination */
    @GET
    @jakarta.ws.rs.Path("{flow}/{destination}/records")
    @Produces("application/x-ndjson")
    @Operation(summary = "Exports the hash of each key and of the form that was delivered last, as NDJSON")
    public StreamingOutput export(@PathParam("flow") String flow, @PathParam("destination") String destination,
            @Context RoutingContext http) throws IOException {
        Remembered found = known(flow, destination);
        longResponses.begin(http);
        return to -> {
            OutputStream out = new BufferedOutputStream(to);
            OpenForms.of(camel).memory().export(found.folder(data),
                    form -> out.write((Remembered.json(form) + "\n").getBytes(StandardCharsets.UTF_8)));
            out.flush();
        };
    }

    /** @return the destination as it is then; otherwise a problem: 400 for another number of values, 404 as above */
    @POST
    @jakarta.ws.rs.Path("{flow}/{destination}/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Forgets all records, or the one with this key: each is sent once more when it comes again")
    public Destination reset(@PathParam("flow") String flow, @PathParam("destination") String destination, Reset reset)
            throws IOException {
        Remembered found = known(flow, destination);
        try {
            OpenForms.of(camel).reset(found.folder(data),
                    reset == null || reset.key == null ? null : found.key(reset.key));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(Problem.sentence(e.getMessage()));
        }
        audit.write(AuditAction.FORGOT, flow + "/" + destination);
        return described(found);
    }

    private Remembered known(String flow, String destination) throws IOException {
        return remembered().stream()
                .filter(each -> each.flow().equals(flow) && each.destination().equals(destination)).findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "There is no destination with Only Changed of this name in this flow."));
    }
}
