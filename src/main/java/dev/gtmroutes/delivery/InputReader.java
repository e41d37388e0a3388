// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.delivery.changed.ChangedRecords;
import dev.gtmroutes.delivery.changed.FormsWait;
import dev.gtmroutes.delivery.changed.OnlyChanged;
import dev.gtmroutes.delivery.join.RecordJoins;
import dev.gtmroutes.delivery.join.Shaping;
import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.PauseGate;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.RequestMapping;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a chunk and reads it page by page. The first step of {@code http-delivery-sink}; one instance serves one call
 * of it.
 */
public class InputReader {

    private static final Logger LOG = LoggerFactory.getLogger(InputReader.class);

    /** Exchange property of type {@link BatchReader}: the chunk that is being read. */
    static final String PAGES = "GtmPages";

    private DestinationStatus destination = new DestinationStatus();
    private RequestMapping shape = new RequestMapping();
    private RequestSender sender = new RequestSender();
    private boolean batch;
    private int batchSize = 100;
    private long maxBatchBytes = 5_000_000;
    private long batchTimeout;
    private RecordSize maxRecordBytes = RecordSize.DEFAULT;
    private volatile List<InputProgress.DestinationKey> destinations = List.of();
    private DeadLetters deadLetters = new DeadLetters();
    private OnlyChanged onlyChanged = new OnlyChanged();
    private final Opening opening = new Opening(this::check);

    /** To be called once the properties are set, as the route is being made: see {@link Opening}. */
    public void routeMade() {
        opening.routeMade(destination.getCamelContext());
    }

    /**
     * To be called once the properties are set.
     *
     * @throws IllegalArgumentException if they make no sense together; the message says why
     */
    public void check() {
        shape.check();
        if (batchTimeout > 0 && shape.ordersAcrossGroups()) {
            throw new IllegalArgumentException("orderBy cannot be combined with groupBy, or with a path that contains "
                    + "attributes, if batchTimeout is set: groups would not keep the order of their records. Remove one of "
                    + "them");
        }
    }

    /** The splitter's expression. Nothing is left to send where only a preview is asked for. */
    public Iterator<?> pages(Exchange exchange) {
        destination.open();
        opening.used();
        Preview preview = Preview.of(exchange);
        if (preview != null) {
            preview(exchange, preview);
            return Collections.emptyIterator();
        }
        String flow = FlowRoute.id(exchange);
        InputProgress settled = InputProgress.of(exchange);
        InputProgress.DestinationKey place = place(exchange, flow);
        destination.takeOver(settled);
        settled.begin(place, destinations);
        BooleanSupplier running = FlowRoute.readingNow(exchange.getContext(), flow, exchange.getFromRouteId());
        boolean wanted = settled.wants(place);
        DestinationProgress notes = new DestinationProgress(settled, place);
        Input chunk = wanted ? input(flow, source(exchange), running, notes)
                : new Input(destination, flow, source(exchange), running, notes);
        RecordReader reader = wanted && !chunk.isKept() ? open(exchange.getMessage(), chunk, exchange) : null;
        Shaping shaping = new Shaping(RecordJoins.of(exchange), shape, RunValues.of(chunk.source()));
        BatchReader pages = new BatchReader(chunk, reader, shaping, deadLetters, limits(batchTimeout > 0),
                destination.gate());
        exchange.setProperty(PAGES, pages);
        chunk.setRun(wanted ? RunName.of(exchange, chunk.source()) : null);
        destination.opened(chunk);
        return pages;
    }

