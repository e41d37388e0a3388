// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import dev.gtmroutes.catalogue.openapi.ImportException;
import dev.gtmroutes.catalogue.openapi.OpenApiImport;

/** {@code catalogue import}: writes entries of a catalogue file from an OpenAPI document. */
final class CatalogueImport {

    static final String NAME = "import";

    private static final Set<String> VALUED = Set.of("--vendor", "--paths", "--base-url");
    private static final Set<String> FLAGS = Set.of("--dry-run");

    private CatalogueImport() {
    }

    /** @return the exit status */
    static int run(List<String> arguments, Path routes, Terminal console)
            throws UsageException, ImportException, IOException {
        Arguments parsed = Arguments.parse(arguments, VALUED, FLAGS);
        if (parsed.words().size() != 1 || parsed.value("--vendor") == null) {
            throw new UsageException("import takes an OpenAPI document and --vendor <name>");
        }
        OpenApiImport made = OpenApiImport.of(new OpenApiImport.Wanted(Path.of(parsed.words().get(0)),
                parsed.value("--vendor"), text(parsed, "--paths"), text(parsed, "--base-url")), routes.resolve("catalogue"));
        made.told().forEach(console::line);
        if (made.count() == 0) {
            console.error("nothing was written: no operation of " + parsed.words().get(0) + " became a new entry");
            return Command.FAILED;
        }
        if (parsed.has("--dry-run")) {
            made.added().lines().forEach(console::line);
            console.line("Nothing was written. Without --dry-run, these lines are added to " + made.file());
            return Command.DONE;
        }
        made.write();
        console.line("%s: %d entries added. Check them, then write the Kamelets: catalogue %s".formatted(made.file(),
                made.count(), made.file()));
        return Command.DONE;
    }

    private static String text(Arguments parsed, String option) {
        return parsed.value(option) == null ? "" : parsed.value(option);
    }
}
