// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.flows.FlowRow;
import dev.gtmroutes.console.samples.SampleCells;
import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.console.state.SourceConcerns;
import dev.gtmroutes.console.web.InPlace;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.inbox.Backlog;
import dev.gtmroutes.inbox.UnfinishedNames;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

        static native TemplateInstance text(FlowRow flow, FlowTextPage page, boolean mayChange, boolean mayEdit);

        static native TemplateInstance state(FlowRow flow, boolean mayChange, boolean mayEdit, boolean mayDuplicate);

        static native TemplateInstance duplicate(String flow, String id, List<String> errors);

        static native TemplateInstance delete(FlowRow flow, String file, Backlog.Records waiting, List<String> errors);
    }

    /** The version of no file: a form that was made from another file than the one that there is now is not saved. */
    private static final String CHANGED = "changed";

    private final Audit audit;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final FlowStatuses watch;
    private final SourceConcerns concerns;
    private final CredentialChoices credentials;
    private final SampleSource samples;
    private final SecurityIdentity person;
    private final Backlog backlog;
    private final SampleCells cells;

    FlowFormPages(Audit audit, FlowFiles files, FlowEditor editor, FlowStatuses watch, SourceConcerns concerns,
            CredentialChoices credentials,
            SecurityIdentity person, SampleSource samples, SampleCells cells,
            @ConfigProperty(name = "gtm.data") java.nio.file.Path data,
            @ConfigProperty(name = "gtm.inbox.unfinished") Optional<String> unfinished) {
        this.audit = audit;
        this.files = files;
        this.editor = editor;
        this.watch = watch;
        this.concerns = concerns;
        this.credentials = credentials;
        this.person = person;
        this.samples = samples;
        this.cells = cells;
        this.backlog = new Backlog(data.resolve("inbox"), new UnfinishedNames(unfinished.orElse("")));
    }

    @GET
    @Path("flows/new")
    public TemplateInstance blank(@QueryParam("source") String source, @QueryParam("template") String template,
            @QueryParam("vendor") String vendor) {
        FlowForm form = new FlowForm("", "", "false", source == null ? "inbox-source" : source, Map.of(),
                template == null ? "" : template, Map.of());
        return page(form, vendor == null ? "" : vendor, null, "", List.of(), files.readOnly().orElse(""), false);
    }

    /** The same form again, with the fields of what is chosen now. Nothing is saved. */
    @POST
    @Path("flows/form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public TemplateInstance again(@HeaderParam(InPlace.REQUEST) boolean inPlace, MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.asInPage(files);
        String version = values.value("version");
        FlowRow row = version.isEmpty() || files.find(form.id()).isEmpty() ? null : row(form.id());
        // After a refused save, no mark goes before the mistake is gone.
        List<FieldFinding> findings = values.has("tried") ? files.findings(form, row == null) : List.of();
        return page(form, values.value("vendor"), row, version, findings, "", inPlace);
    }

    @POST
    @Path("flows")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response create(@HeaderParam(InPlace.REQUEST) boolean inPlace, MultivaluedMap<String, String> sent) {
        FlowFormValues values = values(sent);
        FlowForm form = values.form(null);
        try {
            editor.create(form);
            audit.write(AuditAction.CREATED, form.id());
            return saved(form.id());
        } catch (RefusedEdit e) {
            return refused(e, page(form, values.value("vendor"), null, "", e.findings(), "", inPlace));
        }
    }

    @GET
    @Path("flows/{flow}/edit")
    public Response edit(@PathParam("flow") String flow, @QueryParam("saved") boolean saved,
            @QueryParam("restored") boolean restored, @QueryParam("changed") boolean changed) throws RefusedEdit {
        FlowRow row = row(flow);
        if (files.find(flow).isEmpty()) {
            // What tells a webhook has no file of its own.
            return Response.seeOther(URI.create("/flows")).build();
        }
        StoredFlow stored = stored(flow);
        String notice = saved ? "Saved. " + row.effect()
                : restored ? "The version before is in use again." : files.readOnly().orElse("");
        TemplateInstance page = stored.form().isEmpty()
                ? Templates.text(row, FlowTextPage.of(stored, files.kamelets()), mayChange(), mayEdit())
                : page(shown(stored.form().get()), "", row, changed ? CHANGED : stored.version(), List.of(),
                        notice, saved ? undo(stored) : 0, null, false);
        return Response.ok(page).build();
    }

    /** The number of the version before this one; 0 if there is none. */
    private int undo(StoredFlow now) throws RefusedEdit {
        List<StoredVersion> versions = mayEdit() ? files.versions(now.form().orElseThrow().id()) : List.of();
        return versions.size() > 1 && versions.get(0).is(now.text()) && versions.get(1).isKept()
                && versions.get(0).kind() != StoredVersion.Kind.CREATED ? versions.get(1).number() : 0;
    }

    /** The part of its page that is read again and again. */
    @GET
    @Path("flows/{flow}/edit/state")
    public TemplateInstance state(@PathParam("flow") String flow, @QueryParam("duplicate") boolean mayDuplicate) {
        return Templates.state(row(flow), mayChange(), mayEdit(), mayDuplicate);
    }

    @POST
    @Path("flows/{flow}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(@PathParam("flow") String flow, @HeaderParam(InPlace.REQUEST) boolean inPlace,
            MultivaluedMap<String, String> sent) throws RefusedEdit {
        StoredFlow stored = stored(flow);
        FlowFormValues values = values(sent);
        FlowForm form = values.form(stored.form().orElseThrow(NotFoundException::new));
        try {
            // A person who overwrites what another one saved has seen it: this very version.
            String version = values.value("overwrite").isEmpty() ? values.value("version") : values.value("overwrite");
            editor.save(version, form);
            audit.write(AuditAction.EDITED, flow);
            if (values.value("activate").equals("true")) {
                editor.activate(flow);
                audit.write(AuditAction.ACTIVATED, flow);
            }
            return saved(flow);
        } catch (RefusedEdit e) {
            SaveConflict conflict = e.kind() == RefusedEdit.Kind.CHANGED ? SaveConflict.of(stored(flow), form, files) : null;
            return refused(e, page(form, values.value("vendor"), row(flow), values.value("version"), e.findings(), "",
                    0, conflict, inPlace));
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
            editor.duplicate(flow, id);
            audit.write(AuditAction.CREATED, id);
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
            editor.delete(flow);
            audit.write(AuditAction.DELETED, flow);
            return Response.seeOther(URI.create("/flows?deleted=" + flow)).build();
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

    private TemplateInstance page(FlowForm form, String vendor, FlowRow row, String version,
            List<FieldFinding> findings, String notice, boolean inPlace) {
        return page(form, vendor, row, version, findings, notice, 0, null, inPlace);
    }

    private TemplateInstance page(FlowForm form, String vendor, FlowRow row, String version,
            List<FieldFinding> findings, String notice, int undo, SaveConflict conflict, boolean inPlace) {
        SampleSource.Records records = mayEdit() ? samples.of("", row == null ? "" : form.id(), form.template(), "",
                cells.of(form.source(), form.sourceParameters()))
                : SampleSource.none();
        // A template says itself whose it is.
        String chosen = files.kamelets().find(form.template()).map(KameletMenu::vendor).orElse(vendor);
        return Templates.form(new FlowFormPage(form, chosen, row, version, mayChange(), mayEdit(), findings,
                files.kamelets(), credentials::of, credentials.newFor(chosen), records, notice, undo, conflict, inPlace));
    }

    private boolean mayChange() {
        return person.hasRole(Role.OPERATOR.toString());
    }

    private FlowForm shown(FlowForm form) {
        return mayChange() ? form.masked(files.kamelets()) : form.forViewer(files.kamelets());
    }

    private boolean mayEdit() {
        return mayChange() && files.mayEdit();
    }

    private StoredFlow stored(String flow) {
        return files.find(flow).orElseThrow(NotFoundException::new);
    }

    private FlowRow row(String flow) {
        return watch.of(flow).map(each -> new FlowRow(each, FlowChip.of(each, concerns.of(flow))))
                .orElseThrow(NotFoundException::new);
    }

    private static List<String> messages(RefusedEdit refused) {
        return refused.findings().stream().map(FieldFinding::message).toList();
    }

    private static Response saved(String flow) {
        return Response.seeOther(URI.create("/flows/" + flow + "/edit?saved=true")).build();
    }

    private static Response refused(RefusedEdit refused, TemplateInstance page) {
        return Response.status(refused.kind().status()).entity(page).build();
    }
}
