// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.io.IOException;
import java.net.URI;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.access.Role;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.web.BrowserZone;
import dev.gtmroutes.console.web.InPlace;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The list of flows, and the switch of each. */
@Singleton
@Blocking
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class FlowPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(FlowListPage page);

        static native TemplateInstance changes(FlowListPage page, List<FlowChanges.Row> changed, boolean isOtherList);

        static native TemplateInstance cells(FlowLine line, String topic);
    }

    private static final int MOST_ZONES = 8;

    private final Audit audit;
    private final FlowStatuses flows;
    private final FlowSwitch switches;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final FlowLines lines;
    /** By the time zone of those who look: their today differs. */
    private final Map<ZoneId, FlowChanges> changes = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ZoneId, FlowChanges> eldest) {
            return size() > MOST_ZONES;
        }
    };
    private final SecurityIdentity person;
    private final String topic;

    FlowPages(Audit audit, FlowStatuses flows, FlowSwitch switches, FlowFiles files, FlowEditor editor, FlowLines lines,
            SecurityIdentity person,
            @ConfigProperty(name = "gtm.dead-letters.topic") Optional<String> topic) {
        this.audit = audit;
        this.flows = flows;
        this.switches = switches;
        this.files = files;
        this.editor = editor;
        this.lines = lines;
        this.person = person;
        this.topic = topic.orElse("").strip();
    }

    private static Response listPage() {
        return Response.seeOther(URI.create("/flows")).build();
    }

    @GET
    @Path("flows")
    public TemplateInstance list(@CookieParam(BrowserZone.COOKIE) String cookie) throws IOException {
        ZoneId zone = BrowserZone.of(cookie);
        return Templates.list(page(changes(zone).since(0, lines.all(zone)), zone));
    }

    /** The lines that have changed since a page was sent, each cell of theirs; nothing if none has. */
    @GET
    @Path("flows-changes")
    public Response changes(@QueryParam("after") @DefaultValue("0") long after,
            @CookieParam(BrowserZone.COOKIE) String cookie) throws IOException {
        ZoneId zone = BrowserZone.of(cookie);
        FlowChanges.Changes found = changes(zone).since(after, lines.all(zone));
        return !found.isOtherList() && found.changed().isEmpty() ? Response.noContent().build()
                : Response.ok(Templates.changes(page(found, zone), found.changed(), found.isOtherList())).build();
    }

    private FlowChanges changes(ZoneId zone) {
        synchronized (changes) {
            return changes.computeIfAbsent(zone, each -> new FlowChanges(line -> Templates.cells(line, topic).render()));
        }
    }

    private FlowListPage page(FlowChanges.Changes now, ZoneId zone) {
        boolean mayChange = person.hasRole(Role.OPERATOR.toString());
        return FlowListPage.of(now.number(), zone.getId(), now.all(), mayChange, mayChange && files.mayEdit(),
                files.readOnly().orElse(""));
    }

    @POST
    @Path("flows/{flow}/pause")
    public Response pause(@PathParam("flow") String flow, @HeaderParam(InPlace.TARGET) String target) {
        switches.pause(known(flow));
        lines.changed();
        audit.write(AuditAction.PAUSED, flow);
        return back(flow, target, "");
    }

    /** @param version of the file that the form beside the button was made of, if there is one; null for none */
    @POST
    @Path("flows/{flow}/activate")
    public Response activate(@PathParam("flow") String flow, @HeaderParam(InPlace.TARGET) String target,
            @HeaderParam("If-Match") String version) {
        boolean changed = version != null
                && files.find(flow).filter(each -> each.version().equals(version)).isEmpty();
        try {
            editor.activate(known(flow));
        } catch (RefusedEdit e) {
            // What tells a webhook has no file of its own.
            switches.resume(flow);
        }
        lines.changed();
        audit.write(AuditAction.ACTIVATED, flow);
        return back(flow, target, changed ? "?changed=true" : "");
    }

    /** To where the person has pressed the button: the page of the flow, or the list. */
    private Response back(String flow, String target, String query) {
        return "edit-state".equals(target) ? Response.seeOther(URI.create("/flows/" + flow + "/edit" + query)).build()
                : listPage();
    }

    private String known(String flow) {
        return flows.of(flow).orElseThrow(NotFoundException::new).id();
    }
}
