// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.parameter.Durations;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The audit log, in {@code audit/} of the data directory. If a line cannot be written, for example because the disk is
 * full, the action takes place nevertheless: operators must be able to pause a flow that fills the disk. The line is then in
 * the log of the program.
 */
@Singleton
public class AuditLog {

    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    private final AuditFiles files;
    private final FailedLogIns failed = new FailedLogIns();
    /** For failures that are noticed where nothing may wait for a disk. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread each = new Thread(task, "gtm-audit");
        each.setDaemon(true);
        return each;
    });

    AuditLog(@ConfigProperty(name = "gtm.data") Path data, @ConfigProperty(name = "gtm.audit.keep") String keep,
            @ConfigProperty(name = "gtm.audit.max-bytes") MemorySize maxBytes) {
        files = new AuditFiles(data.resolve("audit"), Durations.parse(keep),
                maxBytes.asLongValue(), new Disk());
    }

    /** Returns when the line is on the disk, or in the log of the program. */
    public void write(AuditLine line) {
        failed.summary(line.at()).ifPresent(this::append);
        append(line);
    }

    /** Writes a failed log-in in the background, unless there were too many of them for a line each. */
    public void failed(String account, String address) {
        Instant now = Instant.now();
        Optional<AuditLine> summary = failed.summary(now);
        summary.ifPresent(line -> thread.execute(() -> append(line)));
        if (failed.hasLine(now)) {
            AuditLine line = new AuditLine(now, account, address, AuditAction.LOG_IN_FAILED.toString(), "", 1);
            thread.execute(() -> append(line));
        }
    }

    /**
     * The last lines, newest first.
     *
     * @param  before      the time of the line that was read last; null to begin
     * @param  most        lines
     * @throws IOException if they cannot be read
     */
    public List<AuditLine> newest(Instant before, int most) throws IOException {
        return files.newest(before, most);
    }

    private void append(AuditLine line) {
        try {
            files.append(line);
        } catch (IOException | RuntimeException e) {
            LOG.errorf("This line is missing in the audit log (%s): %s", FileErrors.text(e), line.json().strip());
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        failed.end(Instant.now()).ifPresent(line -> thread.execute(() -> append(line)));
        thread.shutdown();
        try {
            thread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