    /** While what was delivered cannot be looked up, nothing is read. */
    private Input input(String flow, String source, BooleanSupplier running, DestinationProgress notes) {
        try {
            ChangedRecords[] changes = new ChangedRecords[1];
            if (FormsWait.run(destination, running, () -> changes[0] = onlyChanged.open(flow))) {
                return new Input(destination, flow, source, running, notes, changes[0]);
            }
            return kept(new Input(destination, flow, source, running, notes), "the flow was stopped", null);
        } catch (IOException e) {
            return kept(new Input(destination, flow, source, running, notes),
                    "Only Changed cannot be used: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return kept(new Input(destination, flow, source, running, notes), "the program was stopped", null);
        }
    }

    private static Input kept(Input input, String why, Exception cause) {
        input.keep(why, cause);
        return input;
    }

    /** A preview is no part of any flow, so it neither counts for one nor stops with it. */
    private void preview(Exchange exchange, Preview preview) {
        InputProgress settled = new InputProgress();
        InputProgress.DestinationKey place = new InputProgress.DestinationKey(exchange.getFromRouteId(),
                destination.template());
        settled.begin(place, List.of(place));
        Input chunk = new Input(destination, "preview", source(exchange), () -> true,
                new DestinationProgress(settled, place));
        Shaping shaping = new Shaping(RecordJoins.of(exchange), shape, RunValues.ofSample(chunk.source()));
        try (BatchReader pages = new BatchReader(chunk, open(exchange.getMessage(), chunk, exchange), shaping, preview,
                limits(false), new PauseGate())) {
            preview.collect(pages, sender, shape);
            chunk.account();
        } catch (InputKeptException e) {
            exchange.setException(e.getCause() instanceof NotRecordsException none ? none : e);
        } catch (IOException e) {
            exchange.setException(e);
        }
    }

    private static String source(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getFromRouteId(), String.class);
    }

    private BatchReader.Limits limits(boolean acrossChunks) {
        return new BatchReader.Limits(batch ? batchSize : 1, maxBatchBytes, acrossChunks);
    }

    /** Camel makes a flow as a whole: its destinations are the same for as long as this one is there. */
    private InputProgress.DestinationKey place(Exchange exchange, String flow) {
        if (destinations.isEmpty()) {
            destinations = DestinationStatus.keys(DestinationRegistry.of(exchange.getContext()).of(flow));
        }
        InputProgress.DestinationKey alone = new InputProgress.DestinationKey(exchange.getFromRouteId(),
                destination.template());
        return destinations.stream().filter(alone::isAt).findFirst().orElse(alone);
    }

    /** @return null if there are no records in it: the source learns of that when it asks for the outcome, as of any end */
    private RecordReader open(Message message, Input chunk, Exchange exchange) {
        try {
            RecordReader reader = RecordReader.open(message.getBody(), chunk.source(), exchange.getContext(),
                    maxRecordBytes, CsvCells.of(exchange));
            reader.skip(chunk.notes().settled());
            if (chunk.notes().unsureCount() > 0) {
                LOG.warn("{}: {}: {} records are held in the dead letters: the program ended while they were being sent, so "
                        + "the API may have processed them", chunk.flow(), chunk.source(), chunk.notes().unsureCount());
            }
            return reader;
        } catch (NotRecordsException e) {
            chunk.keep(e.getMessage(), e);
            return null;
        }
    }

    /** What counts, and halts, the chunks of this call. */
    public void setDestination(DestinationStatus destination) {
        this.destination = destination;
    }

    /** What says which records are sent. */
    public void setOnlyChanged(OnlyChanged onlyChanged) {
        this.onlyChanged = onlyChanged;
    }

    /** What the endpoint makes of a record. */
    public void setShape(RequestMapping shape) {
        this.shape = shape;
    }

    /** What makes requests of records, for a preview. */
    public void setSender(RequestSender sender) {
        this.sender = sender;
    }

    /** Whether a request may hold many records. */
    public void setBatch(boolean batch) {
        this.batch = batch;
    }

    /** The most records in one request, at least 1. */
    public void setBatchSize(int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize is " + batchSize + "; it must be at least 1");
        }
        this.batchSize = batchSize;
    }

    /** The most bytes of one request body; a single larger record goes alone. */
    public void setMaxBatchBytes(long maxBatchBytes) {
        if (maxBatchBytes < 1) {
            throw new IllegalArgumentException("maxBatchBytes is " + maxBatchBytes + "; it must be at least 1");
        }
        this.maxBatchBytes = maxBatchBytes;
    }

    /** How long a request may wait for records of other chunks, in milliseconds; 0 for no others. */
    public void setBatchTimeout(long batchTimeout) {
        this.batchTimeout = batchTimeout;
    }

    /** The longest record: bytes, or a number with K, M or G. */
    public void setMaxRecordBytes(String maxRecordBytes) {
        if (Opening.isKnown(maxRecordBytes)) {
            this.maxRecordBytes = RecordSize.of(maxRecordBytes);
        }
    }

    /** Where records go that are not delivered. */
    public void setDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }
}
