// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;

/** All dead letters of a data directory. */
public final class DeadLetterStore {

    private final Path data;
    private final Disk disk;

    /** @param data the data directory; need not exist */
    public DeadLetterStore(Path data) {
        this(data, new Disk());
    }

    DeadLetterStore(Path data, Disk disk) {
        this.data = data;
        this.disk = disk;
    }

    /** The flows that ever had dead letters which are still on the disk, by name. */
    public List<String> flows() throws IOException {
        List<String> flows = new ArrayList<>();
        for (Path each : FolderContent.of(data.resolve("dead-letters"))) {
            if (!DeadLetterFile.in(each).isEmpty()) {
                flows.add(each.getFileName().toString());
            }
        }
        return flows;
    }

    /** @throws LetterRefusedException if there is no trace of such a flow: neither dead letters nor an inbox */
    public FlowLetters flow(String name) throws IOException, LetterRefusedException {
        List<String> flows = flows();
        // Only what is listed: a name must not lead anywhere else.
        if (!flows.contains(name) && !FolderContent.names(data.resolve("inbox")).contains(name)) {
            throw new LetterRefusedException("there are no dead letters of flow "
                    + name + " in " + data.resolve("dead-letters")
                    + (flows.isEmpty() ? "" : ". Flows with dead letters: " + String.join(", ", flows)));
        }
        return new FlowLetters(data, name, disk);
    }
}
