// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.ProcessorEndpoint;

/**
 * A store as the resource of an enrich EIP: its value is an endpoint, which responds with what the store has for the records
 * of any input. The expression of {@code lookup-store-action}.
 */
public class StoreLookup extends KameletBean implements Expression {

    private String store = "";
    private KeyValues by = new KeyValues("");
    private JoinedAttribute as = new JoinedAttribute("found");
    private StoreJoin.Missing missing = StoreJoin.Missing.REJECT;
    private Duration waitFor = Duration.ofMinutes(15);
    private Path data = Path.of("data");
    private Endpoint endpoint;

    @Override
    protected void getReady() {
        DataClaims.claim(camel, data);
        endpoint = new ProcessorEndpoint("lookup-store:" + store, camel, this::respond);
    }

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
        beReady();
        return type.cast(endpoint);
    }

    @Override
    public void init(CamelContext context) {
        // The bean has its context already.
    }

    private void respond(Exchange exchange) {
        Message message = new DefaultMessage(camel);
        message.setBody(new StoreJoin(new OfInput(), store, as, missing, System.nanoTime() + waitFor.toNanos()));
        exchange.setMessage(message);
    }

    /** Opens the store once for all records of an input. */
    private final class OfInput implements StoreJoin.Opening {

        private volatile StoreJoin.Opened opened;

        @Override
        public StoreJoin.Opened get() throws IOException {
            if (opened == null) {
                opened = opened();
            }
            return opened;
        }
    }

    private StoreJoin.Opened opened() throws IOException {
        LookupStore found = LookupStores.of(camel).find(data, store);
        if (found == null) {
            throw new IOException(
                    "the store " + store + " does not exist yet. Start a flow that ends with lookup-store-sink "
                            + "and store: " + store);
        }
        KeyValues attributes = by.names().isEmpty() ? new KeyValues(String.join(",", found.key().attributes())) : by;
        if (attributes.names().size() != found.key().attributes().size()) {
            throw new IOException("a record of the store " + store + " is found by " + found.key() + ", and by has "
                    + attributes.names().size() + " attributes. Enter as many as the key of the store has");
        }
        return new StoreJoin.Opened(found, attributes);
    }

    /** Name of the store. */
    public void setStore(String store) {
        this.store = LookupStores.name(store);
    }

    /** The attributes that are looked up, in the order of the store's key, comma-separated; blank for those of the key. */
    public void setBy(String by) {
        if (Opening.isKnown(by)) {
            this.by = new KeyValues(by);
        }
    }

    /** The attribute that the found record becomes. */
    public void setAs(String as) {
        if (Opening.isKnown(as)) {
            this.as = new JoinedAttribute(as);
        }
    }

    /** {@code reject}, {@code pass} or {@code wait}. */
    public void setMissing(String missing) {
        if (Opening.isKnown(missing)) {
            if (!missing.matches("reject|pass|wait")) {
                throw new IllegalArgumentException("missing is '" + missing + "'. Enter reject, pass or wait");
            }
            this.missing = StoreJoin.Missing.valueOf(missing.toUpperCase(Locale.ROOT));
        }
    }

    /** How long the records of one input wait together for the store, such as {@code 15m}. */
    public void setWaitFor(String waitFor) {
        if (Opening.isKnown(waitFor)) {
            this.waitFor = Durations.parse(waitFor);
        }
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }
}
