// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.web.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/credentials}: which there are, and whether they work. Values come in, and never go out. */
@Singleton
@Blocking
@Path("/api/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credentials")
public class CredentialsResource {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What somebody enters.
     *
     * @param values by the ends of the names of their settings, such as {@code api-key}
     */
    @Schema(name = "CredentialValues")
    public record Entered(Map<String, String> values) {

        /** Read by hand: a message about a body of another form would quote a secret. */
        static Map<String, String> of(String body) throws RefusedCredential {
            Map<String, String> all = new HashMap<>();
            try {
                JsonNode values = JSON.readTree(body).path("values");
                if (values.isObject()) {
                    values.fields().forEachRemaining(each -> all.put(each.getKey(), each.getValue().asText("")));
                    return all;
                }
            } catch (IOException e) {
                // Said below.
            }
            throw new RefusedCredential(BAD_REQUEST, "The body does not have the required form: "
                    + "{\"values\": {\"api-key\": \"...\"}}.");
        }

        @Override
        public String toString() {
            return "Entered[***]";
        }
    }

    private static final int BAD_REQUEST = 400;

    private final Audit audit;
    private final CredentialList credentials;
    private final CredentialEdits edits;
    private final CredentialTests tests;

    CredentialsResource(Audit audit, CredentialList credentials, CredentialEdits edits, CredentialTests tests) {
        this.audit = audit;
        this.credentials = credentials;
        this.edits = edits;
        this.tests = tests;
    }

    /** @return all that flows name, settings give or the program stores, without any value */
    @GET
    @Operation(summary = "Lists credentials, which of their settings are set (without values), and the flows that use them")
    public List<CredentialJson> all() {
        return credentials.all();
    }

    /** @return 201 or 204; otherwise a problem: 404, 409 if it comes from settings, 422, 503 if it cannot be stored */
    @PUT
    @Path("{vendor}/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Stores a credential, encrypted; flows use it from the next request on. No answer contains a value")
    public Response put(@PathParam("vendor") String vendor, @PathParam("name") String name,
            @RequestBody(content = @Content(schema = @Schema(implementation = Entered.class))) String body) {
        try {
            boolean isNew = edits.put(credentials.api(vendor), name, Entered.of(body));
            audit.write(isNew ? AuditAction.CREATED_CREDENTIAL : AuditAction.REPLACED_CREDENTIAL, vendor + "/" + name);
            return isNew ? Response.created(URI.create("/api/credentials/" + vendor + "/" + name)).build()
                    : Response.noContent().build();
        } catch (RefusedCredential e) {
            throw problem(e);
        }
    }

    /** @return 204; otherwise a problem: 404, 409 if it comes from settings or has no value */
    @DELETE
    @Path("{vendor}/{name}")
    @Operation(summary = "Deletes a stored credential; flows that use it wait for another one")
    public Response delete(@PathParam("vendor") String vendor, @PathParam("name") String name) {
        try {
            edits.delete(credentials.api(vendor), name);
            audit.write(AuditAction.DELETED_CREDENTIAL, vendor + "/" + name);
            return Response.noContent().build();
        } catch (RefusedCredential e) {
            throw problem(e);
        }
    }

    /** @return whether it works; otherwise a problem: 404 for an unknown one, 409 while it is being tested */
    @POST
    @Path("{vendor}/{name}/test")
    @Operation(summary = "Tests a credential with a small read at its vendor; takes at most one minute")
    public TestedConnection test(@PathParam("vendor") String vendor, @PathParam("name") String name)
            throws InterruptedException {
        credentials.find(vendor, name);
        TestedConnection result = tests.test(credentials.api(vendor), name);
        audit.write(AuditAction.TESTED, vendor + "/" + name);
        return result;
    }

    /** @return whether it would work; otherwise a problem: 404, 409 for a refresh token, 422 */
    @POST
    @Path("{vendor}/{name}/trial")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Tests values with a small read at the vendor, without storing them; not for refresh tokens, which a "
                    + "test would use up")
    public TestedConnection trial(@PathParam("vendor") String vendor, @PathParam("name") String name,
            @RequestBody(content = @Content(schema = @Schema(implementation = Entered.class))) String body)
            throws InterruptedException {
        try {
            TestedConnection result = edits.trial(credentials.api(vendor), name, Entered.of(body));
            audit.write(AuditAction.TESTED, vendor + "/" + name);
            return result;
        } catch (RefusedCredential e) {
            throw problem(e);
        }
    }

    private static WebApplicationException problem(RefusedCredential e) {
        return new WebApplicationException(Problem.of(e.status(), Problem.title(e.status()), e.getMessage()));
    }
}
