// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.join;

import java.io.IOException;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.record.RequestMapping;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.RunValues;

/**
 * What becomes of each record of one input before it is sent.
 *
 * @param joins what earlier steps add to it, first
 * @param shape what the endpoint makes of it
 * @param run   what mappings take from the run
 */
public record Shaping(RecordJoins joins, RequestMapping shape, RunValues run) {

    /**
     * @param running whether the flow still runs
     * @return null if the flow was stopped meanwhile
     * @throws UnfitRecordException if the record is to be rejected
     * @throws IOException          if what earlier steps add is not known now
     */
    public ShapedRecord apply(SourceRecord record, BooleanSupplier running)
            throws UnfitRecordException, IOException, InterruptedException {
        SourceRecord joined = joins.apply(record, running);
        return joined == null ? null : shape.apply(record, joined, run);
    }

    /** Bytes of a request's body beside its records and the commas between them. */
    public int overhead() {
        return shape.overhead();
    }
}
