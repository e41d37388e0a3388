// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * What a step adds to each record of an input. It is added when a later step reads the record. For any number of threads.
 */
@FunctionalInterface
public interface RecordJoin {

    /**
     * @param record  one well-formed record; not changed
     * @param running whether the flow still runs: a join does not wait otherwise
     * @return the record with what was added; the same bytes if nothing was; null if the flow was stopped meanwhile
     * @throws UnfitRecordException if the record lacks what it needs
     * @throws IOException          if nobody can say now what belongs to it: the source has to keep the input
     */
    byte[] apply(byte[] record, BooleanSupplier running) throws UnfitRecordException, IOException, InterruptedException;
}
