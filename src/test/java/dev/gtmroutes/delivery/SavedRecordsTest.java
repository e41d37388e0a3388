// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.outcome.ResponseHandler;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A destination that saves records, and sends them to the vendor later. */
class SavedRecordsTest {

    private final DestinationStatus destination = new DestinationStatus();

    private Exchange exchange(boolean deferred) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        destination.setCamelContext(camel);
        destination.setDeferred(deferred);
        InputProgress.DestinationKey place = new InputProgress.DestinationKey("people:1-delivery", "some-sink");
        Input input = new Input(destination, "people", "people.ndjson", () -> true,
                new DestinationProgress(new InputProgress(), place));
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        RequestQueue queue = new RequestQueue(new Batch(input, List.of(new ShapedRecord(
                new SourceRecord(json, 0, 1, null), json, json, "/", "", null, null)), true));
        queue.close();
        Exchange exchange = new DefaultExchange(camel);
        exchange.setProperty(RequestSender.AGGREGATE, queue);
        return exchange;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatRecordsWereSavedSaysNothingAboutTheCredential(boolean deferred) throws Exception {
        Exchange exchange = exchange(deferred);
        destination.credentialRefused("401", System.nanoTime());
        RequestSender.aggregate(exchange).current().attempted();
        exchange.getMessage().setBody(ApiAnswer.status(200).build());
        new ResponseHandler().account(exchange);

        assertThat(destination.halt().isPresent()).isEqualTo(deferred);
        assertThat(destination.tally().requests().isEmpty()).isEqualTo(deferred);
        assertThat(destination.recent().after(0).isEmpty()).isEqualTo(deferred);
    }
}
