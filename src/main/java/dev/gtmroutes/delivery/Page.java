package dev.gtmroutes.delivery;

import java.util.List;

import dev.gtmroutes.record.SourceRecord;

/**
 * Consecutive records of one chunk that go into one request together: what the splitter yields.
 *
 * @param chunk    the chunk they came in, which waits for their outcome
 * @param records  well-formed records in the order they came in, at least one
 * @param complete whether nothing may be added to the request these records make, because it is full or
 *                 because the chunk has ended
 */
public record Page(Chunk chunk, List<SourceRecord> records, boolean complete) {

    /** Bytes of all records, without what a request puts around them. */
    int bytes() {
        int bytes = 0;
        for (SourceRecord each : records) {
            bytes += each.bytes().length;
        }
        return bytes;
    }
}
