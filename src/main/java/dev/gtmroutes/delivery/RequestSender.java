package dev.gtmroutes.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import dev.gtmroutes.record.Shape;
import dev.gtmroutes.record.ShapedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one request until its records have an outcome: the steps around the vendor API in {@code http-delivery-sink}, in
 * the order in which that route calls them. One instance serves one call of it, and many requests at a time.
 */
public class RequestSender {

    /** Exchange property: path under the base URL, or absolute URL, that the vendor API is asked to send to. */
    public static final String URL = "GtmUrl";

    /** Exchange property: hosts beside the base URL's own that may get the credential, comma-separated. */
    public static final String SEND_CREDENTIAL_TO = "GtmSendCredentialTo";

    /** Exchange property in which a vendor API leaves the absolute URL it sent to. */
    public static final String SENT_TO = "GtmSentTo";

    /** Exchange property of type {@link Request}: what the aggregated exchange is to send. */
    static final String REQUEST = "GtmRequest";

    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);
    private static final String RETRY_IN = "GtmRetryIn";
    private static final String EVENT = "GtmResponseEvent";

    private String template;
    private String method;
    private Shape shape = new Shape();
    private Map<String, String> headers = Map.of();
    private String sendCredentialTo = "";
    private boolean tapped;
    private Duration retryFor = Duration.ofHours(24);
    private Duration retryMaxDelay = Duration.ofMinutes(5);
    private Rejections deadLetters = new DeadLetters(Path.of("data"));

    /** The loop's condition: whether the request still has to be sent, or sent again. */
    public boolean open(Exchange exchange) {
        Request request = request(exchange);
        if (request.attempt() == 0 && !request.running()) {
            request.abandon("the flow was stopped", null);
        }
        return request.open();
    }

    /** Makes the message the HTTP request, and nothing but: no header of the source gets out. */
    public void prepare(Exchange exchange) {
        Request request = request(exchange);
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        exchange.setProperty(URL, request.url());
        exchange.setProperty(SEND_CREDENTIAL_TO, sendCredentialTo);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        headers.forEach(message::setHeader);
        message.setHeader(Exchange.HTTP_METHOD, method);
        byte[] body = shape.body(request.parts());
        if (body != null) {
            message.setHeader(Exchange.CONTENT_TYPE, shape.contentType());
        }
        message.setBody(body);
        request.attempted();
    }

    /** Accounts for the answer: an outcome for the records, or a time for the next attempt. */
    public void account(Exchange exchange) {
        Request request = request(exchange);
        Answer answer = Answer.of(exchange);
        Duration wait = null;
        switch (answer.meaning()) {
            case DELIVERED -> request.delivered();
            case REJECTED -> reject(request, answer, Preview.or(deadLetters, exchange));
            case PASSING -> {
                wait = new Retry(retryFor, retryMaxDelay).next(request.attempt(), request.firstSent(),
                        answer.retryAfter());
                if (wait == null) {
                    reject(request, answer, Preview.or(deadLetters, exchange));
                }
            }
        }
        exchange.setProperty(RETRY_IN, wait);
        if (tapped && Preview.of(exchange) == null) {
            String url = exchange.getProperty(SENT_TO, request.url(), String.class);
            exchange.setProperty(EVENT, ResponseEvent.of(request, template, method, url, answer));
        }
        if (wait != null) {
            LOG.warn("{}: {} {} {}, attempt {} in {} s", request.flow(), method, request.url(), answer.summary(),
                    request.attempt() + 1, "%.1f".formatted(wait.toMillis() / 1000.0));
        }
    }

    /** Waits until it is time for the next attempt, if there is to be one. Gives up when the flow stops. */
    public void pause(Exchange exchange) throws InterruptedException {
        Duration wait = exchange.getProperty(RETRY_IN, Duration.class);
        Request request = request(exchange);
        if (wait != null && request.open() && !request.pause(wait)) {
            request.abandon("the flow was stopped", null);
        }
    }

    private void reject(Request request, Answer answer, Rejections to) {
        Rejection rejection = Rejection.answered(answer, request.attempt());
        try {
            for (Page each : request.pages()) {
                to.write(each.chunk(), each.records().stream().map(ShapedRecord::source).toList(), rejection);
            }
            request.rejected();
            LOG.warn("{}: {} records rejected: {} {} {}", request.flow(), request.recordCount(), method, request.url(),
                    rejection.reason());
        } catch (IOException e) {
            request.abandon("dead letters could not be written: " + e.getMessage(), e);
        }
    }

    /** Whether the flow that an exchange belongs to still runs; true where there is no flow. */
    public static boolean running(Exchange exchange) {
        Request request = request(exchange);
        return request == null || request.running();
    }

    private static Request request(Exchange exchange) {
        return exchange.getProperty(REQUEST, Request.class);
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    /** The HTTP method. */
    public void setMethod(String method) {
        this.method = method;
    }

    /** What the endpoint makes of a record. */
    public void setShape(Shape shape) {
        this.shape = shape;
    }

    /** {@code name1:value1,name2:value2}; see {@link RequestHeaders}. */
    public void setRequestHeaders(String requestHeaders) {
        this.headers = RequestHeaders.parse(requestHeaders);
    }

    /** Hosts beside the base URL's own that may get the credential, comma-separated. */
    public void setSendCredentialTo(String sendCredentialTo) {
        this.sendCredentialTo = sendCredentialTo;
    }

    /** URL of the response webhook; blank for none. Only whether there is one matters here. */
    public void setResponseWebhook(String responseWebhook) {
        this.tapped = !responseWebhook.isBlank();
    }

    /** How long a passing failure is retried, such as {@code 24h} or {@code 10s}. */
    public void setRetryFor(String retryFor) {
        this.retryFor = Duration.ofMillis(TimeUtils.toMilliSeconds(retryFor));
    }

    /** The longest wait between two attempts, such as {@code 5m}. */
    public void setRetryMaxDelay(String retryMaxDelay) {
        this.retryMaxDelay = Duration.ofMillis(TimeUtils.toMilliSeconds(retryMaxDelay));
    }

    /** Whether a person has confirmed what this endpoint does for good. */
    public void setConfirmed(boolean confirmed) {
        if (!confirmed) {
            throw new IllegalArgumentException("what this endpoint does cannot be undone; a flow that uses it has to say"
                    + " confirmIrreversible: true");
        }
    }

    /** The data directory. */
    public void setData(String data) {
        this.deadLetters = new DeadLetters(Path.of(data));
    }
}
