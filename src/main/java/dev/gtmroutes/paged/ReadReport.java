// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param pages     how many pages of it are delivered
 * @param total     how many records it has, as the API says; -1 if it does not
 * @param watermark a day, or a time in UTC: what changed before is delivered. Null as long as the first read goes on, or if
 *                  each read reads all
 * @param moved     when the last page was delivered, or the read began; null between two
 * @param ended     when the last read ended; null if none did
 * @param next      when the next read begins; null if none does, if one is under way, or if another program reads
 */
public record ReadReport(String flow, String problem, List<String> concerns, String reads, Instant begun, long offset,
        long pages, long total, String watermark, Instant moved, Instant ended, Instant next) {

    private static final String DOCUMENT = ".json";

    /**
     * What the program that reads knows.
     *
     * @param concerns what a person has to know, each on one line
     * @param period   the time from the end of a read to the next; zero for one read only
     */
    record Here(List<String> concerns, Duration period) {

        private static final Here NOT = new Here(List.of(), Duration.ZERO);
    }

    /** Reads all of them, in the order of their flows. @param here by flows, the reads of this program */
    static List<ReadReport> all(List<Path> folders, Map<String, Here> here) throws IOException {
        Map<String, ReadReport> all = new TreeMap<>();
        // A read that did not get a page so far has no document.
        here.forEach((flow, each) -> all.put(flow,
                new ReadReport(flow, null, each.concerns(), "", null, 0, 0, -1, null, null, null, null)));
        for (Path folder : folders) {
            for (Path each : FolderContent.of(folder)) {
                String name = each.getFileName().toString();
                if (name.endsWith(DOCUMENT)) {
                    String flow = name.substring(0, name.length() - DOCUMENT.length());
                    all.put(flow, read(flow, each, here.getOrDefault(flow, Here.NOT)));
                }
            }
        }
        return List.copyOf(all.values());
    }

    /** A day is shown as one. */
    private static String text(Instant watermark) {
        return watermark == null ? null : watermark.toString().replace("T00:00:00Z", "");
    }

    private static ReadReport read(String flow, Path document, Here here) {
        try {
            ReadProgress progress = ProgressDocument.read(Files.readAllBytes(document));
            Instant next = progress.begun() != null || progress.ended() == null || here.period().isZero() ? null
                    : progress.ended().plus(here.period());
            return new ReadReport(flow, null, here.concerns(), progress.order(), progress.begun(),
                    progress.place().offset(), progress.pages(), progress.place().total(), text(progress.watermark()),
                    progress.moved(), progress.ended(), next);
        } catch (IOException e) {
            return new ReadReport(flow, document + " cannot be read: " + e.getMessage(), here.concerns(), null, null, 0, 0,
                    -1,
                    null, null, null, null);
        }
    }
}
