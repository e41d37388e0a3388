// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.status;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.RetryWaits;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.progress.EarlierIds;
import dev.gtmroutes.progress.InputProgress;
import org.apache.camel.Route;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call of {@code http-delivery-sink}, as people watch it: what it counts, what it has in work, why it is halted. */
public class DestinationStatus extends KameletBean {

    private static final Logger LOG = LoggerFactory.getLogger(DestinationStatus.class);

    /** What {@code response-outbox-action} calls its destination. */
    private static final String WEBHOOK = "response-webhook";

    private DeliveryCounters tally = new DeliveryCounters();
    private RecentRequests recent = new RecentRequests(0, UnaryOperator.identity());
    private DeliveryTrace trace = DeliveryTrace.NONE;
    private final PauseGate gate = new PauseGate();
    private final KeptInput kept = new KeptInput();
    private final RetryWaits waits = new RetryWaits();
    private PauseFile pauseNote;
    private DestinationRegistry registry;
    private final EqualRejections refused = new EqualRejections();
    private final EqualRejections unfit = new EqualRejections();
    private final Set<Input> inWork = ConcurrentHashMap.newKeySet();
    private Path data = Path.of("data");
    private String routeId = "";
    private volatile String flow;
    private String template = "";
    private int pauseAfterRejections = 20;
    private boolean edited;
    private boolean onceOnly;
    private boolean deferred;

    /**
     * To be called once the properties are set, before the route is started.
     *
     * @throws IllegalStateException if another process uses the data directory
     */
    public void open() {
        beReady();
    }

    @Override
    protected void getReady() {
        DataClaims.claim(camel, data);
        registry = DestinationRegistry.of(camel);
        tally = registry.tally(routeId, template);
        trace = registry.trace(routeId);
        recent = tellsResponses() ? registry.recentRequestsToWebhooks() : registry.recentRequests();
        if (routeId.startsWith(SamplePayloads.PREVIEW_ROUTE)) {
            // It ends with its few records, whatever they are.
            pauseAfterRejections = 0;
        } else {
            pauseNote = new PauseFile(data, routeId);
            remember();
        }
        registry.add(this);
    }

    /**
     * After a restart it is paused as it was. After an edit it is not: that is how people mend what was rejected. The note
     * stays until the edited version runs, because the version before the edit may come back.
     */
    private void remember() {
        if (DestinationRegistry.of(camel).has(routeId)) {
            edited = true;
            return;
        }
        PauseReason before = pauseAfterRejections == 0 ? null : pauseNote.read();
        if (before != null) {
            gate.close(before);
            LOG.warn("{}: still paused since {}, so its records wait: {}. Fix the cause, then resume the flow", routeId,
                    before.since(), before.reason());
        }
    }

    /** The id of the flow; the route's own id while it is being made. */
    public String flow() {
        String known = flow;
        if (known != null) {
            return known;
        }
        String id = FlowRoute.id(camel, routeId);
        Route route = id.equals(routeId) ? null : camel.getRoute(id);
        if (route != null && !route.isCreatedByKamelet()) {
            // It stays so for the life of this route. Camel looks through all routes for each that is asked for.
            flow = id;
        }
        return id;
    }

    /** The id of the delivery's route, different for each call. */
    public String id() {
        return routeId;
    }

    /** Name of the template. */
    public String template() {
        return template;
    }

    /** Whether this is the response webhook of a flow, whose records are response events. */
    public boolean tellsResponses() {
        return template.equals(WEBHOOK);
    }

    /** What progress calls the destinations of a flow. */
    public static List<InputProgress.DestinationKey> keys(List<DestinationStatus> ofFlow) {
        List<String> templates = ofFlow.stream().map(DestinationStatus::template).toList();
        return ofFlow.stream().map(each -> new InputProgress.DestinationKey(each.id(), each.template(),
                Collections.frequency(templates, each.template()))).toList();
    }

