// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

/** Tables in {@code docs/benchmarks.md} and {@code docs/guarantees.md} are the newest rows of {@code bench/RESULTS.md}. */
class BenchmarksPageTest {

    @Test
    void theNewestRowsAreUpToDate() throws IOException {
        Map<String, List<String>> tables = tables();
        assertThat(tables).isNotEmpty();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            GeneratedPart.assertIs("benchmarks.md", table.getKey(), "\n" + newest(table.getValue()) + "\n");
        }
    }

    @Test
    void theNewestCrashAuditIsUpToDate() throws IOException {
        List<String> rows = tables().get("crash-audit.sh");
        String[] titles = rows.get(0).split("\\|");
        String[] values = rows.get(rows.size() - 1).split("\\|");
        StringBuilder table = new StringBuilder("\n| | |\n|---|---|\n");
        for (int i = 1; i < titles.length; i++) {
            table.append("|").append(titles[i]).append("|").append(values[i]).append("|\n");
        }
        GeneratedPart.assertIs("guarantees.md", "crash audit", table.append('\n').toString());
    }

    /** The lines of each benchmark's table, by the name of its script. */
    private static Map<String, List<String>> tables() throws IOException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String section : Files.readString(Path.of("bench/RESULTS.md")).split("(?m)^## ")) {
            List<String> rows = section.lines().filter(line -> line.startsWith("|")).toList();
            if (!rows.isEmpty()) {
                tables.put(section.lines().findFirst().orElseThrow().strip(), rows);
            }
        }
        return tables;
    }

    /** The head of the table, and all rows of the version and day of the last one. */
    private static String newest(List<String> rows) {
        String last = run(rows.get(rows.size() - 1));
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            if (i < 2 || run(rows.get(i)).equals(last)) {
                table.append(rows.get(i)).append('\n');
            }
        }
        return table.toString();
    }

    /** The first two cells, day and version: rows of one run have them in common. */
    private static String run(String row) {
        String[] cells = row.split("\\|");
        return cells[1] + cells[2];
    }
}
