// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Aggregates the pages that the splitter yields into requests. Named by the aggregate EIP of
 * {@code http-delivery-sink}.
 */
public class RequestAggregation implements AggregationStrategy, Expression, Predicate {

    private int batchSize = 1;
    private long maxBatchBytes = Long.MAX_VALUE;
    private boolean acrossChunks;
    private InFlight inFlight = new InFlight();

    /** The most records in one request. */
    public void setBatchSize(int batchSize) {
        this.batchSize = batchSize;
    }

    /** The most bytes of all records of one request. */
    public void setMaxBatchBytes(long maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    /** How long a request may wait for records of other chunks, in milliseconds; 0 for no others. */
    public void setBatchTimeout(long batchTimeout) {
        this.acrossChunks = batchTimeout > 0;
    }

    /** What sends the requests. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public void init(CamelContext camel) {
        // Everything was set by then.
    }

    /** The correlation expression: what records must have in common to share a request. */
    @Override
    public <T> T evaluate(Exchange incoming, Class<T> type) {
        Batch page = page(incoming);
        return type.cast(acrossChunks ? page.group() : System.identityHashCode(page.chunk()) + page.group());
    }

    @Override
    public Exchange aggregate(Exchange aggregated, Exchange incoming) {
        if (aggregated == null) {
            incoming.getMessage().setBody(new RequestQueue(page(incoming)));
            return incoming;
        }
        aggregate(aggregated).add(page(incoming));
        return aggregated;
    }

    @Override
    public boolean canPreComplete() {
        return acrossChunks;
    }

    /**
     * Whether the request has to go without the page that comes. Camel asks nothing else where it asks this: a request
     * that is just full goes when the next record comes, or at its timeout.
     */
    @Override
    public boolean preComplete(Exchange aggregated, Exchange incoming) {
        return aggregated != null && (aggregate(aggregated).recordCount() >= batchSize
                || aggregate(aggregated).bytes() + page(incoming).bytes() > maxBatchBytes);
    }

    /** The completion predicate, where requests hold records of one chunk: pages are cut to fit. */
    @Override
    public boolean matches(Exchange aggregated) {
        return aggregate(aggregated).complete();
    }

    /**
     * Whatever happens to the aggregated exchange, its records come back to their chunk: with an outcome, or here,
     * when a step failed that nobody thought could fail. The chunk would wait for ever otherwise.
     */
    @Override
    public void onCompletion(Exchange aggregated) {
        RequestQueue aggregate = aggregate(aggregated);
        aggregate.close();
        inFlight.enter(aggregate);
        aggregated.setProperty(RequestSender.AGGREGATE, aggregate);
        aggregated.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                Exception cause = done.getException();
                aggregate.abandon("a request failed unexpectedly: " + cause, cause);
                inFlight.leave(aggregate);
            }
        });
    }

    private static Batch page(Exchange incoming) {
        return (Batch) incoming.getMessage().getBody();
    }

    private static RequestQueue aggregate(Exchange aggregated) {
        return (RequestQueue) aggregated.getMessage().getBody();
    }
}
