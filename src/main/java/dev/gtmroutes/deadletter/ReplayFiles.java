// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.inbox.ReplayHandover;
import dev.gtmroutes.progress.InputProgress;

/** The files of a flow's records that are being replayed, in a hidden folder of its inbox. */
final class ReplayFiles {

    private final Path folder;
    private final String flow;
    private final ReplayHandover handover;

    ReplayFiles(Path data, String flow, Disk disk) {
        this.flow = flow;
        this.handover = new ReplayHandover(data, disk);
        this.folder = handover.preparations(flow);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    boolean hasInbox() {
        return handover.hasInbox(flow);
    }

    /** Moves a file into the inbox. Only to be done when the marks say that it is being replayed. */
    void hand(String name, InputProgress.DestinationKey destination) throws IOException {
        handover.hand(path(name), flow, destination);
    }

    /** Whether a replay was interrupted, or is under way. */
    boolean isUnfinished(Marks marks) throws IOException {
        return !marks.unfinished().isEmpty() || !FolderContent.names(folder).isEmpty();
    }

    /** Completes what was marked, and takes back what was not. */
    void finish(Marks marks, MarkFile file) throws IOException {
        for (String each : FolderContent.names(folder)) {
            if (!marks.unfinished().containsKey(each)) {
                Files.delete(path(each));
            }
        }
        for (Map.Entry<String, InputProgress.DestinationKey> each : marks.unfinished().entrySet()) {
            // A file that is gone has reached the inbox.
            if (Files.exists(path(each.getKey()))) {
                hand(each.getKey(), each.getValue());
            }
            file.replayed(each.getKey());
        }
    }
}
