// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Backoff;
import dev.gtmroutes.api.RequestForms;
import dev.gtmroutes.api.RequestTaker;
import dev.gtmroutes.bulk.spool.BulkFolders;
import dev.gtmroutes.bulk.spool.Spool;
import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.RequestSender;
import dev.gtmroutes.delivery.SavedRequest;
import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.delivery.status.DeferredRecords;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.thread.VitalThread;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the records of one destination over, and loads them into Salesloft by bulk jobs. The delivery of a record only
 * waits until it is saved; its outcome comes with the results of its job. The steps of {@code salesloft-bulk-job-action}.
 *
 * <p>Saved records and the state of their jobs are in {@code <data>/bulk/<flow>/<destination>/}. They go on with the flow,
 * after an edit as well as after a crash.
 */
public class BulkLoad extends KameletBean implements Processor, Predicate, Service, RequestTaker, RequestForms.Form,
        DeferredRecords {

    private static final Logger LOG = LoggerFactory.getLogger(BulkLoad.class);
    private static final Duration FULL_CHECK = Duration.ofSeconds(1);
    private static final long START_MILLIS = 200;

    private final Disk disk = new Disk();
    private String routeId = "";
    private String delivery = "";
    private String template = "";
    private String api = "";
    private String type = "person/upsert";
    private BulkKey key = new BulkKey("");
    private int jobSize = 50_000;
    private int maxRequestBytes = 5_000_000;
    private long maxWaitingBytes = 4L << 30;
    private Duration jobWait = Duration.ofSeconds(60);
    private Duration jobPatience = Duration.ofHours(6);
    private Duration pollMaxDelay = Duration.ofSeconds(60);
    private Path data = Path.of("data");
    private DeadLetters deadLetters = new DeadLetters();
    private volatile Spool spool;
    private volatile BulkWorker worker;
    private VitalThread thread;

    /** Begins to work on what is saved. A preview saves nothing. */
    @Override
    public synchronized void start() {
        RequestForms.of(camel).add(routeId, this);
        if (thread == null && !delivery.startsWith(SamplePayloads.PREVIEW_ROUTE) && Opening.isKnown(type)) {
            DestinationRegistry.of(camel).defer(delivery, this);
            thread = VitalThread.start("bulk-" + delivery, this::turn);
        }
    }

    /** Stops at once. What was sent is noted, and the next one goes on from there. */
    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.stop();
            thread = null;
        }
        if (worker != null) {
            worker.stop();
            worker = null;
        }
        spool = null;
    }

    private void turn() throws IOException, InterruptedException {
        BulkWorker now = worker;
        if (now == null && isRunning()) {
            now = openWorker();
        }
        if (now == null) {
            // The route is not started yet, so nobody can say to which flow it belongs.
            Thread.sleep(START_MILLIS);
        } else {
            now.turn();
        }
    }

    private boolean isRunning() {
        return camel.getRoute(routeId) != null && FlowRoute.reading(camel, flow());
    }

    private String flow() {
        return FlowRoute.id(camel, routeId);
    }

    /** @return null if it was stopped meanwhile */
    private synchronized BulkWorker openWorker() throws IOException {
        if (worker == null && thread != null) {
            Spool opened = spool();
            String flow = flow();
            DestinationStatus destination = DestinationRegistry.of(camel).find(delivery)
                    .orElseThrow(() -> new IllegalStateException("there is no destination " + delivery));
            JobOutcomes outcomes = new JobOutcomes(deadLetters, data, flow, destination);
            worker = new BulkWorker(flow, opened, disk, new JobSettings(type, jobPatience), destination, this::send,
                    (number, state) -> new JobWork(flow, state,
                            new JobRecords(opened.file(number, Spool.RECORDS), opened.file(number, Spool.IDS), state.records,
                                    disk),
                            key, maxRequestBytes, outcomes, new Pace(new Backoff(Duration.ofSeconds(1), pollMaxDelay),
                                    System::nanoTime)),
                    this::isRunning);
        }
        return worker;
    }

    /** @throws IOException also if it was stopped: then another one has the files */
    private synchronized Spool spool() throws IOException {
        if (thread == null) {
            throw new IOException("the flow was stopped");
        }
        if (spool == null) {
            Path folder = BulkFolders.of(data, delivery);
            Spool opened = new Spool(folder, disk, jobSize, jobWait);
            opened.load();
            spool = opened;
        }
        return spool;
    }

    /** Whether the message is a request about a job, which goes to the vendor; others bring records, which are saved. */
    @Override
    public boolean matches(Exchange exchange) {
        return exchange.getMessage().getBody(ApiRequest.class).records().isEmpty();
    }

    /** Saves the records of a request. */
    @Override
    public void process(Exchange exchange) throws InterruptedException {
        SavedRequest.answer(exchange, "records cannot be saved for a bulk job", request -> {
            List<SpooledRecord> records = new ArrayList<>();
            for (ShapedRecord each : request.records()) {
                records.add(SpooledRecord.of(RequestSender.source(exchange), RequestSender.inputMark(exchange), each,
                        key.of(each.part())));
            }
            return () -> {
                boolean room = awaitRoom(request);
                if (room) {
                    spool().append(records);
                }
                return room;
            };
        });
    }

    /** The source waits while too much waits here. @return false if the flow was stopped */
    private boolean awaitRoom(ApiRequest request) throws IOException, InterruptedException {
        while (spool().bytes() >= maxWaitingBytes) {
            if (!FlowRoute.pause(FULL_CHECK, request.running())) {
                return false;
            }
        }
        return true;
    }

    /** By the route of this action, which has the vendor API as a step. */
    private ApiAnswer send(BulkCall call) {
        Exchange exchange = camel.getRoute(routeId).getConsumer().createExchange(false);
        ApiRequest plain = call.request();
        exchange.getMessage().setBody(new ApiRequest(plain.method(), plain.url(), plain.headers(), plain.body(), template,
                flow(), true, "", null, null, ApiRequest.Leaving.UNNOTED, this::isRunning, List.of()));
        try {
            camel.getRoute(routeId).getConsumer().getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        return exchange.getException() == null ? ApiAnswer.of(exchange)
                : ApiAnswer.failed(exchange.getException()).maybeSent(true).build();
    }

    /** A job would be created, get these records, and be started. */
    @Override
    public List<ApiRequest> shown(ApiRequest request) {
        List<byte[]> parts = request.records().stream().map(ShapedRecord::part).toList();
        RequestForms.Form vendor = RequestForms.of(camel).find(api);
        List<ApiRequest> all = new ArrayList<>();
        for (BulkCall each : List.of(BulkCall.create(type, request.flow() + " gtm-routes 000000000000"),
                BulkCall.upload("0", BulkCall.body(parts), parts.size()), BulkCall.start("0"))) {
            ApiRequest plain = request.at(each.request().url(), each.request().headers()).withBody(each.request().body());
            ApiRequest named = new ApiRequest(each.request().method(), plain.url(), plain.headers(), plain.body(),
                    plain.template(), plain.flow(), true, "", null, null, plain.leaving(), plain.running(), List.of());
            all.addAll(vendor == null ? List.of(named) : vendor.shown(named));
        }
        return all;
    }

    /** A test send would need the id of a job that is there. */
    @Override
    public String baseUrl(ApiRequest shown) {
        return null;
    }

    @Override
    public boolean has(String source, String mark, SourceRecord record) throws IOException {
        return spool().has(SpooledRecord.identity(source, mark, record));
    }

    @Override
    public Optional<Instant> oldest() {
        Spool opened = spool;
        return opened == null ? Optional.empty() : opened.oldest();
    }

    @Override
    public Optional<Stall> stall() {
        BulkWorker now = worker;
        return now == null ? Optional.empty() : now.stall();
    }

    @Override
    protected void getReady() {
        if (!BulkTypes.isKnown(type) && Opening.isKnown(type)) {
            LOG.warn("{}: the job type '{}' is not one that this program knows ({}). Salesloft may refuse it", delivery,
                    type,
                    BulkTypes.KNOWN);
        }
    }

    /** Id of the route that it belongs to. */
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    /** Id of the route of the delivery that brings the records. */
    public void setDelivery(String delivery) {
        this.delivery = delivery;
    }

    /** Name of the template. */
    public void setTemplate(String template) {
        this.template = template;
    }

    /** The vendor API, as an endpoint. */
    public void setApi(String api) {
        this.api = api;
    }

    /** The type of the jobs. */
    public void setType(String type) {
        if (Opening.isKnown(type) && type.isBlank()) {
            throw new IllegalArgumentException("type is blank. Enter a type of bulk job such as person/upsert");
        }
        this.type = type.strip();
    }

    /** The attribute by which Salesloft knows records apart; blank for none. */
    public void setUpsertKey(String upsertKey) {
        this.key = new BulkKey(upsertKey.strip());
    }

    /** The most records of one job. */
    public void setJobSize(int jobSize) {
        this.jobSize = atLeastOne("jobSize", jobSize);
    }

    /** The most bytes of one request with records; a larger record goes alone. */
    public void setMaxBatchBytes(int maxBatchBytes) {
        this.maxRequestBytes = atLeastOne("maxBatchBytes", maxBatchBytes);
    }

    private static int atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
        return value;
    }

    /** The most bytes of records that wait, or are in a job: a number with K, M, G or T. */
    public void setMaxWaiting(String maxWaiting) {
        if (Opening.isKnown(maxWaiting)) {
            String size = maxWaiting.strip().toUpperCase(Locale.ROOT);
            if (!size.matches("[1-9]\\d{0,8}[KMGT]")) {
                throw new IllegalArgumentException("maxWaiting is '" + maxWaiting + "'. Enter a size such as 500M or 4G");
            }
            int last = size.length() - 1;
            this.maxWaitingBytes = Long.parseLong(size.substring(0, last)) << 10 * (1 + "KMGT".indexOf(size.charAt(last)));
        }
    }

    /** How long a job waits for more records, such as {@code 60s}. */
    public void setJobWait(String jobWait) {
        if (Opening.isKnown(jobWait)) {
            this.jobWait = Durations.parse(jobWait);
        }
    }

    /** How long nothing may come of a job before that is told, such as {@code 6h}. */
    public void setJobPatience(String jobPatience) {
        if (Opening.isKnown(jobPatience)) {
            this.jobPatience = Durations.parse(jobPatience);
        }
    }

    /** The longest wait between two looks at a job, such as {@code 60s}. */
    public void setPollMaxDelay(String pollMaxDelay) {
        if (Opening.isKnown(pollMaxDelay)) {
            this.pollMaxDelay = Durations.parse(pollMaxDelay);
        }
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** Where records go that are not delivered. */
    public void setDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }
}
