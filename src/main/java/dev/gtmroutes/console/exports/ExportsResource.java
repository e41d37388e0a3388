// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.export.ExportReport;
import dev.gtmroutes.export.Exports;
import dev.gtmroutes.paged.PagedReads;
import dev.gtmroutes.paged.ReadReport;
import dev.gtmroutes.sources.StateFolder;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/exports}: how far the exports from People.ai are, and the reads of lists. */
@Singleton
@Blocking
@jakarta.ws.rs.Path("/api/exports")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Watching")
public class ExportsResource {

    private final CamelContext camel;
    private final Path state;

    ExportsResource(CamelContext camel, @ConfigProperty(name = "gtm.data") Path data,
            @ConfigProperty(name = "gtm.state") Optional<String> state) {
        this.camel = camel;
        this.state = new StateFolder(state.orElse("")).of(data);
    }

    /** @return all of them, those of flows that are gone included, by their state documents */
    @GET
    @Operation(summary = "Returns the progress of exports from People.ai, by window")
    public List<ExportReport> all() throws IOException {
        return Exports.reports(camel, state);
    }

    /** @return all of them, by their documents */
    @GET
    @jakarta.ws.rs.Path("reads")
    @Operation(summary = "Returns the progress of reads of lists, page by page")
    public List<ReadReport> reads() throws IOException {
        return PagedReads.reports(camel, state);
    }
}
