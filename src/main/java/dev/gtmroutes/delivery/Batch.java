// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.List;

import dev.gtmroutes.record.ShapedRecord;

/**
 * Records of one input and one group that go into one request together: what the splitter yields.
 *
 * @param chunk    the input they came in, which waits for their outcome
 * @param records  in the order they came in, at least one
 * @param complete whether nothing may be added to the request these records make, because it is full or
 *                 because the input has ended
 */
public record Batch(Input chunk, List<ShapedRecord> records, boolean complete) {

    /** What the records have in common. */
    String group() {
        return records.get(0).group();
    }

    /** Bytes of all records and the commas behind them. */
    long bytes() {
        long bytes = 0;
        for (ShapedRecord each : records) {
            bytes += each.part().length + 1;
        }
        return bytes;
    }
}
