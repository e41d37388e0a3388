// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.record.ShapedRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of an input that are not sent because they have not changed. They have their outcome as if they were
 * delivered; many of them are noted at once. For the thread that reads the input.
 */
final class UnchangedRecords {

    private static final Logger LOG = LoggerFactory.getLogger(UnchangedRecords.class);
    private static final int MANY = 1000;
    private static final long MANY_BYTES = 1_000_000;

    private final Input chunk;
    private final List<ShapedRecord> records = new ArrayList<>();
    private long bytes;
    private long withoutKey;

    UnchangedRecords(Input chunk) {
        this.chunk = chunk;
    }

    /** @return those of the records that are to be sent, in their order; the others are unchanged */
    List<ShapedRecord> news(List<ShapedRecord> read) throws IOException {
        List<ShapedRecord> news = chunk.changes().enter(read);
        int next = 0;
        for (ShapedRecord each : read) {
            if (next < news.size() && news.get(next) == each) {
                next++;
                withoutKey += each.form() == null ? 1 : 0;
            } else {
                records.add(each);
                bytes += each.source().bytes().length;
            }
        }
        return news;
    }

    boolean isMuch() {
        return records.size() >= MANY || bytes > MANY_BYTES;
    }

    /** Gives those that came since the last time their outcome. It counts, also if it cannot be noted. */
    void settle() throws IOException {
        if (records.isEmpty()) {
            return;
        }
        try {
            chunk.notes().note(ProgressLog.Note.SETTLED, records);
        } catch (IOException e) {
            chunk.notes().addUnnoted(ProgressLog.Note.SETTLED, records);
            throw e;
        } finally {
            chunk.unchanged(records.size());
            records.clear();
            bytes = 0;
        }
    }

    /** Nothing more is read. May be called again. */
    void end() throws IOException {
        if (withoutKey > 0 && chunk.changes().isComparing()) {
            LOG.warn("{}: {}: {} records lack an attribute of Only Changed, so they were sent without a comparison",
                    chunk.flow(), chunk.source(), withoutKey);
            withoutKey = 0;
        }
        settle();
    }
}
