// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Response events that wait for a destination that its flow no longer has: an edit removed the step, or changed its id. */
public final class OrphanedOutboxes {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanedOutboxes.class);

    private OrphanedOutboxes() {
    }

    /**
     * Tells of them. The program does not guess which destination has taken the place of another: its webhook may be
     * somebody else's.
     *
     * @param names of the flow's destinations
     */
    public static void tell(Path data, String flow, Collection<String> names) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Outboxes.folder(data))) {
            for (Path folder : folders) {
                String outbox = folder.getFileName().toString();
                boolean isCurrent = names.stream().anyMatch(each -> Outboxes.name(flow, each).equals(outbox));
                if (Outboxes.isOf(flow, outbox) && !isCurrent && hasEvents(folder)) {
                    LOG.warn("{}: response events wait in {}, and the flow has no destination of this name. To send them, "
                            + "give the step its id again, or move the files into the folder of another destination", flow,
                            folder);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // No flow has a webhook yet.
            LOG.debug("No outboxes", e);
        }
    }

    private static boolean hasEvents(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> events = Files.newDirectoryStream(folder, each -> !each.getFileName().toString()
                .startsWith("."))) {
            return events.iterator().hasNext();
        }
    }
}
