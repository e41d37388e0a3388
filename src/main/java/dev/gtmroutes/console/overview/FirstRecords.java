// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.form.FlowEditor;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.SandboxService;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import org.apache.camel.CamelContext;

/**
 * The way to a first delivered record: a flow that sends to the sandbox, and to nothing else, is made and gets a record.
 */
@Singleton
public class FirstRecords {

    /** What tells the sample record from others, in a body without blanks. */
    private static final String NAME = "\"external_id\":\"sample-call-1\"";
    private static final int MOST_BYTES = 16 * 1024;

    private final FlowStatuses statuses;
    private final Flows flows;
    private final FlowFiles files;
    private final FlowEditor editor;
    private final SandboxService sandbox;
    private final Intake intake;
    private final CamelContext camel;

    FirstRecords(FlowStatuses statuses, Flows flows, FlowFiles files, FlowEditor editor, SandboxService sandbox,
            Intake intake,
            CamelContext camel) {
        this.statuses = statuses;
        this.flows = flows;
        this.files = files;
        this.editor = editor;
        this.sandbox = sandbox;
        this.intake = intake;
        this.camel = camel;
    }

    /**
     * How far it is.
     *
     * @param mayChange whether this person may change anything
     * @return          empty if a sample record would leave this machine: without a sandbox, or with a flow of this name
     *                  that sends elsewhere
     */
    Optional<FirstRecord> now(boolean mayChange) {
        if (!isSafe()) {
            return Optional.empty();
        }
        Optional<FlowStatus> flow = statuses.of(SampleFlow.ID);
        boolean isActive = flow.filter(each -> each.state() == FlowState.ACTIVE).isPresent();
        boolean isSent = flow.filter(FirstRecords::hasReceived).isPresent();
        List<RecentRequest> requests = isSent ? DestinationRegistry.of(camel).recentRequests().after(0).stream()
                .filter(each -> each.flow().equals(SampleFlow.ID)).toList() : List.of();
        RecentRequest last = requests.isEmpty() ? null : requests.get(requests.size() - 1);
        return Optional.of(new FirstRecord(SampleFlow.ID, SampleFlow.description(), SampleFlow.recordText(),
                mayChange && files.mayEdit() && files.readOnly().isEmpty(), isActive,
                flow.filter(each -> each.state() != FlowState.ACTIVE && each.state() != FlowState.PAUSED)
                        .map(FlowStatus::reason).orElse(""),
                isSent, last, last == null ? null : received().orElse(null)));
    }

    private static boolean hasReceived(FlowStatus flow) {
        return flow.waiting().files() > 0
                || flow.destinations().stream().anyMatch(each -> each.tally().recordsRead() > 0);
    }

    private boolean isSafe() {
        Optional<String> place = sandbox.sandbox().map(Sandbox::url).map(each -> each + "/");
        YamlFile file = files.find(SampleFlow.ID).map(each -> YamlFile.of(each.path(), each.text()))
                .orElseGet(SampleFlow::file);
        return place.isPresent() && SampleFlow.sendsOnlyTo(place.get(), file, flows.kamelets(), this::resolved);
    }

    private String resolved(String text) {
        return camel.resolvePropertyPlaceholders(text);
    }

    private Optional<RecordedRequest> received() {
        List<RecordedRequest> all = sandbox.sandbox().map(Sandbox::requests).orElse(List.of());
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).body().length <= MOST_BYTES
                    && new String(all.get(i).body(), StandardCharsets.UTF_8).replace(" ", "").contains(NAME)) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    /**
     * Makes the flow, or lets it run if there is one.
     *
     * @throws RefusedEdit          if flows cannot be changed here
     * @throws ClientErrorException if it would send elsewhere
     */
    void activate() throws RefusedEdit {
        requireSafe();
        Optional<StoredFlow> stored = files.find(SampleFlow.ID);
        if (stored.isPresent()) {
            editor.activate(SampleFlow.ID);
        } else {
            editor.saveText(SampleFlow.ID, null, SampleFlow.text());
        }
    }

    /**
     * Gives the flow the sample record, as a request to its intake would.
     *
     * @throws ClientErrorException if there is no such flow, if it would send elsewhere, or the record cannot be saved
     */
    void send() {
        requireSafe();
        if (!flows.knows(SampleFlow.ID)) {
            throw new ClientErrorException("Activate the flow " + SampleFlow.ID + " first.", Response.Status.CONFLICT);
        }
        try {
            intake.take(SampleFlow.ID, BodyFormat.JSON, SampleFlow.recordBody());
        } catch (IntakeRefused e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.CONFLICT);
        }
    }

    private void requireSafe() {
        if (!isSafe()) {
            throw new ClientErrorException("The sample record is only sent to the sandbox. Start the program with the "
                    + "command demo.", Response.Status.CONFLICT);
        }
    }

    /** The vendors, and where their APIs are: the sandbox, or the host of each. */
    List<VendorPlace> vendors() {
        String place = sandbox.sandbox().map(each -> each.url() + "/").orElse(null);
        Map<VendorMark, Set<String>> urls = new KnownVendors(flows.kamelets()).baseUrls(this::resolved);
        return urls.entrySet().stream().map(each -> VendorPlace.of(each.getKey(), each.getValue(), place)).toList();
    }
}
