// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import java.io.InputStream;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.inbox.FlowSources;
import dev.gtmroutes.record.read.RecordSize;
import dev.gtmroutes.web.ArrivingBody;
import dev.gtmroutes.web.Problem;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Takes a file from a browser: first to look at its records, then, if the person confirms it, into the inbox. */
@Singleton
@Blocking
@Path("/")
public class UploadPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance preview(String id, UploadPreview preview);
    }

    private final Audit audit;
    private final FlowStatuses flows;
    private final FlowSources sources;
    private final StagedUploads uploads;
    private final java.nio.file.Path inbox;
    private final long maxBytes;
    private final RecordSize maxRecord;

    UploadPages(Audit audit, FlowStatuses flows, CamelContext camel, StagedUploads uploads,
            @ConfigProperty(name = "gtm.data") java.nio.file.Path data,
            @ConfigProperty(name = "gtm.intake.max-bytes") MemorySize maxBytes,
            @ConfigProperty(name = RecordSize.SETTING, defaultValue = "16M") String maxRecord) {
        this.audit = audit;
        this.flows = flows;
        this.sources = new FlowSources(camel);
        this.uploads = uploads;
        this.inbox = data.resolve("inbox");
        this.maxBytes = maxBytes.asLongValue();
        this.maxRecord = RecordSize.of(maxRecord);
    }

    /**
     * Takes the bytes of a file. The flow does not get it yet.
     *
     * @param name of the file
     * @return its first records as a part of the page; otherwise a problem: 404 for an unknown flow, 409 for a flow without
     *         an inbox, 413 for a file that is too large, 422 for one without records, 507 if the disk did not take it
     */
    @POST
    @Path("flows/{flow}/upload")
    public Response upload(@PathParam("flow") String flow, @QueryParam("name") @DefaultValue("") String name,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length, @Context RoutingContext http) {
        try {
            requireInbox(flow);
            if (length != null && length > maxBytes) {
                throw StagedUploads.tooLarge(maxBytes);
            }
            InputStream body = ArrivingBody.of(http);
            String id = uploads.stage(flow, name, body == null ? InputStream.nullInputStream() : body, maxBytes);
            return preview(flow, id);
        } catch (UploadRefused e) {
            return refused(e);
        }
    }

    private Response preview(String flow, String id) throws UploadRefused {
        StagedUploads.Staged staged = uploads.find(flow, id);
        boolean isGood = false;
        try {
            UploadPreview preview = UploadPreview.of(staged.file(), staged.name(), maxRecord);
            isGood = true;
            return Response.ok(Templates.preview(id, preview), MediaType.TEXT_HTML_TYPE).build();
        } finally {
            if (!isGood) {
                uploads.discard(flow, id);
            }
        }
    }

    /** The person has seen the first records: the flow gets the file. */
    @POST
    @Path("flows/{flow}/upload/{id}")
    public Response send(@PathParam("flow") String flow, @PathParam("id") String id) {
        try {
            requireInbox(flow);
            String name = uploads.publish(flow, id);
            audit.write(AuditAction.UPLOADED, flow);
            return Response.ok(new Sent(name), MediaType.APPLICATION_JSON_TYPE).build();
        } catch (UploadRefused e) {
            return refused(e);
        }
    }

    /** A file that is in the inbox now. @param name that it has there */
    @RegisterForReflection
    public record Sent(String name) {
    }

    /** The person does not want to send the file. */
    @DELETE
    @Path("flows/{flow}/upload/{id}")
    public Response discard(@PathParam("flow") String flow, @PathParam("id") String id) {
        uploads.discard(flow, id);
        return Response.noContent().build();
    }

    private void requireInbox(String flow) throws UploadRefused {
        if (flows.of(flow).filter(each -> !each.tellsResponses()).isEmpty()) {
            throw new UploadRefused(404, "The flow does not exist any more.");
        }
        if (flows.of(flow).filter(each -> each.state() == FlowState.NOT_LOADED).isPresent()) {
            throw new UploadRefused(409, "The flow is not loaded, so its inbox is not known. Correct its settings first.");
        }
        String unread = sources.unread(flow, inbox.resolve(flow));
        if (unread != null) {
            throw new UploadRefused(409, "The flow " + unread + ".");
        }
    }

    private static Response refused(UploadRefused refused) {
        return Problem.of(refused.status(), Problem.title(refused.status()), refused.getMessage());
    }
}
