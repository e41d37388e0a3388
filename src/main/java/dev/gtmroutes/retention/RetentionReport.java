// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.slf4j.Logger;

/** What a run has done, in one line of the log. */
final class RetentionReport {

    private static final long MEGABYTE = 1L << 20;

    private RetentionReport() {
    }

    static void log(Logger log, Map<Kept, Pool.Swept> removed, List<String> problems) {
        long files = removed.values().stream().mapToLong(Pool.Swept::files).sum();
        long bytes = removed.values().stream().mapToLong(Pool.Swept::bytes).sum();
        if (files > 0) {
            log.info("Retention removed {} files with {} MB: {}", files, (bytes + MEGABYTE - 1) / MEGABYTE,
                    new TreeMap<>(removed).entrySet().stream().filter(each -> each.getValue().files() > 0)
                            .map(each -> each.getValue().files() + " " + each.getKey().words())
                            .collect(Collectors.joining(", ")));
        }
        if (!problems.isEmpty()) {
            log.warn("Retention could not remove everything that is due; it tries again at its next run: {}{}",
                    problems.get(0), problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)");
        }
    }

    /** @param folders of records that wait for bulk jobs, and that no flow loads */
    static void logForsaken(Logger log, List<Path> folders) {
        if (!folders.isEmpty()) {
            log.warn("{} contains records that wait for a bulk job, but no flow loads them: start the flow again, or delete "
                    + "the folder{}", folders.get(0), folders.size() == 1 ? "" : " (and " + (folders.size() - 1) + " more)");
        }
    }
}
