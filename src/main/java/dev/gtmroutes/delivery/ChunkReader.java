package dev.gtmroutes.delivery;

import java.nio.file.Path;
import java.util.Iterator;

import dev.gtmroutes.record.NotRecordsException;
import dev.gtmroutes.record.RecordReader;
import dev.gtmroutes.record.Shape;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Opens a chunk and reads it page by page. The first step of {@code http-delivery-sink}; one instance serves one call
 * of it.
 */
public class ChunkReader {

    /** Exchange property of type {@link Pages}: the chunk that is being read. */
    static final String PAGES = "GtmPages";

    private Destination destination = new Destination();
    private Shape shape = new Shape();
    private boolean batch;
    private int batchSize = 100;
    private long maxBatchBytes = 5_000_000;
    private long batchTimeout;
    private Rejections deadLetters = new DeadLetters(Path.of("data"));

    /**
     * To be called once the properties are set.
     *
     * @throws IllegalArgumentException if they make no sense together; the message says why
     */
    public void check() {
        shape.check();
        if (batchTimeout > 0 && shape.ordersAcrossGroups()) {
            throw new IllegalArgumentException("with batchTimeout, groups are not sent in the order of their records: "
                    + "orderBy does not go together with groupBy or a path with attributes in it");
        }
    }

    /** The splitter's expression. */
    public Iterator<?> pages(Exchange exchange) {
        Message message = exchange.getMessage();
        String source = message.getHeader(Exchange.FILE_NAME, exchange.getFromRouteId(), String.class);
        Preview preview = Preview.of(exchange);
        // A preview is no part of any flow, so it neither counts for one nor stops with it.
        String flow = preview == null ? FlowRoute.id(exchange) : "preview";
        Settled settled = Settled.of(exchange);
        Chunk chunk = new Chunk(destination, flow, source,
                () -> preview != null || FlowRoute.reading(exchange.getContext(), flow),
                settled.get(exchange.getFromRouteId()));
        settled.follow(exchange.getFromRouteId(), chunk::settled);
        RecordReader reader = null;
        try {
            if (settled.wants(exchange.getFromRouteId(), chunk.template())) {
                reader = RecordReader.open(message.getBody(), source, exchange.getContext());
                reader.skip(chunk.settled());
            }
        } catch (NotRecordsException e) {
            // The source learns of it when it asks for the outcome, so that every chunk ends the same way.
            chunk.keep(e.getMessage(), e);
        }
        boolean acrossChunks = batchTimeout > 0 && preview == null;
        Pages pages = new Pages(chunk, reader, shape, Preview.or(deadLetters, exchange),
                new Pages.Limits(batch ? batchSize : 1, maxBatchBytes, acrossChunks),
                preview == null ? destination.gate() : new Gate());
        exchange.setProperty(PAGES, pages);
        destination.opened(chunk);
        return pages;
    }

    /** What counts, and halts, the chunks of this call. */
    public void setDestination(Destination destination) {
        this.destination = destination;
    }

    /** What the endpoint makes of a record. */
    public void setShape(Shape shape) {
        this.shape = shape;
    }

    /** Whether a request may hold many records. */
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
        if (maxBatchBytes < 1) {
            throw new IllegalArgumentException("maxBatchBytes is " + maxBatchBytes + ", it has to be at least 1");
        }
        this.maxBatchBytes = maxBatchBytes;
    }

    /** How long a request may wait for records of other chunks, in milliseconds; 0 for no others. */
    public void setBatchTimeout(long batchTimeout) {
        this.batchTimeout = batchTimeout;
    }

    /** The data directory. */
    public void setData(String data) {
        this.deadLetters = new DeadLetters(Path.of(data));
    }
}
