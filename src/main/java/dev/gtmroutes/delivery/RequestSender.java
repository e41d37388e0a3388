package dev.gtmroutes.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gtmroutes.record.Shape;
import dev.gtmroutes.record.ShapedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.http.HttpMethods;

/**
 * Makes the HTTP requests of an aggregate, one after the other until its records have an outcome: the steps before the
 * vendor API in {@code http-delivery-sink}. One instance serves one call of it, and many aggregates at a time.
 */
public class RequestSender implements Predicate {

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

    /** Exchange property: whether the request must not be carried out twice. */
    public static final String ONCE_ONLY = "GtmOnceOnly";

    /** Exchange property of type {@link Aggregate}: what the aggregated exchange is to send. */
    static final String AGGREGATE = "GtmAggregate";

    private Object method;
    private Shape shape = new Shape();
    private Map<String, String> headers = Map.of();
    private String sendCredentialTo = "";
    private boolean onceOnly;
    private InFlight inFlight = new InFlight();

    /** Whether the flow still wants the request sent that this exchange holds; for waits on the way to the vendor. */
    public static boolean running(Exchange exchange) {
        Aggregate aggregate = aggregate(exchange);
        return aggregate == null || aggregate.running();
    }

    /** The records of the request that this exchange holds, in their order; for a destination that is no HTTP API. */
    public static List<ShapedRecord> records(Exchange exchange) {
        return aggregate(exchange).current().records();
    }

    /**
     * What became of the request cannot be written for now: its flow sends nothing more, and this waits a while.
     *
     * @param  problem one line for a person
     * @return         false if the flow was stopped
     */
    public static boolean awaitDisk(Exchange exchange, String problem) throws InterruptedException {
        return aggregate(exchange).awaitDisk(problem);
    }

    /** What became of the request was written. */
    public static void diskWorked(Exchange exchange) {
        aggregate(exchange).chunk().destination().diskWorked();
    }

    /**
     * To be called by a vendor API when the next thing is the request's first byte. Where a request must be carried out
     * only once, its source is told first: should the program end now, the records are held.
     *
     * @throws UncheckedIOException if that cannot be noted; the request must not be sent
     */
    public static void leaving(Exchange exchange) {
        if (!exchange.getProperty(ONCE_ONLY, false, boolean.class)) {
            return;
        }
        for (Page each : aggregate(exchange).current().pages()) {
            try {
                each.chunk().notes().note(Journal.Note.SENDING, each.records());
            } catch (IOException e) {
                throw new UncheckedIOException("what is sent once only cannot be noted before: " + e.getMessage(), e);
            }
        }
    }

    /**
     * The loop's condition: whether a request still has to be sent. Waits until it may be. Not a method that the route
     * names: Camel makes a copy of the exchange for each call of one.
     */
    @Override
    public boolean matches(Exchange exchange) {
        try {
            return open(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private boolean open(Exchange exchange) throws InterruptedException {
        Aggregate aggregate = aggregate(exchange);
        if (!aggregate.open()) {
            return false;
        }
        if (!aggregate.running() || aggregate.kept() || !inFlight.acquire(aggregate)
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
        exchange.setProperty(ONCE_ONLY, onceOnly);
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
        request.span().headers().forEach(message::setHeader);
    }

    static Aggregate aggregate(Exchange exchange) {
        return exchange.getProperty(AGGREGATE, Aggregate.class);
    }

    /** The HTTP method; or, where a request is none of HTTP, another word for what it does. */
    public void setMethod(String method) {
        // Camel would look for a way to make the constant of the word, for each request.
        this.method = Stream.of(HttpMethods.values()).filter(each -> each.name().equals(method)).map(Object.class::cast)
                .findAny().orElse(method);
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

    /** Whether a request must not be carried out twice. */
    public void setOnceOnly(boolean onceOnly) {
        this.onceOnly = onceOnly;
    }

    /** What sends the requests, so many at a time. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** Whether a person has confirmed what this endpoint does for good. */
    public void setConfirmed(boolean confirmed) {
        if (!confirmed) {
            throw new IllegalArgumentException("what this endpoint does cannot be undone; a flow that uses it has to say"
                    + " confirmIrreversible: true");
        }
    }
}
