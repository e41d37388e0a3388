// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.sandbox.Sandbox;

/** An export out of the sandbox, in a Camel of its own. */
public final class SandboxExport implements AutoCloseable {

    private final ExportRun run;

    public SandboxExport(Path data, Sandbox sandbox, String parameters) throws Exception {
        run = new ExportRun(data, sandbox).start(parameters);
    }

    /** The day up to which all is delivered; empty as long as there is none. */
    public String watermark() {
        return run.document().path("watermark").asText("");
    }

    public List<String> records() {
        return run.records();
    }

    @Override
    public void close() {
        run.close();
    }
}
