// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

import dev.gtmroutes.access.AccessRefusal;
import dev.gtmroutes.access.IntakeTokens;
import dev.gtmroutes.api.GzipBody;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.inbox.FlowSources;
import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.web.ArrivingBody;
import dev.gtmroutes.web.Problem;
import dev.gtmroutes.web.SlowSenderException;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** {@code POST /intake/<flow>}: takes records for a flow and answers when they are on the disk. */
@Singleton
@Path("/intake")
@Tag(name = "Intake")
public class IntakeResource {

    /** Records that are on the disk. */
    @Schema(name = "Taken")
    public record Taken(String flow, long bytes) {
    }

    private final Flows flows;
    private final Intake intake;
    private final IntakeTokens tokens;
    private final FlowSources sources;
    private final java.nio.file.Path inbox;
    private final long maxBytes;

    IntakeResource(Flows flows, Intake intake, IntakeTokens tokens, CamelContext camel,
            @ConfigProperty(name = "gtm.data") java.nio.file.Path data,
            @ConfigProperty(name = "gtm.intake.max-bytes") MemorySize maxBytes) {
        this.flows = flows;
        this.intake = intake;
        this.tokens = tokens;
        this.sources = new FlowSources(camel);
        this.inbox = data.resolve("inbox");
        this.maxBytes = maxBytes.asLongValue();
    }

    /**
     * Takes one body of records.
     *
     * @return 202 when they are on the disk, with the size of the (unpacked) body in bytes; otherwise a problem:
     *         400 for an empty or broken body, 401 without the token of the flow, 403 where others reach a flow that
     *         has none, 404 for an unknown flow, 408 for a body that arrives too slowly, 409 for a flow that does not
     *         read the inbox that this writes to, 413 for a body above {@code gtm.intake.max-bytes}, 415 for a form that
     *         is not taken, 503 while the program stops or receives too many bodies, and 507 if the disk did not take the
     *         records
     */
    @POST
    @Blocking
    @Path("{flow}")
    @Operation(summary = "Accepts records for a flow; responds when the records are on the disk")
    @APIResponse(responseCode = "202", description = "The records are on the disk; the number is the size of the unpacked "
            + "body in bytes",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Taken.class)))
    public Response take(@PathParam("flow") String flow,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            @Context RoutingContext http) {
        Optional<AccessRefusal> refused = Intake.isFlowId(flow) ? tokens.refusal(flow, http.request()) : Optional.empty();
        if (refused.isPresent()) {
            return refused(refused.get());
        }
        if (!Intake.isFlowId(flow) || !flows.knows(flow)) {
            return Problem.of(404, "Not Found", "There is no flow with this id. GET /api/flows lists the flows.");
        }
        String stranded = sources.problem(flow, inbox.resolve(flow));
        if (stranded != null) {
            return Problem.of(409, "Conflict", stranded);
        }
        Optional<BodyFormat> format = BodyType.of(contentType);
        if (format.isEmpty()) {
            return unsupportedType();
        }
        if (!isPlain(encoding) && !isGzip(encoding)) {
            return unsupported("This Content-Encoding is not supported. Send the body without Content-Encoding, or with "
                    + "gzip.");
        }
        if (length != null && length > maxBytes) {
            return Problem.of(413, "Content Too Large", "The body is larger than the " + maxBytes
                    + " bytes that gtm.intake.max-bytes allows. Send the records in several requests.");
        }
        ArrivingBody body = ArrivingBody.of(http);
        return store(flow, format.get(), isGzip(encoding), body == null ? InputStream.nullInputStream() : body);
    }

    /** A {@code Content-Type} that is no media type at all is refused before {@link #take} is called. */
    @ServerExceptionMapper
    Response unreadableType(WebApplicationException refused) {
        return unsupportedType();
    }

    private Response store(String flow, BodyFormat format, boolean packed, InputStream body) {
        try {
            long bytes = intake.take(flow, format, packed ? new UnpackedStream(body) : body);
            return Response.accepted(new Taken(flow, bytes)).type(MediaType.APPLICATION_JSON_TYPE).build();
        } catch (IntakeRefused e) {
            if (e.getCause() instanceof SlowSenderException slow) {
                return Problem.of(408, Problem.title(408), slow.getMessage());
            }
            return switch (e.reason()) {
                case BAD_FLOW -> Problem.of(404, "Not Found", e.getMessage());
                case EMPTY, UNREADABLE -> Problem.of(400, "Bad Request", e.getMessage());
                case TOO_LARGE -> Problem.of(413, "Content Too Large", e.getMessage());
                case NOT_STORED -> Problem.of(507, "Insufficient Storage", e.getMessage());
                case CLOSED -> Problem.of(503, "Service Unavailable", e.getMessage());
            };
        }
    }

    private static Response refused(AccessRefusal refusal) {
        Response.ResponseBuilder answer = Response.fromResponse(
                Problem.of(refusal.status(), Problem.title(refusal.status()), refusal.detail()));
        refusal.headers().forEach(answer::header);
        return answer.build();
    }

    private static Response unsupportedType() {
        return unsupported("This Content-Type is missing or not supported. Allowed: " + BodyType.TAKEN + ".");
    }

    private static Response unsupported(String detail) {
        return Problem.of(415, "Unsupported Media Type", detail);
    }

    private static boolean isPlain(String encoding) {
        return encoding == null || encoding.isBlank() || encoding.trim().equalsIgnoreCase("identity");
    }

    private static boolean isGzip(String encoding) {
        return encoding != null && encoding.trim().toLowerCase(Locale.ROOT).equals("gzip");
    }

    /** Unpacks gzip from the first read on, so that a broken header is a failed read like any other. */
    private static final class UnpackedStream extends InputStream {

        private final InputStream packed;
        private InputStream unpacked;

        UnpackedStream(InputStream packed) {
            this.packed = packed;
        }

        @Override
        public int read() throws IOException {
            return unpacked().read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return unpacked().read(buffer, offset, length);
        }

        private InputStream unpacked() throws IOException {
            if (unpacked == null) {
                unpacked = new GzipBody(packed);
            }
            return unpacked;
        }
    }
}
