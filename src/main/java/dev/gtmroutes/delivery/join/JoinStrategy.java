// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.join;

import dev.gtmroutes.record.RecordJoin;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Joins an input with what the resource of an enrich EIP has for its records: a {@link RecordJoin}. The records are neither
 * read nor copied here. Later steps that read them ask the join for each.
 */
public class JoinStrategy implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange input, Exchange resource) {
        RecordJoins.add(input, resource.getMessage().getBody(RecordJoin.class));
        return input;
    }
}
