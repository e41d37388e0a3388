package dev.gtmroutes.delivery;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Aggregates the pages that the splitter yields into requests. Named by the aggregate EIP of
 * {@code http-delivery-sink}.
 */
public class RequestAggregation implements AggregationStrategy {

    @Override
    public Exchange aggregate(Exchange aggregated, Exchange incoming) {
        Page page = (Page) incoming.getMessage().getBody();
        if (aggregated == null) {
            incoming.getMessage().setBody(new Request(page));
            return incoming;
        }
        ((Request) aggregated.getMessage().getBody()).add(page);
        return aggregated;
    }

    /** The correlation expression: requests hold records of one chunk only. */
    public String correlation(Exchange incoming) {
        return Integer.toHexString(System.identityHashCode(((Page) incoming.getMessage().getBody()).chunk()));
    }

    /** The completion predicate. */
    public boolean complete(Exchange aggregated) {
        return ((Request) aggregated.getMessage().getBody()).complete();
    }

    /**
     * Whatever happens to the aggregated exchange, its records come back to their chunk: with an outcome, or here,
     * when a step failed that nobody thought could fail. The chunk would wait for ever otherwise.
     */
    @Override
    public void onCompletion(Exchange aggregated) {
        Request request = (Request) aggregated.getMessage().getBody();
        aggregated.setProperty(Delivery.REQUEST, request);
        aggregated.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                Exception cause = done.getException();
                request.abandon("a request failed unexpectedly: " + cause, cause);
            }
        });
    }
}
