// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.HashMap;
import java.util.Map;

import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;
import jakarta.inject.Singleton;

/** The {@link FlowSummary} of each flow. A file is read when it was loaded, and then not again. */
@Singleton
public class FlowSummaries {

    private final Flows flows;
    private Kamelets known = Kamelets.of(java.util.List.of());
    private Map<FlowFile, Map<String, FlowSummary>> read = Map.of();

    FlowSummaries(Flows flows) {
        this.flows = flows;
    }

    /** By flow. */
    public synchronized Map<String, FlowSummary> all() {
        Kamelets now = flows.kamelets();
        if (now != known) {
            read = Map.of();
            known = now;
        }
        Map<FlowFile, Map<String, FlowSummary>> next = new HashMap<>();
        Map<String, FlowSummary> all = new HashMap<>();
        for (FlowFile each : flows.files()) {
            Map<String, FlowSummary> ofFile = read.containsKey(each) ? read.get(each) : read(each);
            next.put(each, ofFile);
            all.putAll(ofFile);
        }
        read = next;
        return all;
    }

    /** Of a flow among {@link #all}, or of one that tells its responses. */
    FlowSummary of(FlowStatus flow, Map<String, FlowSummary> all) {
        return flow.tellsResponses() ? FlowSummary.ofTemplates("Responses of " + flow.webhookOf(),
                flow.destinations().stream().map(DestinationStatus::template).toList(), known)
                : all.getOrDefault(flow.id(), FlowSummary.UNKNOWN);
    }

    private Map<String, FlowSummary> read(FlowFile file) {
        Map<String, FlowSummary> found = new HashMap<>();
        for (YamlNode each : YamlFile.read(file.path()).root().items()) {
            YamlNode route = each.get("route").exists() ? each.get("route") : each.get("from");
            String id = route.get("id").text();
            found.put(id.isEmpty() && file.flows().size() == 1 ? file.flows().get(0) : id, FlowSummary.of(each, known));
        }
        return found;
    }
}
