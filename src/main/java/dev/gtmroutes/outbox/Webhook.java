// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.outbox;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.HttpCall;
import dev.gtmroutes.api.RequestTaker;
import dev.gtmroutes.parameter.KameletBean;
import org.apache.camel.Exchange;

/**
 * The steps around the HTTP call of {@code response-webhook-action}. The URL is asked for here: as a parameter it
 * would be part of endpoints, and so of logs.
 */
public class Webhook extends KameletBean implements RequestTaker {

    private String outbox = "";

    /** Makes the message the request to the webhook. */
    public void address(Exchange exchange) {
        new HttpCall(exchange.getMessage().getBody(ApiRequest.class), url().url()).begin(exchange);
    }

    /** Where something failed in the place of an answer. */
    public void failed(Exchange exchange) {
        HttpCall.of(exchange).failed(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    /** Makes the message the answer, and takes the URL out of it. */
    public void mask(Exchange exchange) {
        HttpCall call = HttpCall.of(exchange);
        call.leave(exchange, call.end(exchange).change().url(null).build().masked(url()::mask));
    }

    private WebhookUrl url() {
        return Outboxes.of(camel).webhook(outbox);
    }

    /** The id of the route that empties the outbox. */
    public void setOutbox(String outbox) {
        this.outbox = outbox;
    }
}
