// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.time.Instant;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.flow.FlowStatuses;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Tells people who have the form of a flow open of each other. Nothing changes by it, so it is not audited. */
@Singleton
@Blocking
@Path("/flows/{flow}/presence")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public class PresencePages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance others(List<Presence.Window> others);
    }

    private final Audit audit;
    private final FlowStatuses statuses;
    private final Presence presence;

    PresencePages(Audit audit, FlowStatuses statuses, Presence presence) {
        this.audit = audit;
        this.statuses = statuses;
        this.presence = presence;
    }

    /** @param window a name that the page gave itself. @return a line for each of the others */
    @POST
    @Produces(MediaType.TEXT_HTML)
    public TemplateInstance isOpen(@PathParam("flow") String flow, @FormParam("window") String window) {
        if (statuses.of(flow).isEmpty()) {
            throw new NotFoundException();
        }
        return Templates.others(presence.isOpen(flow, name(window), audit.account(), Instant.now()));
    }

    @POST
    @Path("end")
    public void isClosed(@PathParam("flow") String flow, @FormParam("window") String window) {
        presence.isClosed(name(window), audit.account());
    }

    private static String name(String window) {
        if (window == null || !window.matches("[\\w-]{8,64}")) {
            throw new BadRequestException("The request names no window.");
        }
        return window;
    }
}
