package dev.gtmroutes.kafka;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.delivery.ChunkKeptException;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.Destinations;
import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.MessageEnd;
import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.record.PlacedRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code kafka-records-source}: a poll becomes a chunk, and is committed once each of its records has a
 * durable outcome. One poll of each consumer at a time.
 */
public class KafkaChunks {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChunks.class);
    private static final String IN_WORK = "GtmKafkaPoll";
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    /** Of the flow, whose version this bean belongs to; null until it is looked up. */
    private volatile String lastStep;

    private record InWork(PatientConsumer consumer, Poll poll, MessageEnd end) {

        boolean leave() {
            return consumer.end(poll);
        }
    }

    /** When the steps behind the source have done with the chunk, on whatever thread. */
    private static final class Outcome extends SynchronizationAdapter {

        private final InWork inWork;

        Outcome(InWork inWork) {
            this.inWork = inWork;
        }

        @Override
        public void onComplete(Exchange exchange) {
            accepted(inWork);
        }

        @Override
        public void onFailure(Exchange exchange) {
            failed(exchange, inWork, exchange.getException());
        }
    }

    /** Makes the message the chunk: one record for each message of the poll. */
    public void begin(Exchange exchange) {
        Message chunk = exchange.getMessage();
        DefaultKafkaManualCommit camels = chunk.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
        PatientConsumer consumer = (PatientConsumer) camels.getCamelExchangePayload().consumer;
        Poll poll = consumer.inWork();
        List<ConsumerRecord<byte[], byte[]>> messages = poll.messages();
        InWork inWork = new InWork(consumer, poll, new MessageEnd());
        exchange.setProperty(MessageEnd.PROPERTY, inWork.end);
        exchange.setProperty(IN_WORK, inWork);
        exchange.getExchangeExtension().addOnCompletion(new Outcome(inWork));
        List<PlacedRecord> records =
                messages.stream().map(each -> new PlacedRecord(each.value(), new MessageOrigin(each))).toList();
        Settled settled = new Settled();
        settled.countOnly(records);
        exchange.setProperty(Settled.PROPERTY, settled);
        String flow = FlowRoute.id(exchange);
        if (lastStep == null) {
            lastStep = FlowRoute.lastKamelet(exchange.getContext(), flow);
        }
        poll.settledBy(() -> everywhere(settled, Destinations.of(exchange.getContext()).of(flow)));
        ConsumerRecord<byte[], byte[]> first = messages.get(0);
        chunk.removeHeaders("*");
        chunk.setHeader(Exchange.FILE_NAME, first.topic() + "-" + first.partition() + "-" + first.offset());
        chunk.setBody(records);
    }

    /** The steps behind the source have not taken the chunk. */
    public void failed(Exchange exchange) {
        failed(exchange, exchange.getProperty(IN_WORK, InWork.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private static void accepted(InWork inWork) {
        inWork.poll.settledBy(() -> all(inWork.poll));
        inWork.end.done(true);
        if (inWork.leave()) {
            inWork.consumer.waits().worked();
        }
    }

    /** What has no outcome comes again, after a while unless the flow is being stopped. */
    private static void failed(Exchange exchange, InWork inWork, Exception cause) {
        inWork.end.done(false);
        String flow = FlowRoute.id(exchange);
        String chunk = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (cause instanceof ChunkKeptException && cause.getCause() == null) {
            LOG.info("{}", cause.getMessage());
        } else if (!FlowRoute.reading(exchange.getContext(), flow)) {
            LOG.info("{}: {} stays: the flow was stopped ({})", flow, chunk, cause.getMessage());
        } else {
            long wait = inWork.consumer.waits().failed();
            LOG.error("{}: {}: {}. What has no outcome comes again in {} s", flow, chunk, cause.getMessage(),
                    wait / 1000);
            await(exchange, flow, wait);
        }
        inWork.leave();
    }

    private static void await(Exchange exchange, String flow, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            while (System.nanoTime() < end && FlowRoute.reading(exchange.getContext(), flow)) {
                Thread.sleep(STOP_CHECK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BitSet all(Poll poll) {
        BitSet all = new BitSet();
        all.set(0, poll.messages().size());
        return all;
    }

    /**
     * The messages that have an outcome at each destination of the flow. None where other steps follow the last one:
     * they have not had the chunk yet; nor where a step made something else of the chunk.
     */
    private BitSet everywhere(Settled settled, List<Destination> destinations) {
        if (destinations.stream().noneMatch(each -> lastStep.equals(each.template() + "-sink"))) {
            return new BitSet();
        }
        Map<Settled.Place, Settled.Records> known = settled.all();
        BitSet everywhere = null;
        for (Destination each : destinations) {
            BitSet there = known.entrySet().stream().filter(place -> place.getKey().id().equals(each.id()))
                    .map(place -> place.getValue().settled()).findFirst().orElseGet(BitSet::new);
            if (everywhere == null) {
                everywhere = there;
            } else {
                everywhere.and(there);
            }
        }
        return everywhere;
    }
}
