// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The results of a crash matrix for people: as Markdown, and as the failures alone. */
final class MatrixReport {

    private static final int MOST_SHOWN = 3;

    private final List<MatrixColumn> columns = new ArrayList<>();

    void add(MatrixColumn column) {
        columns.add(column);
    }

    boolean passed() {
        return columns.stream().allMatch(MatrixColumn::passed);
    }

    /**
     * The broken promises of each cell that did not pass, with some of the cases; empty if all passed.
     *
     * @param most how many cases of each promise
     */
    String failures(int most) {
        StringBuilder text = new StringBuilder();
        for (MatrixColumn column : columns) {
            column.results().forEach(result -> result.broken().forEach((promise, seen) -> failure(text,
                    result.cell.name() + ", " + column.fault().title() + ": " + promise, seen, most)));
            if (!column.strangers().isEmpty()) {
                failure(text, column.fault().title() + ": requests without a flow or a credential", column.strangers(),
                        most);
            }
        }
        return text.toString();
    }

    private static void failure(StringBuilder text, String what, List<String> seen, int most) {
        text.append(what).append(" (").append(seen.size()).append(")\n");
        seen.stream().limit(most).forEach(one -> text.append("    ").append(one).append('\n'));
    }

    String failures() {
        return failures(MOST_SHOWN);
    }

    /** @param origin the date, version and machine, as a sentence */
    String markdown(String origin) {
        StringBuilder text = new StringBuilder("# Crash matrix\n\n").append(origin).append("\n\n").append("""
                Each cell is a flow from a source to a destination. The packaged program runs the flows of all cells at \
                once, and the fault happens again and again while records are under way. Every record is looked for at the \
                destination and in the dead letters.

                A cell passes if no record is lost, no record is carried out twice on a once-only flow, exactly those \
                records are rejected that the destination refuses, no request is wrong, and no more records come again \
                than were in flight at the faults. Without a fault, no record comes again.

                """);
        overview(text);
        columns.forEach(column -> table(text, column));
        return text.toString();
    }

    private void overview(StringBuilder text) {
        text.append("| source | destination |");
        columns.forEach(column -> text.append(' ').append(column.fault().title()).append(" |"));
        text.append("\n|---|---|").append("---|".repeat(columns.size())).append('\n');
        List<MatrixCell> cells = columns.get(0).results().stream().map(result -> result.cell).toList();
        for (int i = 0; i < cells.size(); i++) {
            MatrixCell cell = cells.get(i);
            text.append("| ").append(cell.source().label()).append(" | ").append(cell.destination().label()).append(" |");
            for (MatrixColumn column : columns) {
                text.append(column.results().get(i).passed() ? " passed |" : " **failed** |");
            }
            text.append('\n');
        }
    }

    private static void table(StringBuilder text, MatrixColumn column) {
        text.append("\n## Fault: ").append(column.fault().title())
                .append("\n\n| source | destination | records in | delivered | rejected | held | lost | duplicates ")
                .append("| in flight at the faults | once-only duplicates | result |\n|").append("---|".repeat(11))
                .append('\n');
        for (CellResult each : column.results()) {
            text.append("| ").append(each.cell.source().label()).append(" | ").append(each.cell.destination().label())
                    .append(" | ");
            Arrays.stream(new int[] {each.in, each.delivered, each.rejected, each.held, each.lost, each.duplicates,
                    each.inFlight, each.onceOnlyDuplicates}).forEach(number -> text.append(number).append(" | "));
            text.append(each.passed() ? "passed" : String.join("; ", each.broken().keySet())).append(" |\n");
        }
    }
}
