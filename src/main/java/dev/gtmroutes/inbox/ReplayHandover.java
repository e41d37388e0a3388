// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.FileFingerprint;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressJournal;

/**
 * Hands files to the inboxes of a data directory, for one destination of their flow only. May be done by another program
 * than the one that takes them.
 */
public final class ReplayHandover {

    /** What the id of the route that empties an outbox ends with. */
    private static final String OUTBOX = "-responses";

    private final Path data;
    private final Disk disk;

    /** @param data the data directory */
    public ReplayHandover(Path data, Disk disk) {
        this.data = data.toAbsolutePath();
        this.disk = disk;
    }

    /** Whether this flow takes files from an inbox. */
    public boolean hasInbox(String flow) {
        return Files.isDirectory(folder(flow));
    }

    /** Responses that wait for their webhook have an inbox of their own. */
    private Path folder(String flow) {
        Path inbox = data.resolve("inbox").resolve(flow);
        Path outbox = data.resolve("responses").resolve(flow.endsWith(OUTBOX)
                ? flow.substring(0, flow.length() - OUTBOX.length()) : flow);
        return flow.endsWith(OUTBOX) && !Files.isDirectory(inbox) && Files.isDirectory(outbox) ? outbox : inbox;
    }

    /** A hidden folder of the inbox, where files may be written that are to be handed over; need not exist. */
    public Path preparations(String flow) {
        return folder(flow).resolve(".replays");
    }

    /** Whether a file that was handed over is not finished yet, or still on its way into the inbox. */
    public boolean isWaiting(String flow, String name) {
        return Files.exists(preparations(flow).resolve(name)) || Files.exists(folder(flow).resolve(name));
    }

    /** Whether the flow has finished a file that was handed over, and keeps it. */
    public boolean isDone(String flow, String name) {
        return Files.exists(folder(flow).resolve(FinishedFiles.DONE).resolve(name));
    }

    /**
     * Moves a finished file into the inbox of a flow. A crash in between leaves the file where it was; handing it over
     * again completes that.
     *
     * @param file synced, in {@link #preparations}: a rename must do. No other file of the inbox ever has its name
     * @param only the destination that is to deliver it
     */
    public void hand(Path file, String flow, InputProgress.DestinationKey only) throws IOException {
        Path to = folder(flow).resolve(file.getFileName());
        disk.createFolder(to.getParent());
        // First: once the file is there, it may be taken at any time.
        ProgressJournal.begin(to, FileFingerprint.of(file), only, disk);
        disk.move(file, to);
    }
}
