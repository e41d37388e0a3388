// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.checks.Rates;
import dev.gtmroutes.sandbox.checks.RequestValidator;
import dev.gtmroutes.sandbox.faults.CarriedOut;
import dev.gtmroutes.sandbox.faults.ItemisedAnswer;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.faults.Misbehaviours;
import io.vertx.core.http.HttpServerRequest;
import org.jboss.logging.Logger;

/** Takes the requests that are meant for a vendor: judges, records and answers them, or misbehaves. */
public final class VendorRequests {

    private static final Logger LOG = Logger.getLogger(VendorRequests.class);
    private static final int LIMIT_WITHOUT_VENDOR = 10 * 1024 * 1024;

    private final Catalog catalog;
    private final RequestValidator judge;
    private final Rates rates;
    private final Misbehaviours misbehaviours;
    private final RequestJournal journal;
    private final CarriedOut carriedOut;
    private final Replies replies;
    private final List<Consumer<RecordedRequest>> listeners = new CopyOnWriteArrayList<>();

    public VendorRequests(Catalog catalog, RequestValidator judge, Rates rates, Misbehaviours misbehaviours,
            RequestJournal journal, CarriedOut carriedOut, Replies replies) {
        this.catalog = catalog;
        this.judge = judge;
        this.rates = rates;
        this.misbehaviours = misbehaviours;
        this.journal = journal;
        this.carriedOut = carriedOut;
        this.replies = replies;
    }

    public void listen(Consumer<RecordedRequest> listener) {
        listeners.add(listener);
    }

    public void handle(HttpServerRequest request, String path) {
        Catalog.Match match = catalog.match(request.method().name(), path);
        if (match.vendor() != null) {
            rates.begin(match.vendor());
            // Called once, also when the client has gone.
            request.response().endHandler(over -> rates.end(match.vendor()));
        }
        Misbehaviour misbehaviour = misbehaviours.take(match);
        if (misbehaviour != null && misbehaviour.close() == Misbehaviour.Close.BEFORE) {
            request.pause();
            record(request, match, new Outcome(0, 0, 0, true), 0, new byte[0]);
            replies.close(request, misbehaviours.latencyMs() + misbehaviour.delayMs());
            return;
        }
        int limit = match.vendor() == null ? LIMIT_WITHOUT_VENDOR : match.vendor().maxBodyBytes();
        RequestBody.read(request, limit, body -> {
            Arrival arrival = new Arrival(match, request, body);
            answer(arrival, misbehaviour == null ? misbehaviours.take(arrival) : misbehaviour);
        });
    }

    private void answer(Arrival arrival, Misbehaviour misbehaviour) {
        RequestValidator.Verdict verdict = judge.judge(arrival, misbehaviour == null || !misbehaviour.isRefusal());
        if (misbehaviour == null) {
            record(arrival, verdict, verdict.answer(), null);
            replies.send(arrival.request(), verdict.answer(), misbehaviours.latencyMs(), 0);
            return;
        }
        SandboxResponse answer = misbehaviour.status() == 0 ? verdict.answer() : instead(misbehaviour, arrival, verdict);
        record(arrival, verdict, answer, misbehaviour);
        int delayMs = misbehaviours.latencyMs() + misbehaviour.delayMs();
        if (misbehaviour.close() != null) {
            replies.close(arrival.request(), delayMs);
        } else {
            replies.send(arrival.request(), answer, delayMs, misbehaviour.slowMs());
        }
    }

    private static SandboxResponse instead(Misbehaviour misbehaviour, Arrival arrival, RequestValidator.Verdict verdict) {
        int status = misbehaviour.status();
        Vendor vendor = arrival.match().vendor();
        SandboxResponse answer;
        if (misbehaviour.isItemised()) {
            answer = SandboxResponse.json(status, ItemisedAnswer.of(arrival.records(), misbehaviour.poison(), status));
        } else if (misbehaviour.body() != null) {
            answer = SandboxResponse.text(status, misbehaviour.body());
        } else if (vendor == null || status < 400) {
            answer = SandboxResponse.json(status, verdict.answer().isSuccess() ? verdict.answer().body() : "");
        } else {
            answer = SandboxResponse.json(status, vendor.errorBody(status).refused(status, "", "the sandbox misbehaves"));
        }
        return misbehaviour.retryAfter() == null ? answer : answer.with("Retry-After", misbehaviour.retryAfter());
    }

    private void record(Arrival arrival, RequestValidator.Verdict verdict, SandboxResponse answer,
            Misbehaviour misbehaviour) {
        boolean success = verdict.answer().isSuccess() && answer.isSuccess();
        boolean closes = misbehaviour != null && misbehaviour.close() != null;
        int accepted = success ? carryOut(arrival, verdict, misbehaviour) : 0;
        Outcome outcome = new Outcome(verdict.records(), accepted, closes ? 0 : answer.status(), misbehaviour != null);
        record(arrival.request(), arrival.match(), outcome, arrival.body().size(), arrival.body().bytes());
    }

    /** How many records are carried out: all but the poisoned ones. They are looked into only if somebody asks for it. */
    private int carryOut(Arrival arrival, RequestValidator.Verdict verdict, Misbehaviour misbehaviour) {
        Misbehaviour.Poison poison = misbehaviour == null ? null : misbehaviour.poison();
        if (poison == null && !carriedOut.isCounting()) {
            return verdict.records();
        }
        List<JsonNode> records = arrival.records();
        List<JsonNode> good = records.stream().filter(each -> poison == null || !poison.isIn(each)).toList();
        if (carriedOut.isCounting()) {
            carriedOut.add(good);
        }
        return verdict.records() - (records.size() - good.size());
    }

    private void record(HttpServerRequest request, Catalog.Match match, Outcome outcome, long size, byte[] body) {
        RecordedRequest recorded = journal.add(new RecordedRequest(0, Instant.now(), match.vendorName(),
                match.endpointName(), request.method().name(), request.uri(), headers(request), outcome.records,
                outcome.accepted, outcome.status, outcome.misbehaved, size, body));
        for (Consumer<RecordedRequest> listener : listeners) {
            tell(listener, recorded);
        }
    }

    private static void tell(Consumer<RecordedRequest> listener, RecordedRequest recorded) {
        try {
            listener.accept(recorded);
        } catch (RuntimeException | AssertionError e) {
            // The vendor's answer must not depend on who is watching.
            LOG.errorf("A listener failed on %s: %s", recorded, e);
        }
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, value) -> headers.merge(name, value, (one, other) -> one + ", " + other));
        return headers;
    }

    /** What became of a request. */
    private record Outcome(int records, int accepted, int status, boolean misbehaved) {
    }
}
