// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A queue as Camel has them. {@code queue:sqs} acknowledges as SQS does, when the exchange is complete, on whatever thread;
 * {@code queue:jms} as JMS does, when the route has returned.
 */
final class TestQueue extends DefaultComponent {

    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final List<String> returned = new CopyOnWriteArrayList<>();
    private volatile Receiver receiver;

    /** Hands a message to the route, on this thread. */
    void deliver(String body) throws Exception {
        receiver.receive(body);
    }

    /** What the queue does not have any more. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** What it will bring again. */
    List<String> returned() {
        return List.copyOf(returned);
    }

    @Override
    protected DefaultEndpoint createEndpoint(String uri, String kind, Map<String, Object> parameters) {
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                receiver = new Receiver(this, processor, kind.equals("jms"));
                return receiver;
            }
        };
    }

    private final class Receiver extends DefaultConsumer {

        private final boolean whenReturned;

        private Receiver(DefaultEndpoint endpoint, Processor processor, boolean whenReturned) {
            super(endpoint, processor);
            this.whenReturned = whenReturned;
        }

        private void receive(String body) throws Exception {
            Exchange exchange = createExchange(false);
            exchange.getMessage().setBody(body);
            if (whenReturned) {
                getProcessor().process(exchange);
                (exchange.isFailed() ? returned : acknowledged).add(body);
                return;
            }
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange done) {
                    acknowledged.add(body);
                }

                @Override
                public void onFailure(Exchange failed) {
                    returned.add(body);
                }
            });
            getAsyncProcessor().process(exchange, doneSync -> {});
        }
    }
}
