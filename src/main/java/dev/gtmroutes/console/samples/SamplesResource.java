// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.samples.SampleRequests.Previewed;
import dev.gtmroutes.console.samples.SampleRequests.Sample;
import dev.gtmroutes.console.samples.SampleRequests.Tested;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SampleRequest;
import dev.gtmroutes.delivery.sample.TestedRequest;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.web.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/samples} and {@code /api/tests}: what a template would send for some records, and one of it sent. */
@Singleton
@Blocking
@Path("/api")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Samples")
public class SamplesResource {

    private static final int UNPROCESSABLE = 422;

    /**
     * What is tried.
     *
     * @param template     the Kamelet
     * @param parameters   of the template
     * @param records      as they would lie in the inbox: JSON objects, one per line, a JSON array, or CSV; without
     *                     any, those of the template's own sample
     * @param request      which of the requests is sent as a test, from 0
     * @param confirmation the word "send", where a test has an effect each time or cannot be undone
     * @param csvTypes     as in {@code inbox-source}, if the records are CSV
     * @param csvEmpty     as in {@code inbox-source}, if the records are CSV
     */
    public record SampleDocument(String template, Map<String, String> parameters, String records, Integer request,
            String confirmation, String csvTypes, String csvEmpty) {
    }

    /** A request as it would be sent, with credentials shown as {@code ***}. */
    public record RequestJson(String method, String url, Map<String, String> headers, String body) {

        static RequestJson of(SampleRequest request) {
            return new RequestJson(request.method(), request.url(), request.headers(),
                    new String(request.body(), StandardCharsets.UTF_8));
        }
    }

    /**
     * The requests, in their order, and the records that would be rejected without being sent.
     *
     * @param differences       where records that would be sent differ from the schema of the endpoint
     * @param credentialProblem why they cannot be sent for now; empty if they can
     */
    public record PreviewJson(List<RequestJson> requests, List<Preview.Refused> refused,
            List<Preview.Difference> differences, String credentialProblem) {
    }

    /** The request that was sent, and what came of it. */
    public record TestJson(RequestJson request, TestedRequest outcome) {
    }

    private final Audit audit;
    private final SampleRequests requests;
    private final SampleSource source;
    private final SampleCells cells;

    SamplesResource(Audit audit, SampleRequests requests, SampleSource source, SampleCells cells) {
        this.audit = audit;
        this.requests = requests;
        this.source = source;
        this.cells = cells;
    }

    /** @return the requests; otherwise a problem: 422 where none can be made */
    @POST
    @Path("samples")
    @Operation(summary = "Previews the requests of a template for sample records; nothing is sent")
    @APIResponse(responseCode = "200", description = "The requests",
            content = @Content(schema = @Schema(implementation = PreviewJson.class)))
    public Response preview(SampleDocument wanted) {
        try {
            Previewed preview = requests.preview(sample(wanted));
            return Response.ok(new PreviewJson(preview.shown().stream().map(RequestJson::of).toList(),
                    preview.refused(), preview.differences(), preview.credentialProblem())).build();
        } catch (RefusedSample e) {
            return problem(e);
        }
    }

    /** @return what came of it; otherwise a problem: 422 where nothing is sent */
    @POST
    @Path("tests")
    @Operation(summary = "Sends one request for sample records to the vendor; it is not counted and not repeated")
    @APIResponse(responseCode = "200", description = "The request and the response of the vendor",
            content = @Content(schema = @Schema(implementation = TestJson.class)))
    public Response test(SampleDocument wanted) throws InterruptedException {
        try {
            Sample sample = sample(wanted);
            Tested tested = requests.test(sample, wanted.request() == null ? 0 : wanted.request(),
                    wanted.confirmation() == null ? "" : wanted.confirmation(), "", null);
            audit.write(AuditAction.TESTED, wanted.template());
            return Response.ok(new TestJson(RequestJson.of(tested.request()), tested.outcome())).build();
        } catch (RefusedSample e) {
            return problem(e);
        }
    }

    private Sample sample(SampleDocument wanted) throws RefusedSample {
        if (wanted == null || wanted.template() == null) {
            throw new RefusedSample("template", "the template is missing");
        }
        CsvCells become = cells.ofInbox(wanted.csvTypes(), wanted.csvEmpty());
        String records = wanted.records() != null ? wanted.records()
                : source.of(SampleSource.TEMPLATE, "", wanted.template(), "", become).text();
        return new Sample(wanted.template(), wanted.parameters() == null ? Map.of() : wanted.parameters(), records,
                become);
    }

    private static Response problem(RefusedSample refused) {
        String field = refused.field().isEmpty() ? "" : refused.field() + ": ";
        return Problem.of(UNPROCESSABLE, "Unprocessable Content", Problem.sentence(field + refused.getMessage()));
    }
}
