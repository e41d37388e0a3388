// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.join;

import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.gtmroutes.record.RecordJoin;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import org.apache.camel.Exchange;

/**
 * What the steps before a destination add to each record of an input, in their order. On the exchange as the property
 * {@link #PROPERTY}: the input itself stays as it is, so that its records keep their places, and their progress.
 */
public record RecordJoins(List<RecordJoin> joins) {

    /** Exchange property of type {@link RecordJoins}. */
    public static final String PROPERTY = "GtmJoins";

    private static final RecordJoins NONE = new RecordJoins(List.of());

    /** Those of an exchange. */
    public static RecordJoins of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, NONE, RecordJoins.class);
    }

    /** Adds one behind those that are there. */
    static void add(Exchange exchange, RecordJoin join) {
        exchange.setProperty(PROPERTY,
                new RecordJoins(Stream.concat(of(exchange).joins.stream(), Stream.of(join)).toList()));
    }

    /**
     * @param running whether the flow still runs
     * @return the record as the destination reads it; null if the flow was stopped meanwhile
     * @throws UnfitRecordException if the record is to be rejected
     * @throws IOException          if what belongs to it is not known now
     */
    public SourceRecord apply(SourceRecord record, BooleanSupplier running)
            throws UnfitRecordException, IOException, InterruptedException {
        byte[] bytes = record.bytes();
        for (RecordJoin each : joins) {
            bytes = each.apply(bytes, running);
            if (bytes == null) {
                return null;
            }
        }
        return bytes == record.bytes() ? record
                : new SourceRecord(bytes, record.index(), record.line(), null, record.origin(), record.identity());
    }
}
