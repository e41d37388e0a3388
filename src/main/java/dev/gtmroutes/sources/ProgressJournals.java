// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.ProgressJournal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of the chunks that a flow has in work, each in a file of its own. A journal outlives the flow's route, and is
 * found again after a crash. Safe for use by many threads.
 */
public final class ProgressJournals {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressJournals.class);

    private final Disk disk;
    private final Map<Path, ProgressJournal> open = new HashMap<>();

    public ProgressJournals(Disk disk) {
        this.disk = disk;
    }

    /**
     * The journal of a chunk, the same one until it is left.
     *
     * @throws IOException if the chunk, or what an earlier run noted of it, cannot be read
     */
    public synchronized ProgressJournal open(Path chunk) throws IOException {
        ProgressJournal known = open.get(chunk);
        if (known == null) {
            known = ProgressJournal.open(chunk, disk);
            open.put(chunk, known);
        }
        return known;
    }

    /** Nothing of the chunk is in flight: returns when its progress is on the disk, if it has any. */
    public synchronized void rest(Path chunk) throws IOException {
        ProgressJournal known = open.get(chunk);
        if (known != null) {
            known.rest();
        }
    }

    /** Nothing is noted of the chunk any more. @return its journal; null if it was not open */
    public synchronized ProgressJournal leave(Path chunk) throws IOException {
        ProgressJournal known = open.remove(chunk);
        if (known != null) {
            known.leave();
        }
        return known;
    }

    /** Nothing is noted of any chunk any more: another program may have them. */
    public synchronized void leaveAll() {
        for (ProgressJournal each : open.values()) {
            try {
                each.leave();
            } catch (IOException e) {
                LOG.debug("A progress file cannot be closed", e);
            }
        }
        open.clear();
    }
}
