package dev.gtmroutes.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Iterator;

import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.record.NotRecordsException;
import dev.gtmroutes.record.RecordReader;
import dev.gtmroutes.record.Shape;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code http-delivery-sink} that YAML says badly, in the order in which that route calls them. One
 * instance serves one call site; its properties are the settings of that call.
 */
public class Delivery {

    /** Exchange property of type {@link BitSet}: records of the chunk that have an outcome from an earlier run. */
    public static final String SETTLED = "GtmSettled";

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final String PAGES = "GtmPages";
    /** Exchange property of type {@link Request}: what the aggregated exchange is to send. */
    static final String REQUEST = "GtmRequest";
    private static final String RETRY_IN = "GtmRetryIn";
    private static final String EVENT = "GtmResponseEvent";

    private String template;
    private String method;
    private String path;
    private boolean batch;
    private int batchSize = 100;
    private long maxBatchBytes = 5_000_000;
    private Shape shape = new Shape("");
    private boolean tapped;
    private Duration retryFor = Duration.ofHours(24);
    private Duration retryMaxDelay = Duration.ofMinutes(5);
    private DeadLetters deadLetters = new DeadLetters(Path.of("data"));

    /** The splitter's expression: opens the chunk in the message body and reads it page by page. */
    public Iterator<?> pages(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        String source = message.getHeader(Exchange.FILE_NAME, exchange.getFromRouteId(), String.class);
        String flow = FlowRoute.id(exchange);
        Chunk chunk = new Chunk(flow, template, source, () -> FlowRoute.reading(exchange.getContext(), flow),
                exchange.getProperty(SETTLED, new BitSet(), BitSet.class));
        RecordReader reader = null;
        try {
            reader = RecordReader.open(message.getBody(), source, exchange.getContext());
            reader.skip(chunk.settled());
        } catch (NotRecordsException e) {
            // The source learns of it when it asks for the outcome, so that every chunk ends the same way.
            chunk.keep(e.getMessage(), e);
        }
        Pages pages = new Pages(chunk, reader, shape, deadLetters, batch ? batchSize : 1, maxBatchBytes);
        exchange.setProperty(PAGES, pages);
        return pages;
    }

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
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_METHOD, method);
        exchange.setProperty(ApiAddress.URL, path);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(request.body(batch));
        request.attempted();
    }

    /** Accounts for the answer: an outcome for the records, or a time for the next attempt. */
    public void account(Exchange exchange) {
        Request request = request(exchange);
        Answer answer = Answer.of(exchange);
        Duration wait = null;
        switch (answer.meaning()) {
            case DELIVERED -> request.delivered();
            case REJECTED -> reject(request, answer);
            case PASSING -> {
                wait = new Retry(retryFor, retryMaxDelay).next(request.attempt(), request.firstSent(),
                        answer.retryAfter());
                if (wait == null) {
                    reject(request, answer);
                }
            }
        }
        exchange.setProperty(RETRY_IN, wait);
        if (tapped) {
            String url = exchange.getProperty(ApiAddress.SENT_TO, path, String.class);
            exchange.setProperty(EVENT, ResponseEvent.of(request, template, method, url, answer));
        }
        if (wait != null) {
            LOG.warn("{}: {} {} {}, attempt {} in {} s", request.pages().get(0).chunk().flow(), method, path,
                    answer.summary(), request.attempt() + 1, "%.1f".formatted(wait.toMillis() / 1000.0));
        }
    }

    /** Waits until it is time for the next attempt, if there is to be one. Gives up when the flow stops. */
    public void pause(Exchange exchange) throws InterruptedException {
        Duration wait = exchange.getProperty(RETRY_IN, Duration.class);
        Request request = request(exchange);
        if (wait != null && request.open() && !request.pages().get(0).chunk().pause(wait)) {
            request.abandon("the flow was stopped", null);
        }
    }

    /**
     * Ends the chunk: waits until each of its records has a durable outcome.
     *
     * @throws NotRecordsException if the chunk holds no records at all
     * @throws ChunkKeptException  if the flow was stopped or failed in between; the source has to keep the chunk
     */
    public void acknowledge(Exchange exchange) throws Exception {
        try (Pages pages = (Pages) exchange.removeProperty(PAGES)) {
            Account account = pages.chunk().awaitOutcomes();
            exchange.setProperty(Account.PROPERTY, account);
            LOG.info("{}{}", account, account.rejected() == 0 ? "" : ", see " + deadLetters.file(account.flow()));
        } catch (ChunkKeptException e) {
            throw e.getCause() instanceof NotRecordsException none ? none : e;
        }
    }

    private void reject(Request request, Answer answer) {
        Rejection rejection = Rejection.answered(answer, request.attempt());
        try {
            for (Page each : request.pages()) {
                deadLetters.write(each.chunk(), each.records(), rejection);
            }
            request.rejected();
            LOG.warn("{}: {} records rejected: {} {} {}", request.pages().get(0).chunk().flow(), request.recordCount(),
                    method, path, rejection.reason());
        } catch (IOException e) {
            request.abandon("dead letters could not be written: " + e.getMessage(), e);
        }
    }

    private static Request request(Exchange exchange) {
        return exchange.getProperty(REQUEST, Request.class);
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    public void setMethod(String method) {
        this.method = method;
    }

    /** Path under the vendor's base URL. */
    public void setPath(String path) {
        this.path = path;
    }

    /** Whether a request holds an array of records; one record's object otherwise. */
    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    /** The most records in one request, at least 1. */
    public void setBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize is " + batchSize + ", it has to be at least 1");
        }
        this.batchSize = batchSize;
    }

    /** The most bytes of one request body; a single larger record goes alone. */
    public void setMaxBatchBytes(long maxBatchBytes) {
        this.maxBatchBytes = maxBatchBytes;
    }

    /** Comma-separated attributes that are left out, dotted paths for nested ones. */
    public void setExcludeAttributes(String excludeAttributes) {
        this.shape = new Shape(excludeAttributes);
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

    /** The data directory. */
    public void setData(String data) {
        this.deadLetters = new DeadLetters(Path.of(data));
    }
}
