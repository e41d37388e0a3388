// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Whether records are lost or carried out twice: sources, destinations and faults, each with each. Started by
 * {@code bench/crash-matrix.sh}, which says how; the column without a fault is also a test.
 */
public final class CrashMatrix {

    private final List<MatrixCell> cells;
    private final MatrixReport report = new MatrixReport();

    /**
     * @param words   names, sources or destinations of cells; none for all cells
     * @param records how many each cell moves
     * @throws IllegalArgumentException if a word means no cell
     */
    public CrashMatrix(List<String> words, int records) {
        List<MatrixCell> all = MatrixCell.all(records);
        words.forEach(word -> {
            if (all.stream().noneMatch(cell -> cell.isMeantBy(word))) {
                throw new IllegalArgumentException("There is no cell '" + word + "'; there are: "
                        + String.join(", ", all.stream().map(MatrixCell::name).toList()));
            }
        });
        cells = all.stream().filter(cell -> words.isEmpty() || words.stream().anyMatch(cell::isMeantBy)).toList();
    }

    /** Runs the column without a fault. */
    public CrashMatrix runWithoutFault(Path directory, String arguments) throws IOException, InterruptedException {
        run(MatrixFault.NONE, 0, 0, directory, arguments);
        return this;
    }

    private void run(MatrixFault fault, int times, long seed, Path directory, String arguments)
            throws IOException, InterruptedException {
        report.add(MatrixRun.of(cells, fault, times, seed, directory, arguments));
    }

    /** For each cell that did not pass, what was wrong, with some of the cases; empty if all passed. */
    public String failures() {
        return report.failures();
    }

    /**
     * Usage: CrashMatrix FAULTS CELLS RECORDS TIMES SEED PROGRAM WORK ORIGIN OUT. Ends with 1 if a cell failed.
     * Faults and cells are separated by commas; no cells means all.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<MatrixFault> faults;
        CrashMatrix matrix;
        try {
            faults = words(args[0]).stream().map(MatrixFault::named).toList();
            matrix = new CrashMatrix(words(args[1]), Integer.parseInt(args[2]));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path work = Path.of(args[6]);
        for (MatrixFault fault : faults.isEmpty() ? List.of(MatrixFault.values()) : faults) {
            long began = System.nanoTime();
            matrix.run(fault, Integer.parseInt(args[3]), Long.parseLong(args[4]),
                    Files.createDirectories(work.resolve(fault.label())), args[5]);
            System.out.println(fault.title() + ": took " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        }
        Files.writeString(Path.of(args[8]), matrix.report.markdown(args[7]));
        Files.writeString(work.resolve("failures"), matrix.report.failures(Integer.MAX_VALUE));
        System.out.print(matrix.report.failures());
        System.exit(matrix.report.passed() ? 0 : 1);
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(",")).filter(word -> !word.isBlank()).toList();
    }
}
