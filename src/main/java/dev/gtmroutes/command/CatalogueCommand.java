// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.CatalogueException;
import dev.gtmroutes.catalogue.KameletFolder;
import dev.gtmroutes.catalogue.openapi.ImportException;

/** {@code catalogue}: writes the Kamelets of vendors from their catalogue files, while the program runs or not. */
final class CatalogueCommand implements Command {

    private static final String HELP = """
            Writes the Kamelets of vendors from their catalogue files. A running program loads the Kamelets automatically.

              catalogue            all files in catalogue/ under gtm.routes (default: routes)
              catalogue <file>     one file, which has the name of the vendor, such as acme.yaml
              catalogue import <OpenAPI document> --vendor <name> [--paths <paths>] [--base-url <URL>] [--dry-run]
                                   adds the endpoints and lists of the document to catalogue/<name>.yaml

            --paths chooses paths of the document, comma-separated: '/people,/people/*', and ** for any part of a path.
            --base-url replaces the URL of the document. --dry-run prints what would be added, and writes nothing.

            The Kamelets of a vendor are in kamelets/<vendor>/ under gtm.routes. The command never changes a Kamelet whose
            first line does not say that it was generated. docs/vendors.md describes the files.
            Exit status: 0 done, 1 a file has a mistake or could not be written, 2 wrong usage.
            """;

    @Override
    public String name() {
        return "catalogue";
    }

    @Override
    public int run(List<String> arguments, Terminal console) {
        if (Command.isHelp(arguments)) {
            console.page(HELP);
            return Command.flushed(console, DONE);
        }
        if (!arguments.isEmpty() && arguments.get(0).equals(CatalogueImport.NAME)) {
            return importing(arguments.subList(1, arguments.size()), console);
        }
        if (arguments.size() > 1 || arguments.stream().anyMatch(each -> each.startsWith("-"))) {
            console.error("catalogue takes at most one file. See catalogue help");
            return USAGE;
        }
        Path routes = new ProgramSettings().routes();
        try {
            List<Path> files = arguments.isEmpty() ? Catalogue.files(routes) : List.of(Path.of(arguments.get(0)));
            if (files.isEmpty()) {
                console.error("there is no catalogue file in " + routes.resolve("catalogue") + ". Give a file");
                return FAILED;
            }
            return Command.flushed(console, write(files, routes, console));
        } catch (CatalogueException e) {
            console.error(e.getMessage());
        } catch (IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
        }
        return FAILED;
    }

    private static int importing(List<String> arguments, Terminal console) {
        try {
            return Command.flushed(console, CatalogueImport.run(arguments, new ProgramSettings().routes(), console));
        } catch (UsageException e) {
            console.error(e.getMessage() + ". See catalogue help");
            return USAGE;
        } catch (ImportException e) {
            console.error(e.getMessage());
        } catch (IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
        }
        return FAILED;
    }

    /** Reads all files before it writes: with a mistake in one, nothing changes. */
    private static int write(List<Path> files, Path routes, Terminal console) throws CatalogueException, IOException {
        List<Catalogue> catalogues = new ArrayList<>();
        for (Path each : files) {
            if (!Files.isRegularFile(each)) {
                console.error("file not found: " + each);
                return FAILED;
            }
            catalogues.add(Catalogue.read(each));
        }
        int status = DONE;
        for (Catalogue each : catalogues) {
            KameletFolder folder = each.folder(routes);
            folder.write();
            folder.stale().keySet().forEach(file -> console.line("written: " + file));
            folder.left()
                    .forEach(file -> console.line("removed: " + file + ", which the catalogue file no longer describes"));
            for (Path own : folder.ownFiles()) {
                console.error(own + " was not changed, because its first line does not say that it was generated. Rename "
                        + "it, or remove its endpoint from the catalogue file");
                status = FAILED;
            }
            console.line("%s: %d Kamelets written, %d unchanged".formatted(each.vendor(), folder.stale().size(),
                    folder.unchanged()));
        }
        return status;
    }
}
