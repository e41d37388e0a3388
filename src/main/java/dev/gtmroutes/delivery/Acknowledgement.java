// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;

import dev.gtmroutes.record.read.NotRecordsException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a chunk: waits until each of its records has a durable outcome, then lets the exchange end, and with it the
 * source acknowledge. The last step of {@code http-delivery-sink}.
 *
 * <p>The exchange fails with {@link NotRecordsException} if the chunk holds no records at all, and with
 * {@link InputKeptException} if the flow was stopped or failed in between; the source has to keep the chunk then.
 *
 * <p>The wait is what holds the source back, so that it does not read ahead. Where requests are filled across chunks it
 * must not: there the exchange goes on when its last record has landed, and the source may bring the next chunk.
 */
public class Acknowledgement extends AsyncProcessorSupport {

    private static final Logger LOG = LoggerFactory.getLogger(Acknowledgement.class);

    private boolean acrossChunks;
    private InFlight inFlight = new InFlight();

    /** How long a request may wait for records of other chunks, in milliseconds; 0 for no others. */
    public void setBatchTimeout(long batchTimeout) {
        this.acrossChunks = batchTimeout > 0;
    }

    /** What sends the requests of this destination. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        BatchReader pages = (BatchReader) exchange.removeProperty(InputReader.PAGES);
        if (pages == null) {
            // A preview.
            callback.done(true);
            return true;
        }
        Input chunk = pages.chunk();
        try {
            pages.close();
            // Aside: what follows in the flow may send more, and must not do so in the place of the request that ends.
            if (acrossChunks && chunk.whenLanded(() -> inFlight.aside(() -> {
                end(exchange, chunk);
                callback.done(false);
            }))) {
                return false;
            }
            chunk.awaitLanded(inFlight::isSending);
        } catch (IOException e) {
            chunk.keep("the input could not be closed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            chunk.keep("the program was stopped before all requests ended", null);
        }
        end(exchange, chunk);
        callback.done(true);
        return true;
    }

    private static void end(Exchange exchange, Input chunk) {
        chunk.destination().closed(chunk);
        chunk.endSpan();
        try {
            InputSummary account = chunk.account();
            exchange.setProperty(InputSummary.PROPERTY, account);
            LOG.info("{}", account);
        } catch (InputKeptException e) {
            exchange.setException(e.getCause() instanceof NotRecordsException none ? none : e);
        }
    }
}
