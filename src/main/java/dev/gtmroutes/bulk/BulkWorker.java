// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.Outcome;
import dev.gtmroutes.bulk.spool.Spool;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.status.BodyHead;
import dev.gtmroutes.delivery.status.DeferredRecords;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.PauseReason;
import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RecentRequests;
import dev.gtmroutes.delivery.status.RequestAttempts;
import dev.gtmroutes.delivery.status.RequestDetails;
import dev.gtmroutes.delivery.status.RequestResult;
import dev.gtmroutes.disk.Disk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one bulk job after the other of what is in a spool. One thread of its own. */
final class BulkWorker {

    private static final Logger LOG = LoggerFactory.getLogger(BulkWorker.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration TROUBLE = Duration.ofSeconds(1);

    /** Sends a request of a job, and brings its answer. */
    interface Sender {
        ApiAnswer send(BulkCall call) throws InterruptedException;
    }

    /** Makes the work on a job out of its files. */
    interface Opener {
        JobWork open(int number, JobState state) throws IOException;
    }

    private final String flow;
    private final Spool spool;
    private final Disk disk;
    private final JobSettings settings;
    private final DestinationStatus destination;
    private final Sender sender;
    private final Opener opener;
    private final BooleanSupplier running;
    private int number;
    private volatile JobWork work;
    private BulkJob job;
    private volatile boolean told;
    private boolean stopped;
    private volatile boolean hasTrouble;

    BulkWorker(String flow, Spool spool, Disk disk, JobSettings settings, DestinationStatus destination, Sender sender,
            Opener opener, BooleanSupplier running) {
        this.flow = flow;
        this.spool = spool;
        this.disk = disk;
        this.settings = settings;
        this.destination = destination;
        this.sender = sender;
        this.opener = opener;
        this.running = running;
    }

    /** Does what is to be done now, or waits a moment. The step of a {@link dev.gtmroutes.thread.VitalThread}. */
    void turn() throws InterruptedException {
        try {
            if (!running.getAsBoolean()) {
                resumeLater();
                return;
            }
            BulkCall call = next();
            if (call != null && mayPass(call)) {
                send(call);
            } else if (call == null) {
                rest();
            }
        } catch (IOException e) {
            failed(e);
            Thread.sleep(TROUBLE.toMillis());
        }
    }

    private void resumeLater() throws InterruptedException {
        JobWork now = work;
        if (now != null) {
            now.pace().resumed();
        }
        Thread.sleep(IDLE.toMillis());
    }

    /** Whoever takes over from here reads the files: nothing is written to them any more. */
    synchronized void stop() {
        stopped = true;
        close();
    }

    private synchronized void failed(IOException problem) {
        if (!stopped) {
            hasTrouble = true;
            destination.diskRefused("cannot save how far a bulk job is: " + Exceptions.text(problem));
            // What was noted is read again: nobody knows what of it is on the disk.
            close();
        }
    }

    /** @return null if there is nothing to ask now */
    private synchronized BulkCall next() throws IOException {
        if (stopped || job == null && !open()) {
            return null;
        }
        BulkCall call = job.next();
        if (call == null && job.isOver()) {
            end();
        }
        return call;
    }

    private boolean open() throws IOException {
        Optional<Integer> next = spool.next(Instant.now(), this::begin);
        if (next.isPresent()) {
            number = next.get();
            work = opener.open(number, JobState.read(spool.file(number, Spool.STATE), disk));
            job = new BulkJob(work);
            told = false;
        } else {
            saved();
        }
        return next.isPresent();
    }

    private void begin(int file, int records) throws IOException {
        JobState.begin(spool.file(file, Spool.STATE), disk, flow, settings.type(), records).save();
    }

    private void rest() throws InterruptedException {
        JobWork now = work;
        if (now == null) {
            Thread.sleep(IDLE.toMillis());
        } else {
            tellStall(now);
            FlowRoute.pause(min(now.pace().left(), IDLE), running);
        }
    }

    /**
     * Whether a request may be sent now; waits if not. What was carried out is read also while the flow waits for a person
     * because of rejections, and what could not be saved is tried again.
     */
    private boolean mayPass(BulkCall call) throws InterruptedException {
        PauseReason halt = destination.halt().orElse(null);
        boolean passes = halt == null || halt.kind() == PauseReason.Kind.DISK && hasTrouble
                || halt.kind() == PauseReason.Kind.REJECTIONS && call.reads();
        return passes || destination.gate().pass(running);
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void send(BulkCall call) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        ApiAnswer answer = sender.send(call);
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        if (answer.status() <= 0 && !running.getAsBoolean()) {
            // The flow was stopped, and with it the request: the state knows that it may have been sent.
            leave();
            return;
        }
        Outcome outcome = answer.outcome(true);
        destination.answered(answer, outcome, 1, begun, took);
        note(call, answer, took);
        if (outcome != Outcome.CREDENTIAL) {
            take(call, answer);
        }
    }

    /** For people who look at requests. */
    private void note(BulkCall call, ApiAnswer answer, Duration took) {
        ApiRequest request = call.request();
        RecentRequests recent = destination.recent();
        recent.add(new RecentRequest(0, Instant.now().truncatedTo(ChronoUnit.MILLIS), flow, destination.template(),
                new RecentRequest.Call("", request.method(), Objects.requireNonNullElse(answer.url(), request.url())),
                answer.status(), answer.problem(), call.records(), 1, took.toMillis(), RequestResult.LATER,
                new RequestAttempts()),
                () -> new RequestDetails(Map.of(), BodyHead.of(request.body(), recent.bodyBytes()),
                        RequestDetails.headers(answer.headers()), BodyHead.of(answer.body(), recent.bodyBytes()),
                        List.of()));
    }

    private synchronized void take(BulkCall call, ApiAnswer answer) throws IOException {
        if (!stopped) {
            job.answered(call, answer);
            saved();
        }
    }

    /** Nothing is left that could not be saved. Without a job there is no other sign of it: no request follows. */
    private void saved() {
        if (hasTrouble) {
            hasTrouble = false;
            destination.diskWorked();
        }
    }

    private synchronized void leave() {
        close();
    }

    /** Once for each stall: it goes on being watched. */
    private void tellStall(JobWork now) {
        boolean stalled = now.pace().idle().compareTo(settings.patience()) > 0;
        if (stalled && !told) {
            LOG.error("{}: {}", flow, sentence(now));
        } else if (told && !stalled) {
            LOG.info("{}: {} goes on", flow, now.state().title());
        }
        told = stalled;
    }

    private static String sentence(JobWork work) {
        return "no progress since " + work.pace().since().truncatedTo(ChronoUnit.SECONDS) + ": " + work.pace().waiting()
                + ". The program goes on watching it; look at the bulk jobs of Salesloft";
    }

    /** Why it waits for something that does not come; empty if all is well. For any thread. */
    Optional<DeferredRecords.Stall> stall() {
        JobWork now = work;
        return now == null || !told ? Optional.empty()
                : Optional.of(new DeferredRecords.Stall(sentence(now), now.pace().since()));
    }

    private void end() throws IOException {
        JobState state = work.state();
        LOG.info("{}: {} is over: {} records, {} delivered, {} rejected, {} held", flow, state.title(), state.records,
                state.delivered, state.rejected, state.held);
        close();
        spool.finish(number);
        saved();
    }

    /** Leaves the job as it is. */
    private void close() {
        JobWork now = work;
        work = null;
        job = null;
        told = false;
        if (now != null) {
            try {
                now.records().close();
            } catch (IOException e) {
                LOG.debug("Cannot close a file of records", e);
            }
        }
    }
}
