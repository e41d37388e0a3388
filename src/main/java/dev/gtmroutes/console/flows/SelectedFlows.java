// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.access.Audit;
import dev.gtmroutes.audit.AuditAction;
import dev.gtmroutes.console.web.InPlace;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.FlowSwitch;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.RefusedEdit;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Pauses, starts or deletes one or many flows of the list. */
@Singleton
@Blocking
@Path("/flows-selected")
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
@Produces(MediaType.APPLICATION_JSON)
public class SelectedFlows {

    /**
     * What came of it.
     *
     * @param message  for people, such as {@code 3 flows paused.}
     * @param problems a line for each flow that was left as it is
     * @param undo     what takes it back, such as {@code pause}; empty if nothing does
     * @param flows    those that were changed
     */
    @RegisterForReflection
    public record Result(String message, List<String> problems, String undo, List<String> flows) {
    }

    private interface Change {
        void make(String flow) throws RefusedEdit;
    }

    private final Audit audit;
    private final FlowStatuses statuses;
    private final FlowSwitch switches;
    private final FlowEditor editor;
    private final FlowLines lines;

    SelectedFlows(Audit audit, FlowStatuses statuses, FlowSwitch switches, FlowEditor editor, FlowLines lines) {
        this.audit = audit;
        this.statuses = statuses;
        this.switches = switches;
        this.editor = editor;
        this.lines = lines;
    }

    @POST
    @Path("pause")
    public Response pause(@FormParam("flow") List<String> flows, @HeaderParam(InPlace.REQUEST) boolean inPlace) {
        return change(flows, AuditAction.PAUSED, "paused", "activate", inPlace, flow -> {
            requireLoaded(flow);
            switches.pause(flow);
        });
    }

    @POST
    @Path("activate")
    public Response activate(@FormParam("flow") List<String> flows, @HeaderParam(InPlace.REQUEST) boolean inPlace) {
        return change(flows, AuditAction.ACTIVATED, "activated", "pause", inPlace, flow -> {
            requireLoaded(flow);
            try {
                editor.activate(flow);
            } catch (RefusedEdit e) {
                // What tells a webhook has no file of its own.
                switches.resume(flow);
            }
        });
    }

    @POST
    @Path("delete")
    public Response delete(@FormParam("flow") List<String> flows, @HeaderParam(InPlace.REQUEST) boolean inPlace) {
        return change(flows, AuditAction.DELETED, "deleted", "restore", inPlace, editor::delete);
    }

    /** Brings flows back that were deleted. They are not activated. */
    @POST
    @Path("restore")
    public Response restore(@FormParam("flow") List<String> flows, @HeaderParam(InPlace.REQUEST) boolean inPlace) {
        return change(flows, AuditAction.RESTORED, "restored and not activated", "", inPlace, editor::restoreDeleted);
    }

    private void requireLoaded(String flow) throws RefusedEdit {
        if (statuses.of(flow).filter(each -> each.state() != FlowState.NOT_LOADED).isEmpty()) {
            throw RefusedEdit.of(RefusedEdit.Kind.CONFLICT, "The flow is not loaded. Correct its settings first.");
        }
    }

    private Response change(List<String> flows, AuditAction action, String done, String undo, boolean inPlace,
            Change change) {
        List<String> changed = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (String flow : flows == null ? List.<String>of() : flows) {
            try {
                if (statuses.of(flow).isEmpty() && action != AuditAction.RESTORED) {
                    throw RefusedEdit.of(RefusedEdit.Kind.UNKNOWN, "The flow does not exist any more.");
                }
                change.make(flow);
                audit.write(action, flow);
                changed.add(flow);
            } catch (RefusedEdit e) {
                problems.add(flow + ": " + e.findings().stream().map(FieldFinding::message).findFirst().orElse(""));
            }
        }
        lines.changed();
        String message = changed.size() == 1 ? "Flow " + changed.get(0) + " " + done + "."
                : changed.size() + " flows " + done + ".";
        return inPlace ? Response.ok(new Result(message, problems, undo, changed)).build()
                : Response.seeOther(URI.create("/flows")).build();
    }
}
