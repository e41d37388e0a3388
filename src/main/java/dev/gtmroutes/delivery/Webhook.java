package dev.gtmroutes.delivery;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts one response event, up to three times. The steps of {@code response-webhook-action} that YAML says badly.
 * Whatever is logged names the host only: a webhook's path and query are as good as a password.
 */
public class Webhook {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final int MOST_ATTEMPTS = 3;
    private static final String EVENT = "GtmWebhookEvent";
    private static final String ATTEMPT = "GtmWebhookAttempt";

    private String url = "";
    private String host;

    /** @throws IllegalArgumentException if it is no URL with a host; the message does not show it */
    public void setUrl(String url) {
        if (!url.isBlank()) {
            try {
                host = new URI(url).getHost();
            } catch (URISyntaxException e) {
                host = null;
            }
            if (host == null) {
                throw new IllegalArgumentException("responseWebhook is not a valid http or https URL");
            }
        }
        this.url = url;
    }

    /** The loop's condition. */
    public boolean open(Exchange exchange) {
        return exchange.getProperty(ATTEMPT, 0, int.class) < MOST_ATTEMPTS;
    }

    /** Makes the message the HTTP request. */
    public void prepare(Exchange exchange) {
        Message message = exchange.getMessage();
        int attempt = exchange.getProperty(ATTEMPT, 0, int.class) + 1;
        if (attempt == 1) {
            exchange.setProperty(EVENT, message.getBody(byte[].class));
        }
        exchange.setProperty(ATTEMPT, attempt);
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, "POST");
        message.setHeader(Exchange.HTTP_URI, url);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(exchange.getProperty(EVENT));
    }

    /** Ends the loop when the event was taken; waits before another attempt, or says that it was not. */
    public void check(Exchange exchange) throws InterruptedException {
        Answer answer = Answer.of(exchange);
        int attempt = exchange.getProperty(ATTEMPT, int.class);
        if (answer.meaning(false) == Answer.Meaning.DELIVERED) {
            exchange.setProperty(ATTEMPT, MOST_ATTEMPTS);
        } else if (attempt < MOST_ATTEMPTS && !exchange.getContext().isStopping()) {
            Thread.sleep(Duration.ofSeconds(attempt).toMillis());
        } else {
            exchange.setProperty(ATTEMPT, MOST_ATTEMPTS);
            LOG.warn("response webhook at {} did not take an event: {}", host,
                    answer.status() == 0 ? "no answer" : "answered " + answer.status());
        }
    }
}
