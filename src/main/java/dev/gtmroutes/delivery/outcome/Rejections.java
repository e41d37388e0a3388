// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.util.List;

import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.record.SourceRecord;

/** Where rejected records go: the dead letters, or the preview that asked for them. */
public interface Rejections {

    /**
     * Takes records that were not delivered and never will be by themselves. When this returns, they are safe.
     *
     * @throws IOException if they could not be written; then the records have no outcome
     */
    void write(Input chunk, List<SourceRecord> records, Rejection rejection) throws IOException;
}
