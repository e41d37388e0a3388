// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.access.Role;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.inbox.UnfinishedNames;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The form of a flow: to make one, to change it, to make another one like it, and to delete it. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class FlowFormPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance form(FlowFormPage page);

        static native TemplateInstance text(FlowRow flow, FlowTextPage page, boolean mayChange);

        static native TemplateInstance state(FlowRow flow, boolean mayChange, boolean mayDuplicate);

        static native TemplateInstance duplicate(String flow, String id, List<String> errors);

        static native TemplateInstance delete(FlowRow flow, String file, Backlog.Records waiting, List<String> errors);
    }

    private final FlowFiles files;
    private final FlowStatuses watch;
    private final CredentialNames credentials;
    private final SampleSource samples;
    private final SecurityIdentity person;
    private final Backlog backlog;

    FlowFormPages(FlowFiles files, FlowStatuses watch, CredentialNames credentials, SecurityIdentity person,
            SampleSource samples, @ConfigProperty(name = "gtm.data") java.nio.file.Path data,
            @ConfigProperty(name = "gtm.inbox.unfinished") Optional<String> unfinished) {
        this.files = files;
        this.watch = watch;
        this.credentials = credentials;
        this.person = person;
        this.samples = samples;
        this.backlog = new Backlog(data.resolve("inbox"), new UnfinishedNames(unfinished.orElse("")));
    }

    @GET
    @Path("flows/new")
    public TemplateInstance blank(@QueryParam("source") String source, @QueryParam("template") String template) {
        return page(new FlowForm("", "", "false", source == null ? "inbox-source" : source, Map.of(),
                template == null ? "" : template, Map.of()), null, "", List.of(), "");
    }

    /** The same form again, with the fields of what is chosen now. Nothing is saved. */
    @POST
    @Path("flows/form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance again(MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        String version = values.value("version");
        FlowRow row = version.isEmpty() || files.find(form.id()).isEmpty() ? null : row(form.id());
        return page(form, row, version, List.of(), "");
    }

    @POST
    @Path("flows")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(MultivaluedMap<String, String> sent) {
        FlowForm form = values(sent).form(null);
        try {
            files.create(form);
            return saved(form.id());
        } catch (RefusedEdit e) {
            return refused(e, page(form, null, "", e.findings(), ""));
        }
    }

    @GET
    @Path("flows/{flow}")
    public Response edit(@PathParam("flow") String flow, @QueryParam("saved") boolean saved) {
        FlowRow row = row(flow);
        if (files.find(flow).isEmpty()) {
            // What tells a webhook has no file of its own.
            return Response.seeOther(URI.create("/flows")).build();
        }
        StoredFlow stored = stored(flow);
        TemplateInstance page = stored.form().isEmpty()
                ? Templates.text(row, FlowTextPage.of(stored, files.kamelets()), mayChange())
                : page(stored.form().get().masked(files.kamelets()), row, stored.version(), List.of(),
                        saved ? "Saved." : "");
        return Response.ok(page).build();
    }

    /** The part of its page that is read again and again. */
    @GET
    @Path("flows/{flow}/state")
    public TemplateInstance state(@PathParam("flow") String flow, @QueryParam("duplicate") boolean mayDuplicate) {
        return Templates.state(row(flow), mayChange(), mayDuplicate);
    }

    @POST
    @Path("flows/{flow}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("flow") String flow, MultivaluedMap<String, String> sent) {
        StoredFlow stored = stored(flow);
        FlowFormValues values = values(sent);
        FlowForm form = values.form(stored.form().orElseThrow(NotFoundException::new));
        try {
            files.save(values.value("version"), form);
            if (values.value("activate").equals("true")) {
                files.activate(flow);
            }
            return saved(flow);
        } catch (RefusedEdit e) {
            return refused(e, page(form, row(flow), values.value("version"), e.findings(), ""));
        }
    }

    @GET
    @Path("flows/{flow}/duplicate")
    public TemplateInstance askForId(@PathParam("flow") String flow) {
        stored(flow);
        return Templates.duplicate(flow, flow + "-copy", List.of());
    }

    @POST
    @Path("flows/{flow}/duplicate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response duplicate(@PathParam("flow") String flow, MultivaluedMap<String, String> sent) {
        String id = values(sent).value("id");
        try {
            files.duplicate(flow, id);
            return saved(id);
        } catch (RefusedEdit e) {
            return refused(e, Templates.duplicate(flow, id, messages(e)));
        }
    }

    @GET
    @Path("flows/{flow}/delete")
    public TemplateInstance askToDelete(@PathParam("flow") String flow) {
        return delete(flow, List.of());
    }

    @POST
    @Path("flows/{flow}/delete")
    public Response delete(@PathParam("flow") String flow) {
        try {
            files.delete(flow);
            return Response.seeOther(URI.create("/flows")).build();
        } catch (RefusedEdit e) {
            return refused(e, e.kind() == RefusedEdit.Kind.UNKNOWN ? null : delete(flow, messages(e)));
        }
    }

    private TemplateInstance delete(String flow, List<String> errors) {
        return Templates.delete(row(flow), stored(flow).path().toString(), backlog.records(flow), errors);
    }

    private FlowFormValues values(MultivaluedMap<String, String> sent) {
        return new FlowFormValues(sent, files.kamelets());
    }

    private TemplateInstance page(FlowForm form, FlowRow row, String version, List<FieldFinding> findings,
            String notice) {
        boolean mayChange = mayChange();
        SampleSource.Records records = mayChange ? samples.of("", row == null ? "" : form.id(), form.template(), "")
                : SampleSource.none();
        return Templates.form(new FlowFormPage(form, row, version, mayChange, findings, files.kamelets(),
                credentials.all(), records, notice));
    }

    private boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    private StoredFlow stored(String flow) {
        return files.find(flow).orElseThrow(NotFoundException::new);
    }

    private FlowRow row(String flow) {
        return watch.of(flow).map(FlowRow::new).orElseThrow(NotFoundException::new);
    }

    private static List<String> messages(RefusedEdit refused) {
        return refused.findings().stream().map(FieldFinding::message).toList();
    }

    private static Response saved(String flow) {
        return Response.seeOther(URI.create("/flows/" + flow + "?saved=true")).build();
    }

    private static Response refused(RefusedEdit refused, TemplateInstance page) {
        return Response.status(refused.kind().status()).entity(page).build();
    }
}
