// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.gtmroutes.disk.Disk;

/** Writes into the audit log what a person does with a command. The program may be running. */
public final class CommandAudit {

    private static final String ADDRESS = "local";

    private final AuditFiles files;
    private final String account;

    /**
     * @param data     the data directory
     * @param keep     age at which a file of the audit log is deleted
     * @param maxBytes of all files together
     */
    public CommandAudit(Path data, Duration keep, long maxBytes) {
        files = new AuditFiles(data.resolve("audit"), keep, maxBytes, new Disk());
        account = System.getProperty("user.name", "unknown") + " (command line)";
    }

    /**
     * Returns when the line is on the disk.
     *
     * @param subject a flow or a dead letter
     * @param count   how many records
     * @throws IOException if it is not
     */
    public void write(AuditAction action, String subject, long count) throws IOException {
        files.append(new AuditLine(Instant.now(), account, ADDRESS, action.toString(), subject, count));
    }
}
