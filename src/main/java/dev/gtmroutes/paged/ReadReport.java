// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.disk.FolderContent;

/**
 * How far a paged read is, by its document.
 *
 * @param flow      id of its flow
 * @param problem   why its document cannot be read, one line; null if it can. There is nothing else then
 * @param concerns  what a person has to know, each on one line; empty where another program reads
 * @param reads     what is read, such as {@code /activities 2025-01-01..}; empty as long as no page came
 * @param begun     when the read under way began; null between two
 * @param offset    how many records of it are delivered
 * @param total     how many records it has, as the API says; -1 if it does not
 * @param watermark a day, or a time in UTC: what changed before is delivered. Null as long as the first read goes on, or if
 *                  each read reads all
 * @param ended     when the last read ended; null if none did
 */
public record ReadReport(String flow, String problem, List<String> concerns, String reads, Instant begun, long offset,
        long total, String watermark, Instant ended) {

    private static final String DOCUMENT = ".json";

    /** Reads all of them, in the order of their flows. @param concerns by flows, of the reads that are here */
    static List<ReadReport> all(List<Path> folders, Map<String, List<String>> concerns) throws IOException {
        Map<String, ReadReport> all = new TreeMap<>();
        // A read that did not get a page so far has no document.
        concerns.forEach((flow, each) -> all.put(flow, new ReadReport(flow, null, each, "", null, 0, -1, null, null)));
        for (Path folder : folders) {
            for (Path each : FolderContent.of(folder)) {
                String name = each.getFileName().toString();
                if (name.endsWith(DOCUMENT)) {
                    String flow = name.substring(0, name.length() - DOCUMENT.length());
                    all.put(flow, read(flow, each, concerns.getOrDefault(flow, List.of())));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** A day is shown as one. */
    private static String text(Instant watermark) {
        return watermark == null ? null : watermark.toString().replace("T00:00:00Z", "");
    }

    private static ReadReport read(String flow, Path document, List<String> concerns) {
        try {
            ReadProgress progress = ProgressDocument.read(Files.readAllBytes(document));
            return new ReadReport(flow, null, concerns, progress.order(), progress.begun(),
                    progress.place().offset(), progress.place().total(), text(progress.watermark()), progress.ended());
        } catch (IOException e) {
            return new ReadReport(flow, document + " cannot be read: " + e.getMessage(), concerns, null, null, 0, -1, null,
                    null);
        }
    }
}
