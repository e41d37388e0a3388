// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.SettingSecrets;
import dev.gtmroutes.delivery.changed.FormsWait;
import dev.gtmroutes.delivery.status.BodyHead;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.record.RequestMapping;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Predicate;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.DefaultMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the HTTP requests of an aggregate, one after the other until its records have an outcome: the steps before the
 * vendor API in {@code http-delivery-sink}. One instance serves one call of it, and many aggregates at a time.
 */
public class RequestSender extends KameletBean implements Predicate {

    private static final Logger LOG = LoggerFactory.getLogger(RequestSender.class);

    /** Exchange property of type {@link RequestQueue}: what the aggregated exchange is to send. */
    static final String AGGREGATE = "GtmAggregate";

    private String method = "POST";
    private RequestMapping shape = new RequestMapping();
    private Map<String, String> headers = Map.of();
    /** The same with their secrets hidden. */
    private Map<String, String> shownHeaders = Map.of();
    private String api = "";
    private String sendCredentialTo = "";
    private boolean onceOnly;
    private InFlight inFlight = new InFlight();
    /** Whether the vendor API takes requests as values; null as long as nobody can tell. */
    private volatile Boolean firstEdition;

    /**
     * What became of the request cannot be written for now: its flow sends nothing more, and this waits a while.
     *
     * @param  problem one line for a person
     * @return         false if the flow was stopped
     */
    public static boolean awaitDisk(Exchange exchange, String problem) throws InterruptedException {
        return aggregate(exchange).awaitDisk(problem);
    }

    /** The name of the input that the records of the request came in; the first one's, if there are several. */
    public static String source(Exchange exchange) {
        return aggregate(exchange).chunk().source();
    }

    /** What tells that input from others that have, or had, its name; empty where its source does not say. */
    public static String inputMark(Exchange exchange) {
        return aggregate(exchange).chunk().notes().marks().get(0);
    }

    /** What became of the request was written. */
    public static void diskWorked(Exchange exchange) {
        aggregate(exchange).chunk().destination().diskWorked();
    }

    /**
     * The next thing is the request's first byte: what was remembered of its records is uncertain from now on. Where a
     * request must be carried out only once, its source is told first: should the program end now, the records are held.
     */
    private void leaving(Request request) throws IOException {
        if (request.isTakenOver()) {
            throw new IOException("other consumers have taken over some of the records");
        }
        for (Batch each : request.pages()) {
            each.chunk().changes().leaving(each.records());
        }
        if (onceOnly) {
            for (Batch each : request.pages()) {
                each.chunk().notes().note(ProgressLog.Note.SENDING, each.records());
            }
        }
        request.leaves();
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
        } catch (IOException e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private boolean open(Exchange exchange) throws IOException, InterruptedException {
        RequestQueue aggregate = aggregate(exchange);
        if (!aggregate.open()) {
            return false;
        }
        if (!aggregate.running() || aggregate.kept() || !inFlight.acquire(aggregate)
                || !mayPass(aggregate)) {
            aggregate.abandon(aggregate.running() ? "earlier records of this input went back to the source"
                    : "the flow was stopped", null);
        }
        return aggregate.open();
    }

    private static boolean mayPass(RequestQueue aggregate) throws IOException, InterruptedException {
        DestinationStatus destination = aggregate.chunk().destination();
        // What waits at the gate has a place, but is not under way.
        destination.tally().inFlight(-1);
        try {
            if (!FormsWait.run(destination, aggregate::running, aggregate.chunk().changes()::check)) {
                return false;
            }
            // What is only saved is no try of the credential: that is left to the requests about a job.
            return destination.isDeferred() ? destination.gate().awaitOpen(aggregate::running)
                    : destination.gate().pass(aggregate::running);
        } finally {
            destination.tally().inFlight(1);
        }
    }

    /**
     * Makes the message the request, as a message of its own: nothing of the source gets out.
     *
     * @throws IOException if it must not be sent, because that cannot be noted
     */
    public void prepare(Exchange exchange) throws IOException {
        RequestQueue aggregate = aggregate(exchange);
        Request request = aggregate.current();
        request.attempted();
        ApiRequest value = request(request, aggregate::running);
        note(request, value, aggregate.chunk().destination().recent().bodyBytes());
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        if (isFirstEdition()) {
            FirstEdition.send(exchange, value);
            return;
        }
        Message message = new DefaultMessage(camel);
        message.setBody(value);
        exchange.setMessage(message);
    }

    /** For a person who looks. Of a body of some MB, only the beginning is copied. */
    private void note(Request request, ApiRequest value, int bytes) {
        if (bytes > 0) {
            String type = value.headers().get(Exchange.CONTENT_TYPE);
            Map<String, String> shown = shownHeaders;
            if (type != null) {
                shown = new LinkedHashMap<>(shownHeaders);
                shown.put(Exchange.CONTENT_TYPE, type);
            }
            request.sends(shown, BodyHead.of(value.body(), bytes));
        }
    }

    private boolean isFirstEdition() {
        if (firstEdition == null) {
            firstEdition = FirstEdition.find(camel, api).orElse(null);
            if (Boolean.TRUE.equals(firstEdition)) {
                LOG.warn("{} has the form of the first edition of vendor APIs. The next version will not support it. Update "
                        + "it; people-ai-api-action is an example", api.split("\\?")[0]);
            }
        }
        return Boolean.TRUE.equals(firstEdition);
    }

    /** The request for these records, before the vendor API adds to it. */
    public ApiRequest request(Request request, BooleanSupplier running) {
        Input chunk = request.pages().get(0).chunk();
        byte[] body = shape.body(request.parts());
        Map<String, String> all = new LinkedHashMap<>(headers);
        if (body != null) {
            all.put(Exchange.CONTENT_TYPE, shape.contentType());
        }
        request.span().headers().forEach(all::put);
        return new ApiRequest(method, request.url(), all, body, chunk.template(), chunk.flow(), onceOnly, sendCredentialTo,
                null, null, () -> leaving(request), running, request.records());
    }

    public static RequestQueue aggregate(Exchange exchange) {
        return exchange.getProperty(AGGREGATE, RequestQueue.class);
    }

    /** The HTTP method; or, where a request is none of HTTP, another word for what it does. */
    public void setMethod(String method) {
        this.method = method;
    }

    /** The vendor API, as an endpoint. */
    public void setApi(String api) {
        this.api = api;
    }

    public String api() {
        return api;
    }

    /** What the endpoint makes of a record. */
    public void setShape(RequestMapping shape) {
        this.shape = shape;
    }

    /** {@code name1:value1,name2:value2}; see {@link RequestHeaders}. */
    public void setRequestHeaders(String requestHeaders) {
        if (Opening.isKnown(requestHeaders)) {
            this.headers = RequestHeaders.parse(requestHeaders);
            headers.forEach((name, value) -> SettingSecrets.watch(camel).learnHeader(name, value, this));
            Map<String, String> shown = new LinkedHashMap<>(headers);
            shown.replaceAll((name, value) -> Secrets.of(camel).mask(value));
            shownHeaders = shown;
        }
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
            throw new IllegalArgumentException("the effect of this endpoint cannot be undone. To confirm it, set "
                    + "confirmIrreversible: true");
        }
    }
}
