// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.credentials;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.console.web.QueryText;
import dev.gtmroutes.credential.TestedConnection;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.vault.CredentialVault;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;

/** The list of credentials, and the dialogs in which they are entered, tested and deleted. No page has a value. */
@Singleton
@Blocking
@Path("/credentials")
@Produces(MediaType.TEXT_HTML)
public class CredentialPages {

    private static final String VALUE = "value.";

    /**
     * What came of an action.
     *
     * @param isGood whether it did what it should
     * @param isDone whether the dialog has done its work
     */
    public record Said(String text, boolean isGood, boolean isDone) {
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(List<CredentialRow> credentials, boolean mayChange, String problem,
                boolean isKeyBesideData, String opened);

        static native TemplateInstance dialog(CredentialDialog dialog);

        static native TemplateInstance said(Said said);
    }

    private final Audit audit;
    private final CredentialList credentials;
    private final CredentialEdits edits;
    private final CredentialTests tests;
    private final CredentialVault vault;
    private final Flows flows;
    private final FlowStatuses statuses;
    private final SecurityIdentity person;

    CredentialPages(Audit audit, CredentialList credentials, CredentialEdits edits, CredentialTests tests,
            CredentialVault vault, Flows flows, FlowStatuses statuses, SecurityIdentity person) {
        this.audit = audit;
        this.credentials = credentials;
        this.edits = edits;
        this.tests = tests;
        this.vault = vault;
        this.flows = flows;
        this.statuses = statuses;
        this.person = person;
    }

    /**
     * @param added  vendor for which the dialog of a new credential is open; null for none
     * @param vendor of the credential whose dialog is open; null for none
     * @param name   of this credential
     */
    @GET
    public TemplateInstance list(@QueryParam("new") String added, @QueryParam("vendor") String vendor,
            @QueryParam("name") String name) {
        List<CredentialRow> rows = credentials.all().stream().map(this::row).toList();
        boolean mayChange = person.hasRole(Role.OPERATOR.toString());
        String problem = vault.problem() == null ? "" : vault.problem();
        boolean beside = mayChange && vault.isKeyBesideData() && rows.stream().anyMatch(each -> each.it().isStored());
        boolean isThere = rows.stream().map(CredentialRow::it)
                .anyMatch(each -> each.vendor().equals(vendor) && each.name().equals(name) && !each.storedIn().isLocked());
        String opened = !mayChange ? "" : added != null ? "/credentials/dialog?vendor=" + QueryText.encoded(added)
                : isThere ? "/credentials/dialog?vendor=" + QueryText.encoded(vendor) + "&name=" + QueryText.encoded(name)
                : "";
        return Templates.list(rows, mayChange, problem, beside, opened);
    }

    private CredentialRow row(CredentialJson credential) {
        String group = credentials.api(credential.vendor()).kamelet().group()
                .orElse(credential.title());
        return new CredentialRow(credential, VendorMark.of(group, flows.kamelets()));
    }

    /**
     * The form of a credential.
     *
     * @param vendor that is chosen; null for none
     * @param name   of a credential that there is; null for a new one
     */
    @GET
    @Path("dialog")
    public TemplateInstance dialog(@QueryParam("vendor") String vendor, @QueryParam("name") String name) {
        if (name == null) {
            return Templates.dialog(new CredentialDialog(null, credentials.apis().stream().map(this::vendor)
                    .filter(each -> !each.kinds().isEmpty()).toList(), vendor, List.of()));
        }
        CredentialJson known = credentials.find(vendor, name);
        List<String> waiting = known.flows().stream().filter(this::isWaiting).toList();
        return Templates
                .dialog(new CredentialDialog(row(known), List.of(vendor(credentials.api(vendor))),
                        vendor, waiting));
    }

    private CredentialDialog.Vendor vendor(VendorApi api) {
        return CredentialDialog.Vendor.of(api, credentials.kinds(api));
    }

    private boolean isWaiting(String flow) {
        return statuses.of(flow).filter(each -> each.state() == FlowState.WAITING_FOR_CREDENTIAL).isPresent();
    }

    /** Stores what was entered. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response save(MultivaluedMap<String, String> sent) {
        VendorApi api = credentials.api(text(sent, "vendor"));
        String name = text(sent, "name");
        try {
            if (sent.containsKey("new")) {
                edits.checkNew(api, name);
            }
            boolean isNew = edits.put(api, name, values(sent));
            audit.write(isNew ? AuditAction.CREATED_CREDENTIAL : AuditAction.REPLACED_CREDENTIAL, api.name() + "/" + name);
            return said(200, "Credential " + api.title() + " “" + name + "” " + (isNew ? "saved" : "replaced") + ". "
                    + effect(credentials.find(api.name(), name).flows().size()), true, true);
        } catch (RefusedCredential e) {
            return said(e.status(), e.getMessage(), false, false);
        }
    }

    private static String effect(int count) {
        return count == 0 ? "No flow uses it yet."
                : (count == 1 ? "The flow that uses it has" : count + " flows use it and have")
                        + " it from the next request "
                        + "on.";
    }

    /** Tests what was entered, and stores nothing. */
    @POST
    @Path("trial")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response trial(MultivaluedMap<String, String> sent) throws InterruptedException {
        VendorApi api = credentials.api(text(sent, "vendor"));
        try {
            TestedConnection result = edits.trial(api, text(sent, "name"), values(sent));
            audit.write(AuditAction.TESTED, api.name() + "/" + text(sent, "name"));
            return said(200, told(api, result), result.works(), false);
        } catch (RefusedCredential e) {
            return said(e.status(), e.getMessage(), false, false);
        }
    }

    @POST
    @Path("{vendor}/{name}/test")
    public Response test(@PathParam("vendor") String vendor, @PathParam("name") String name)
            throws InterruptedException {
        credentials.find(vendor, name);
        VendorApi api = credentials.api(vendor);
        TestedConnection result = tests.test(api, name);
        audit.write(AuditAction.TESTED, vendor + "/" + name);
        return said(200, told(api, result), result.works(), true);
    }

    @POST
    @Path("{vendor}/{name}/delete")
    public Response delete(@PathParam("vendor") String vendor, @PathParam("name") String name) {
        VendorApi api = credentials.api(vendor);
        try {
            edits.delete(api, name);
            audit.write(AuditAction.DELETED_CREDENTIAL, vendor + "/" + name);
            return said(200, "Credential " + api.title() + " “" + name + "” deleted.", true, true);
        } catch (RefusedCredential e) {
            return said(200, e.getMessage(), false, true);
        }
    }

    private static String told(VendorApi api, TestedConnection result) {
        return result.works() ? api.title() + " accepted the credential (" + result.status() + ", " + result.millis()
                + " ms)." : "The test failed: " + result.detail() + ".";
    }

    private static Response said(int status, String text, boolean isGood, boolean isDone) {
        return Response.status(status).type(MediaType.TEXT_HTML + ";charset=UTF-8")
                .entity(Templates.said(new Said(text, isGood, isDone)).render()).build();
    }

    private static String text(MultivaluedMap<String, String> sent, String name) {
        String value = sent.getFirst(name);
        return value == null ? "" : value.strip();
    }

    private static Map<String, String> values(MultivaluedMap<String, String> sent) {
        Map<String, String> values = new HashMap<>();
        sent.keySet().stream().filter(each -> each.startsWith(VALUE))
                .forEach(each -> values.put(each.substring(VALUE.length()), sent.getFirst(each)));
        return values;
    }
}
