// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.console.state.VendorMark;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.flow.FlowStatuses;
import dev.gtmroutes.form.FlowFiles;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.apache.camel.CamelContext;

/** How far exports and reads of lists are. */
@Singleton
@Blocking
@Path("/exports")
@Produces(MediaType.TEXT_HTML)
public class ExportPages {

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance list(List<ExportRow> exports, List<ReadRow> reads);
    }

    private final CamelContext camel;
    private final FlowStatuses flows;
    private final FlowFiles files;
    private final ExportsResource exports;

    ExportPages(CamelContext camel, FlowStatuses flows, FlowFiles files, ExportsResource exports) {
        this.camel = camel;
        this.flows = flows;
        this.files = files;
        this.exports = exports;
    }

    /** All of them. */
    @GET
    public TemplateInstance all() throws IOException {
        Instant now = Instant.now();
        return Templates.list(exports.all().stream().map(each -> ExportRow.of(each, source(each.flow()), now)).toList(),
                exports.reads().stream().map(each -> new ReadRow(each, source(each.flow()), now)).toList());
    }

    private SourceFlow source(String id) {
        Kamelets known = files.kamelets();
        Optional<FlowStatus> flow = flows.of(id);
        List<DestinationStatus> to = flow.map(FlowStatus::destinations).orElse(List.of());
        Optional<KameletDefinition> first = known.find(FlowRoute.firstKamelet(camel, id));
        return new SourceFlow(id, flow.isPresent(), FlowRoute.reading(camel, id),
                first.map(each -> VendorMark.of(each, known)).orElse(VendorMark.NONE),
                first.map(KameletDefinition::plainTitle).orElse(""),
                to.isEmpty() ? "" : known.find(to.get(0).template() + "-sink")
                        .map(ExportPages::destination).orElse(""),
                to.stream().mapToLong(each -> each.tally().recordsUnchanged()).sum());
    }

    private static String destination(KameletDefinition template) {
        String vendor = VendorMark.vendor(template);
        return (vendor.equals(VendorMark.OTHER) ? "" : vendor + ", ") + template.plainTitle();
    }
}
