// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.DataVersion;
import dev.gtmroutes.export.ExportReport;

/** {@code exports}: how far the exports from People.ai are, while the program runs or not. */
final class ExportsCommand implements Command {

    private static final String WINDOW = "%-34s %-11s %-20s %9s %15s %12s  %s";
    private static final String HELP = """
            Prints the progress of exports from People.ai. The program may be running.

              exports             exports of all flows
              exports <flow>...   exports of these flows

            Exit status: 0 done, 1 failed, 2 wrong usage.
            """;

    @Override
    public String name() {
        return "exports";
    }

    @Override
    public int run(List<String> arguments, Terminal console) {
        if (Command.isHelp(arguments)) {
            console.page(HELP);
            return Command.flushed(console, DONE);
        }
        if (arguments.stream().anyMatch(each -> each.startsWith("-"))) {
            console.error("exports takes only names of flows. See exports help");
            return USAGE;
        }
        try {
            ProgramSettings settings = new ProgramSettings();
            DataVersion.check(settings.data());
            DataVersion.check(settings.state());
            return Command.flushed(console, print(ExportReport.all(settings.state()), arguments, console));
        } catch (IOException | RuntimeException e) {
            console.error(Exceptions.text(e));
            return FAILED;
        }
    }

    private static int print(List<ExportReport> all, List<String> flows, Terminal console) {
        List<String> known = all.stream().map(ExportReport::flow).toList();
        for (String each : flows) {
            if (!known.contains(each)) {
                console.error("flow " + each + " has no export" + (known.isEmpty() ? "" : ". Flows with an export: "
                        + String.join(", ", known)));
                return FAILED;
            }
        }
        if (all.isEmpty()) {
            console.line("no exports");
        }
        int status = DONE;
        for (ExportReport each : all) {
            if (flows.isEmpty() || flows.contains(each.flow())) {
                status = Math.max(status, print(each, console));
            }
        }
        return status;
    }

    private static int print(ExportReport export, Terminal console) {
        if (export.problem() != null) {
            console.error(export.flow() + ": " + export.problem());
            return FAILED;
        }
        console.line("%s: %s of %s activities from %s %s. %s".formatted(export.flow(), export.exportType(),
                export.activityType(), export.start(), export.end() == null ? "on, without an end" : "to " + export.end(),
                export.watermark() == null ? "No day is completely delivered"
                        : "All days up to " + export.watermark() + " are delivered"));
        export.concerns().forEach(each -> console.line("Problem: " + each));
        console.line(WINDOW.formatted("WINDOW", "STATE", "JOB", "FRAGMENTS", "BYTES", "RECORDS", "NEXT"));
        for (ExportReport.Window each : export.windows()) {
            console.line(WINDOW.formatted(each.type() + " " + each.start() + ".." + each.end(), each.state(),
                    each.job(), each.fragmentsDone() + "/" + each.fragments(), each.bytes(), each.records(),
                    each.nextAction()) + (each.lastError().isEmpty() ? "" : ". Last error: " + each.lastError()));
        }
        return DONE;
    }
}
