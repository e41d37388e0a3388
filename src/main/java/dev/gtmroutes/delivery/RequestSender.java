package dev.gtmroutes.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    /** Exchange property in which a vendor API says, as one line for a person, that the credential is to blame. */
    public static final String CREDENTIAL_REFUSED = "GtmCredentialRefused";

    /**
     * Exchange property in which a vendor API says, where no answer came, whether the request may have been sent; without
     * it, it may.
     */
    public static final String MAYBE_SENT = "GtmMaybeSent";

    /** Exchange property: name of the template that the request is for. */
    public static final String TEMPLATE = "GtmTemplate";

    /** Exchange property of type {@link Aggregate}: what the aggregated exchange is to send. */
    static final String AGGREGATE = "GtmAggregate";

    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);
    private static final String VERDICT = "GtmVerdict";
    private static final String EVENT = "GtmResponseEvent";

    private String method;
    private Shape shape = new Shape();
    private Map<String, String> headers = Map.of();
    private String sendCredentialTo = "";
    private boolean tapped;
    private boolean onceOnly;
    private ItemResults itemResults;
    private Duration retryFor = Duration.ofHours(24);
    private Duration retryMaxDelay = Duration.ofMinutes(5);
    private InFlight inFlight = new InFlight();
    private Rejections deadLetters = new DeadLetters(Path.of("data"));

    /** Whether the flow still wants the request sent that this exchange holds; for waits on the way to the vendor. */
    public static boolean running(Exchange exchange) {
        Aggregate aggregate = aggregate(exchange);
        return aggregate == null || aggregate.running();
    }

    /** The loop's condition: whether a request still has to be sent. Waits until it may be. */
    public boolean open(Exchange exchange) throws InterruptedException {
        Aggregate aggregate = aggregate(exchange);
        if (!aggregate.open()) {
            return false;
        }
        boolean fresh = aggregate.current().attempt() == 0;
        if (fresh && (!aggregate.running() || aggregate.kept()) || !inFlight.acquire(aggregate)
                || !mayPass(exchange, aggregate)) {
            aggregate.abandon(aggregate.running() ? "records before these went back to the source"
                    : "the flow was stopped", null);
        }
        return aggregate.open();
    }

    private static boolean mayPass(Exchange exchange, Aggregate aggregate) throws InterruptedException {
        if (Preview.of(exchange) != null) {
            return true;
        }
        Destination destination = aggregate.chunk().destination();
        // What waits at the gate has a place, but is not under way.
        destination.tally().inFlight(-1);
        try {
            return destination.gate().pass(aggregate::running);
        } finally {
            destination.tally().inFlight(1);
        }
    }

    /** Makes the message the HTTP request, and nothing but: no header of the source gets out. */
    public void prepare(Exchange exchange) {
        Aggregate aggregate = aggregate(exchange);
        Request request = aggregate.current();
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        exchange.removeProperty(CREDENTIAL_REFUSED);
        exchange.removeProperty(MAYBE_SENT);
        exchange.setProperty(URL, request.url());
        exchange.setProperty(TEMPLATE, aggregate.chunk().template());
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

    /** Works out what the answer means, puts into the dead letters what belongs there, and makes the response event. */
    public void account(Exchange exchange) {
        Aggregate aggregate = aggregate(exchange);
        Request request = aggregate.current();
        Answer answer = Answer.of(exchange);
        inFlight.release(aggregate);
        Destination destination = aggregate.chunk().destination();
        destination.tally().answered(answer.status(), request.attempt() > 1,
                Duration.between(request.sent(), Instant.now()));
        if (tapped && Preview.of(exchange) == null) {
            String url = exchange.getProperty(SENT_TO, request.url(), String.class);
            exchange.setProperty(EVENT, ResponseEvent.of(request, method, url, answer));
        }
        if (answer.meaning(onceOnly) == Answer.Meaning.CREDENTIAL) {
            destination.credentialRefused(answer.refusal() != null ? answer.refusal() : answer.summary());
        } else if (answer.status() > 0) {
            destination.credentialWorked(request.sent());
        }
        Verdict verdict = new Answers(onceOnly, itemResults, new Retry(retryFor, retryMaxDelay)).verdict(request, answer);
        tell(aggregate, answer, verdict);
        write(verdict, Preview.or(deadLetters, exchange), aggregate);
        exchange.setProperty(VERDICT, verdict);
    }

    /** An aggregate that could not be written to the dead letters goes back to its source. */
    private static void write(Verdict verdict, Rejections to, Aggregate aggregate) {
        try {
            for (Verdict.Refused refused : verdict.refused()) {
                for (Page each : refused.pages()) {
                    to.write(each.chunk(), each.records().stream().map(ShapedRecord::source).toList(), refused.why());
                }
            }
        } catch (IOException e) {
            aggregate.abandon("dead letters could not be written: " + e.getMessage(), e);
        }
    }

    private void tell(Aggregate aggregate, Answer answer, Verdict verdict) {
        Request request = aggregate.current();
        String flow = aggregate.chunk().flow();
        for (Verdict.Refused each : verdict.refused()) {
            LOG.warn("{}: {} records {}: {} {} {}", flow, each.recordCount(), each.why().state(), method, request.url(),
                    each.why().reason());
        }
        if (verdict.pause() != null) {
            LOG.warn("{}: {} {} {}, attempt {} in {} s", flow, method, request.url(), answer.summary(),
                    request.attempt() + 1, "%.1f".formatted(verdict.pause().toMillis() / 1000.0));
        } else if (!verdict.next().isEmpty() && request.attempt() > 0) {
            LOG.debug("{}: {} {} {} for {} records: sent again in {} parts", flow, method, request.url(), answer.summary(),
                    request.recordCount(), verdict.next().size());
        }
    }

    /** Gives the records their outcome, now that everything about it is on the disk; then waits, if it is to wait. */
    public void settle(Exchange exchange) throws InterruptedException {
        Aggregate aggregate = aggregate(exchange);
        Verdict verdict = (Verdict) exchange.removeProperty(VERDICT);
        ResponseEvent event = (ResponseEvent) exchange.removeProperty(EVENT);
        if (event != null && !event.isStored()) {
            aggregate.abandon(event.problem(), event.cause());
        }
        if (!aggregate.open()) {
            return;
        }
        aggregate.replaceCurrent(verdict.next());
        for (Verdict.Refused refused : verdict.refused()) {
            refused.pages().forEach(each -> each.chunk().refused(each.records(), refused.why()));
        }
        verdict.delivered().forEach(each -> each.chunk().delivered(each.records()));
        if (verdict.pause() != null && !aggregate.chunk().pause(verdict.pause())) {
            aggregate.abandon("the flow was stopped", null);
        }
    }

    private static Aggregate aggregate(Exchange exchange) {
        return exchange.getProperty(AGGREGATE, Aggregate.class);
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

    /** Whether a request must not be carried out twice: one that may have been is not sent again. */
    public void setOnceOnly(boolean onceOnly) {
        this.onceOnly = onceOnly;
    }

    /** Where an answer tells what became of each record, see {@link ItemResults}; blank where it does not. */
    public void setItemResults(String itemResults) {
        this.itemResults = itemResults.isBlank() ? null : new ItemResults(itemResults);
    }

    /** What sends the requests, so many at a time. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
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
