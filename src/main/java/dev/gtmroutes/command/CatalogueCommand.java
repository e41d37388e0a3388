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

/** {@code catalogue}: writes the Kamelets of vendors from their catalogue files, while the program runs or not. */
final class CatalogueCommand implements Command {

    private static final String HELP = """
            Writes the Kamelets of vendors from their catalogue files. A running program loads them by itself.

              catalogue            from all files in gtm.routes (routes/) catalogue/
              catalogue <file>     from this file, whose name is that of the vendor, such as acme.yaml

            The Kamelets of a vendor are in gtm.routes (routes/) kamelets/<vendor>/. A Kamelet whose first line does not say
            that it was generated is never changed. docs/vendors.md describes the files.
            Exit status: 0 written, 1 a file is wrong or could not be written, 2 wrong usage.
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
        if (arguments.size() > 1 || arguments.stream().anyMatch(each -> each.startsWith("-"))) {
            console.error("catalogue takes one file at most. See catalogue help");
            return USAGE;
        }
        Path routes = new ProgramSettings().routes();
        try {
            List<Path> files = arguments.isEmpty() ? Catalogue.files(routes) : List.of(Path.of(arguments.get(0)));
            if (files.isEmpty()) {
                console.error("there is no catalogue file in " + routes.resolve("catalogue") + ": name one");
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

    /** Reads all files before it writes: with a mistake in one, nothing changes. */
    private static int write(List<Path> files, Path routes, Terminal console) throws CatalogueException, IOException {
        List<Catalogue> catalogues = new ArrayList<>();
        for (Path each : files) {
            if (!Files.isRegularFile(each)) {
                console.error("there is no file " + each);
                return FAILED;
            }
            catalogues.add(Catalogue.read(each));
        }
        int status = DONE;
        for (Catalogue each : catalogues) {
            KameletFolder folder = each.folder(routes);
            folder.write();
            folder.stale().keySet().forEach(file -> console.line("written: " + file));
            folder.left().forEach(file -> console.line("removed: " + file + ", which the catalogue file no longer describes"));
            for (Path own : folder.ownFiles()) {
                console.error(own + " stays as it is: its first line does not say that it was generated. Give it another "
                        + "name, or take its endpoint out of the catalogue file");
                status = FAILED;
            }
            console.line("%s: %d Kamelets written, %d unchanged".formatted(each.vendor(), folder.stale().size(),
                    folder.unchanged()));
        }
        return status;
    }
}