    /**
     * Has progress of earlier versions of the program count for the destinations as they are called now.
     *
     * @throws UncheckedIOException if nobody can tell what they are called now
     */
    public void takeOver(InputProgress progress) {
        try {
            progress.rename(EarlierIds.of(camel, data)::now);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a request must not be carried out twice. */
    public boolean isOnceOnly() {
        return onceOnly;
    }

    /** What it has counted. */
    public DeliveryCounters tally() {
        return tally;
    }

    /** Where its requests are remembered for a while, for a person who looks. */
    public RecentRequests recent() {
        return recent;
    }

    /** Who follows its chunks. */
    public DeliveryTrace trace() {
        return trace;
    }

    /** Why nothing is sent for now; empty while all is well. */
    public Optional<PauseReason> halt() {
        return Optional.ofNullable(gate.halt());
    }

    /** When the oldest chunk was opened whose records do not all have an outcome; empty if nothing is in work. */
    public Optional<Instant> oldestInWork() {
        return Stream.concat(inWork.stream().map(Input::opened), later().flatMap(DeferredRecords::oldest).stream())
                .min(Comparator.naturalOrder());
    }

    /** The inputs whose records do not all have an outcome, the one that was opened first before the others. */
    public List<InputInWork> work() {
        return inWork.stream().map(each -> new InputInWork(each.source(), each.opened(), each.settledRecords()))
                .sorted(Comparator.comparing(InputInWork::opened)).toList();
    }

    /** What becomes of its records later; empty if they have their outcomes when they were sent. */
    public Optional<DeferredRecords> later() {
        return deferred ? DestinationRegistry.of(camel).deferred(routeId) : Optional.empty();
    }

    /** Whether records are only saved when they are sent, and get their outcomes later. */
    public boolean isDeferred() {
        return deferred;
    }

    /** Lets a halted destination go on, as a person wishes. What was wrong may halt it again. */
    public synchronized void resume() {
        refused.end();
        unfit.end();
        if (gate.halt() != null) {
            LOG.info("{}: resumed on request", flow());
        }
        if (pauseNote != null) {
            pauseNote.delete();
        }
        gate.open();
    }

    /** A person gave another credential: if the destination waits for it, it goes on. */
    public void credentialReplaced() {
        if (gate.openAfter(PauseReason.Kind.CREDENTIAL)) {
            LOG.info("{}: resumed, because its credential was replaced", flow());
        }
    }

    /** Its requests that wait for another attempt. */
    public RetryWaits waits() {
        return waits;
    }

    public PauseGate gate() {
        return gate;
    }

    /** The version of the flow that it belongs to runs: if it is an edited one, the pause before it is over. */
    public synchronized void runs() {
        if (edited) {
            edited = false;
            pauseNote.delete();
        }
    }

    /** An input stays with its source, which tries again. */
    public void kept(String reason) {
        kept.add(reason);
        tally.kept(reason);
    }

    /** Each record of an input has an outcome. */
    public void taken() {
        kept.end();
    }

    /** Why an input waits at its source; empty if none does. */
    public Optional<KeptInput.Note> inputKept() {
        return kept.now();
    }

    public void opened(Input chunk) {
        runs();
        inWork.add(chunk);
        watch().opened(chunk);
    }

    public void closed(Input chunk) {
        inWork.remove(chunk);
        watch().closed(chunk);
    }

    /** The inputs that are in work. */
    Set<Input> inWork() {
        return inWork;
    }

    private InputWatch watch() {
        return registry == null ? InputWatch.NONE : registry.inputs();
    }

    /** Where outcomes come later, these records are saved, and count when they are delivered. */
    public void delivered(int records) {
        if (!deferred) {
            deliveredLater(records);
        }
    }

    /** The API has accepted records that were saved before. */
    public void deliveredLater(int records) {
        tally.delivered(records);
        refused.end();
    }

    public void held(int records) {
        tally.held(records);
    }

    public void unchanged(int records) {
        tally.unchanged(records);
    }

    /**
     * Counts records that the destination refused. Too many equal ones in a row halt the flow.
     *
     * @param inARow whether the destination took no other record of the same request
     */
    public void rejected(Rejection rejection, int records, boolean inARow) {
        tally.rejected(rejection, records);
        if (inARow) {
            check(rejection, refused.add(rejection, records));
        }
    }

    /** Counts a record that cannot be sent. Too many equal ones in a row halt the flow. */
    public void unfit(Rejection rejection) {
        tally.rejected(rejection, 1);
        check(rejection, unfit.add(rejection, 1));
    }

    /** A record can be sent. */
    public void fit() {
        unfit.end();
    }

    private void check(Rejection rejection, int length) {
        if (pauseAfterRejections > 0 && length >= pauseAfterRejections) {
            halt(PauseReason.Kind.REJECTIONS, length + " records in a row were rejected for the same reason: "
                    + rejection.reason() + rejection.quoted(), System.nanoTime());
        }
    }

    /**
     * The vendor answered a request: it is counted, and a refused credential halts the destination.
     *
     * @param answer  of the vendor, or that there was none
     * @param outcome what the answer means
     * @param attempt which it was, from 1
     * @param sent    when it was sent, as System.nanoTime says
     * @param took    from then to the answer
     */
    public void answered(ApiAnswer answer, Outcome outcome, int attempt, long sent, Duration took) {
        tally.answered(answer, attempt > 1, took);
        if (outcome == Outcome.CREDENTIAL) {
            credentialRefused(answer.refusal() != null ? answer.refusal() : answer.summary(), sent);
        } else if (answer.status() > 0) {
            credentialWorked(sent);
        }
    }

    /**
     * Nothing is sent for now: the credential is to blame.
     *
     * @param sent when the request was sent that says so, as System.nanoTime says
     */
    public void credentialRefused(String reason, long sent) {
        halt(PauseReason.Kind.CREDENTIAL, reason, sent);
    }

    /** Nothing is sent for now: what became of records cannot be written to the disk, to a topic or to a database. */
    public void diskRefused(String reason) {
        halt(PauseReason.Kind.DISK, reason, System.nanoTime());
    }

    /** What became of records was written. */
    public void diskWorked() {
        if (gate.openAfter(PauseReason.Kind.DISK)) {
            LOG.info("{}: resumed, because outcomes can be saved again", flow());
        }
    }

    /** A request was answered in a way that no refused credential is. */
    private void credentialWorked(long sent) {
        if (gate.worked(sent)) {
            LOG.info("{}: resumed, because the credential works again", flow());
        }
    }

    private void halt(PauseReason.Kind kind, String reason, long sent) {
        if (closes(kind, reason, sent)) {
            LOG.error("{}: paused, so its records wait: {}. {}", flow(), reason, switch (kind) {
                case CREDENTIAL -> "The flow tries again at growing intervals, first in 5 s";
                case DISK -> "The flow tries again every second";
                case REJECTIONS -> "Fix the cause, then resume the flow and replay the dead letters";
            });
        }
    }

    /** One step with the note about it: a note that is written behind a resume would pause the flow after a restart. */
    private synchronized boolean closes(PauseReason.Kind kind, String reason, long sent) {
        PauseReason news = gate.close(kind, reason, sent);
        if (news != null && kind == PauseReason.Kind.REJECTIONS && pauseNote != null) {
            pauseNote.write(news);
        }
        return news != null;
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** The id of the delivery's route. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    /** So many equal rejections in a row halt the flow; 0 for never. */
    public void setPauseAfterRejections(int pauseAfterRejections) {
        this.pauseAfterRejections = pauseAfterRejections;
    }

    /** Whether records are only saved when they are sent, and get their outcomes later. */
    public void setDeferred(boolean deferred) {
        this.deferred = deferred;
    }

    /** Whether a request must not be carried out twice. */
    public void setOnceOnly(boolean onceOnly) {
        this.onceOnly = onceOnly;
    }
}
