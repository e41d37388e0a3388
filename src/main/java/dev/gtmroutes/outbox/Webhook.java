package dev.gtmroutes.outbox;

import dev.gtmroutes.credential.AnswerText;
import dev.gtmroutes.credential.ApiAddress;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps around the HTTP call of {@code response-webhook-action}. The URL is asked for here: as a parameter it
 * would be part of endpoints, and so of logs.
 */
public class Webhook implements CamelContextAware {

    private CamelContext camel;
    private String outbox = "";

    /** Sends the message to the webhook. */
    public void address(Exchange exchange) {
        String url = url().url();
        exchange.getMessage().setHeader(Exchange.HTTP_URI, url);
        exchange.setProperty(ApiAddress.SENT_TO, url);
    }

    /** Takes the URL out of an answer that repeats it. The body becomes a text. */
    public void mask(Exchange exchange) {
        exchange.removeProperty(ApiAddress.SENT_TO);
        Message message = exchange.getMessage();
        message.setBody(url().mask(AnswerText.of(message)));
    }

    private WebhookUrl url() {
        return Outboxes.of(camel).webhook(outbox);
    }

    /** The id of the route that empties the outbox. */
    public void setOutbox(String outbox) {
        this.outbox = outbox;
    }

    @Override
    public CamelContext getCamelContext() {
        return camel;
    }

    @Override
    public void setCamelContext(CamelContext camel) {
        this.camel = camel;
    }
}
