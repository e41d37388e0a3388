// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonPointer;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.Batch;
import dev.gtmroutes.delivery.InFlight;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.delivery.RequestQueue;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.Retry;
import dev.gtmroutes.delivery.changed.ChangedRecords;
import dev.gtmroutes.delivery.changed.FormsWait;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.record.KeyAttributes;
import dev.gtmroutes.record.ShapedRecord;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accounts for the answer to a request: the steps behind the vendor API in {@code http-delivery-sink}. One instance serves
 * one call of it, and many requests at a time.
 */
public class ResponseHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ResponseHandler.class);
    private static final String VERDICT = "GtmVerdict";
    private static final String EVENT = "GtmResponseEvent";

    private String method;
    private boolean tapped;
    private KeyAttributes recordKey = KeyAttributes.NONE;
    private boolean onceOnly;
    private ItemResults itemResults;
    private JsonPointer failureWhen;
    private Duration retryFor = Duration.ofHours(24);
    private Duration retryMaxDelay = Duration.ofMinutes(5);
    private InFlight inFlight = new InFlight();
    private DeadLetters deadLetters = new DeadLetters();

    /** Works out what the answer means, puts into the dead letters what belongs there, and makes the response event. */
    public void account(Exchange exchange) throws InterruptedException {
        RequestQueue aggregate = RequestSender.aggregate(exchange);
        Request request = aggregate.current();
        ApiAnswer answer = answer(exchange, request);
        if (!request.hasLeft() && request.isTakenOver()) {
            // Nothing was tried, and nothing will be, however long it was tried before: it goes back to its source.
            giveBack(exchange, request, answer);
            return;
        }
        Outcome outcome = answer.outcome(onceOnly);
        DestinationStatus destination = aggregate.chunk().destination();
        Duration took = Duration.ofNanos(System.nanoTime() - request.sentNanos());
        if (!destination.isDeferred()) {
            // Where records are only saved, the answer is this program's own, and says nothing about the vendor.
            destination.answered(answer, outcome, request.attempt(), request.sentNanos(), took);
        }
        if (answer.status() > 0 && outcome != Outcome.CREDENTIAL && outcome != Outcome.RETRY
                && outcome != Outcome.UNKNOWN) {
            destination.waits().worked();
        }
        Verdict verdict = new RecordOutcomes(onceOnly, itemResults, new Retry(retryFor, retryMaxDelay)).verdict(request,
                answer);
        if (!destination.isDeferred()) {
            new RequestNote(method, recordKey).write(request, took, answer, verdict);
        }
        if (tapped) {
            exchange.setProperty(EVENT, new ResponseEvent(EventJson.of(request, took, method, answer, verdict, recordKey,
                    Secrets.of(exchange.getContext()))));
        }
        tell(aggregate, answer, verdict);
        request.span().end(verdict.numbers(answer), outcome == Outcome.DELIVERED);
        write(verdict, deadLetters, aggregate, request.id());
        exchange.setProperty(VERDICT, verdict);
    }

    private static void giveBack(Exchange exchange, Request request, ApiAnswer answer) {
        Verdict back = Verdict.next(List.of(request), null);
        request.span().end(back.numbers(answer), false);
        exchange.setProperty(VERDICT, back);
    }

    /** What the vendor API has left: an answer, or in its place what failed on the way to one. */
    private ApiAnswer answer(Exchange exchange, Request request) {
        Exception failure = (Exception) exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        ApiAnswer answer = failure == null && exchange.getMessage().getBody() instanceof ApiAnswer value ? value
                : FirstEdition.answer(exchange, failure);
        if (failure != null && !request.hasLeft()) {
            // It came to no vendor API, as when the route of one is stopped.
            answer = answer.change().maybeSent(false).build();
        }
        return failureWhen == null ? answer : answer.change().policy(answer.policy().failingWhen(failureWhen)).build();
    }

    private static void write(Verdict verdict, Rejections to, RequestQueue aggregate, String request)
            throws InterruptedException {
        for (Verdict.Refused refused : verdict.refused()) {
            for (Batch each : refused.pages()) {
                write(each, refused.why().of(request), to, aggregate);
            }
        }
    }

    /**
     * While the dead letters cannot be written, as on a full disk, the records wait: sent again they might arrive twice.
     * Only a stop sends them back to their source.
     */
    private static void write(Batch page, Rejection why, Rejections to, RequestQueue aggregate) throws InterruptedException {
        while (aggregate.open()) {
            try {
                to.write(page.chunk(), page.records().stream().map(ShapedRecord::source).toList(), why);
                aggregate.chunk().destination().diskWorked();
                return;
            } catch (IOException e) {
                String problem = "dead letters cannot be written: " + e;
                if (!aggregate.awaitDisk(problem)) {
                    aggregate.abandon(problem, e);
                }
            }
        }
    }

    private void tell(RequestQueue aggregate, ApiAnswer answer, Verdict verdict) {
        Request request = aggregate.current();
        String flow = aggregate.chunk().flow();
        for (Verdict.Refused each : verdict.refused()) {
            LOG.warn("{}: {} records {}: {} {}{}", flow, each.recordCount(), each.why().state(), method, request.address(),
                    told(each.why().reason()));
        }
        if (verdict.pause() != null) {
            LOG.warn("{}: {} {}{}{}, attempt {} in at most {} s", flow, method, request.address(), told(answer.summary()),
                    verdict.why(), request.attempt() + 1, "%.1f".formatted(verdict.pause().toMillis() / 1000.0));
            aggregate.chunk().destination().tally().retried(answer.summary() + verdict.why());
        } else if (!verdict.next().isEmpty() && request.attempt() > 0) {
            LOG.debug("{}: {} {} {} for {} records: sent again in {} parts", flow, method, request.address(),
                    answer.summary(),
                    request.recordCount(), verdict.next().size());
        }
    }

    /** The request is the subject of "responded with 429", and of nothing else. */
    private static String told(String reason) {
        return (reason.startsWith("responded") ? " " : ": ") + reason;
    }

    /** Gives the records their outcome, now that everything about it is on the disk; then waits, if it is to wait. */
    public void settle(Exchange exchange) throws InterruptedException {
        RequestQueue aggregate = RequestSender.aggregate(exchange);
        Verdict verdict = (Verdict) exchange.removeProperty(VERDICT);
        ResponseEvent event = (ResponseEvent) exchange.removeProperty(EVENT);
        if (event != null && !event.isStored() && aggregate.running()) {
            aggregate.abandon(event.problem(), event.cause());
        }
        if (!aggregate.open()) {
            return;
        }
        if (event != null && !event.isStored()) {
            // Sent again, the records would be delivered twice, or get a second dead letter: worse than a lost event.
            LOG.warn("{}: a response event is lost, because the flow was stopped before it could be stored: {}: {}",
                    aggregate.chunk().flow(), event.title(), event.problem());
        }
        remember(aggregate, verdict);
        note(aggregate, verdict);
        // Not before: what has a place and no noted outcome is what a crash may send twice.
        inFlight.release(aggregate);
        aggregate.replaceCurrent(verdict.next());
        for (Verdict.Refused refused : verdict.refused()) {
            refused.pages()
                    .forEach(each -> each.chunk().refused(each.records(), refused.why(), verdict.delivered().isEmpty()));
        }
        verdict.delivered().forEach(each -> each.chunk().delivered(each.records()));
        if (verdict.pause() != null && !aggregate.chunk().destination().waits().await(verdict.pause(), verdict.asked(),
                aggregate.current().attempt(), aggregate::running)) {
            aggregate.abandon("the flow was stopped", null);
        }
    }

    /**
     * Remembers what was delivered, before it counts as progress: what is remembered and comes again is not sent, and what
     * is not remembered would be. While a database cannot be reached, the records wait, unless the flow is stopped.
     */
    private static void remember(RequestQueue aggregate, Verdict verdict) throws InterruptedException {
        ChangedRecords changes = aggregate.chunk().changes();
        List<ShapedRecord> rejected = new ArrayList<>();
        List<ShapedRecord> doubtful = new ArrayList<>();
        verdict.refused().forEach(each -> (each.isCertain() ? rejected : doubtful).addAll(records(each.pages())));
        changes.landed(records(verdict.delivered()), rejected, doubtful);
        if (verdict.pause() != null) {
            verdict.next().forEach(each -> changes.unsure(each.records()));
        }
        try {
            FormsWait.run(aggregate.chunk().destination(), aggregate::running, changes::check);
        } catch (IOException e) {
            LOG.debug("{}", e.toString());
        }
    }

    private static List<ShapedRecord> records(List<Batch> pages) {
        return pages.stream().flatMap(each -> each.records().stream()).toList();
    }

    /** While the source cannot note it, the records wait: after a crash they might be sent again. */
    private void note(RequestQueue aggregate, Verdict verdict) throws InterruptedException {
        for (Batch each : verdict.settled()) {
            note(aggregate, each, ProgressLog.Note.SETTLED);
        }
        if (onceOnly) {
            for (Request request : verdict.next()) {
                for (Batch each : request.pages()) {
                    note(aggregate, each, ProgressLog.Note.UNSENT);
                }
            }
        }
    }

    private static void note(RequestQueue aggregate, Batch page, ProgressLog.Note what) throws InterruptedException {
        boolean waited = false;
        while (true) {
            try {
                page.chunk().notes().note(what, page.records());
                if (waited) {
                    aggregate.chunk().destination().diskWorked();
                }
                return;
            } catch (IOException e) {
                waited = true;
                if (!aggregate.awaitDisk("progress cannot be saved: " + e)) {
                    page.chunk().notes().addUnnoted(what, page.records());
                    return;
                }
            }
        }
    }

    /** The HTTP method, as logs and events tell it. */
    public void setMethod(String method) {
        this.method = method;
    }

    /** What sends the requests. */
    public void setInFlight(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** URL of the response webhook; blank for none. Only whether there is one matters here. */
    public void setResponseWebhook(String responseWebhook) {
        this.tapped |= !responseWebhook.isBlank();
    }

    /** Id of the flow that gets the responses; blank for none. Only whether there is one matters here. */
    public void setResponseFlow(String responseFlow) {
        this.tapped |= !responseFlow.isBlank();
    }

    /** Topic for the responses; blank for none. Only whether there is one matters here. */
    public void setResponsesTopic(String responsesTopic) {
        this.tapped |= !responsesTopic.isBlank();
    }

    /** The attributes by which people know a record, comma-separated; blank for none. */
    public void setRecordKey(String recordKey) {
        if (Opening.isKnown(recordKey)) {
            this.recordKey = new KeyAttributes(recordKey);
        }
    }

    /** Whether a request must not be carried out twice: one that may have been is not sent again. */
    public void setOnceOnly(boolean onceOnly) {
        this.onceOnly = onceOnly;
    }

    /** Where an answer tells what became of each record, see {@link ItemResults}; blank where it does not. */
    public void setItemResults(String itemResults) {
        if (Opening.isKnown(itemResults)) {
            this.itemResults = itemResults.isBlank() ? null : new ItemResults(itemResults);
        }
    }

    /** What a 2xx holds that says no, as a JSON pointer; blank for what the vendor API knows of it. */
    public void setFailureWhen(String failureWhen) {
        if (Opening.isKnown(failureWhen)) {
            this.failureWhen = failureWhen.isBlank() ? null : OutcomePolicy.pointer(failureWhen.strip());
        }
    }

    /** How long a passing failure is retried, such as {@code 24h} or {@code 10s}. */
    public void setRetryFor(String retryFor) {
        if (Opening.isKnown(retryFor)) {
            this.retryFor = Durations.parse(retryFor);
        }
    }

    /** The longest wait between two attempts, such as {@code 5m}. */
    public void setRetryMaxDelay(String retryMaxDelay) {
        if (Opening.isKnown(retryMaxDelay)) {
            this.retryMaxDelay = Durations.parse(retryMaxDelay);
        }
    }

    /** Where records go that are not delivered. */
    public void setDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }
}
