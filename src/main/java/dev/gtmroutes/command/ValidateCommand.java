// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.CatalogueException;
import dev.gtmroutes.catalogue.KameletFolder;
import dev.gtmroutes.flow.DryLoad;
import dev.gtmroutes.flow.settings.DrySettings;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.vault.CredentialVault;

/** {@code validate}: whether the routes are without mistakes, while the program runs or not, and where it never does. */
final class ValidateCommand implements Command {

    private static final String HELP = """
            Checks flows and Kamelets without starting a flow. It reads, sends and writes no records. It runs no beans,
            scripts and classes that files name. The program may be running.

              validate             checks flows/ and kamelets/ under gtm.routes (default: routes)
              validate <folder>    checks flows/ and kamelets/ in this folder

            Each finding is a line: file, line, what is wrong, why, and what to do. Credentials are not required.
            Exit status: 0 no findings, 1 findings or failed, 2 wrong usage.
            """;

    /** What runs here is not of interest, only what comes of it. */
    private static final List<Logger> SILENT = List.of(Logger.getLogger("org.apache.camel"),
            Logger.getLogger("dev.gtmroutes"));

    @Override
    public String name() {
        return "validate";
    }

    @Override
    public int run(List<String> arguments, Terminal console) {
        if (Command.isHelp(arguments)) {
            console.page(HELP);
            return Command.flushed(console, DONE);
        }
        if (arguments.size() > 1 || arguments.stream().anyMatch(each -> each.startsWith("-"))) {
            console.error("validate takes at most one folder. See validate help");
            return USAGE;
        }
        List<Level> before = SILENT.stream().map(Logger::getLevel).toList();
        SILENT.forEach(each -> each.setLevel(Level.OFF));
        try {
            ProgramSettings settings = new ProgramSettings();
            return Command.flushed(console, validate(arguments.isEmpty() ? settings.routes() : Path.of(arguments.get(0)),
                    new DrySettings(settings.names(), settings::value,
                            CredentialVault.settings(settings.data())),
                    console));
        } catch (IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
            return FAILED;
        } finally {
            for (int i = 0; i < before.size(); i++) {
                SILENT.get(i).setLevel(before.get(i));
            }
        }
    }

    private static int validate(Path routes, DrySettings settings, Terminal console) throws IOException {
        Lint lint = new Lint(routes, Settings.of(settings::has));
        int kamelets = lint.kameletFiles().size();
        int flows = lint.flowFiles().size();
        if (kamelets + flows == 0) {
            console.error(
                    (Files.isDirectory(routes) ? "there is no flows/ and no kamelets/ in " : "folder not found: ") + routes
                            + ". Give a folder that contains flows/ and kamelets/");
            return FAILED;
        }
        List<String> notLoaded = new ArrayList<>();
        List<String> findings = findings(lint, settings, notLoaded);
        findings.addAll(catalogue(routes));
        findings.forEach(console::line);
        notLoaded.forEach(console::line);
        if (!settings.missing().isEmpty()) {
            console.line("These settings of credentials are not set here; set them where the flows run: "
                    + String.join(", ", settings.missing()));
        }
        console.line("%s and %s checked: %s".formatted(count(flows, "file of flows", "files of flows"),
                count(kamelets, "Kamelet", "Kamelets"), findings.isEmpty() ? "no findings"
                        : count(findings.size(), "finding", "findings")));
        if (isNative()) {
            console.line("A native program runs only the linter. To load the flows as well, run java -jar quarkus-run.jar "
                    + "validate");
        }
        return findings.isEmpty() ? DONE : FAILED;
    }

    /** Those of the linter, and of the load of each file in which the linter sees no mistake. */
    private static List<String> findings(Lint lint, DrySettings settings, List<String> notLoaded) throws IOException {
        List<Finding> linted = lint.check();
        List<String> all = linted.stream().map(Finding::toString).collect(Collectors.toCollection(ArrayList::new));
        if (isNative()) {
            return all;
        }
        Set<Path> faulty = linted.stream().filter(each -> !each.isWarning()).map(Finding::file).collect(Collectors.toSet());
        try (DryLoad dry = new DryLoad(lint, settings)) {
            for (Path each : lint.flowFiles()) {
                if (!faulty.contains(each)) {
                    DryLoad.Checked checked = dry.check(each);
                    all.addAll(checked.problems());
                    if (!checked.notLoaded().isEmpty()) {
                        notLoaded.add(each + " was checked by the linter only, because loading it would run code: "
                                + checked.notLoaded());
                    }
                }
            }
        }
        return all;
    }

    /** Mistakes in catalogue files, and those whose Kamelets were not written anew. */
    private static List<String> catalogue(Path routes) throws IOException {
        List<String> findings = new ArrayList<>();
        for (Path each : Catalogue.files(routes)) {
            try {
                KameletFolder folder = Catalogue.read(each).folder(routes);
                int others = folder.stale().size() + folder.left().size();
                if (others > 0) {
                    findings.add(each + ":1: " + count(others, "Kamelet is", "Kamelets are") + " out of date with this "
                            + "file: run the command catalogue [stale]");
                }
            } catch (CatalogueException e) {
                findings.add(e.getMessage() + " [catalogue]");
            }
        }
        return findings;
    }

    /** Camel can be made once only in a native image: what a second one needs is not in it (camel-quarkus#6049). */
    private static boolean isNative() {
        return "runtime".equals(System.getProperty("org.graalvm.nativeimage.imagecode"));
    }

    private static String count(int number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
