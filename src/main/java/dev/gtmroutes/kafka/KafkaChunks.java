package dev.gtmroutes.kafka;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.delivery.ChunkKeptException;
import dev.gtmroutes.delivery.Destination;
import dev.gtmroutes.delivery.Destinations;
import dev.gtmroutes.delivery.FlowRoute;
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
 * durable outcome. One poll at a time.
 */
public class KafkaChunks {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaChunks.class);
    private static final String IN_WORK = "GtmKafkaPoll";
    private static final long FIRST_WAIT_MILLIS = 1000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    /** How often a wait looks whether the flow still runs. */
    private static final long STOP_CHECK_MILLIS = 100;

    private long wait = FIRST_WAIT_MILLIS;

    private record InWork(PatientConsumer consumer, Poll poll) {

        boolean end() {
            return consumer.end(poll);
        }
    }

    /** When the steps behind the source have done with the chunk, on whatever thread. */
    private final class Outcome extends SynchronizationAdapter {

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
        InWork inWork = new InWork(consumer, poll);
        exchange.setProperty(IN_WORK, inWork);
        exchange.getExchangeExtension().addOnCompletion(new Outcome(inWork));
        Settled settled = new Settled();
        exchange.setProperty(Settled.PROPERTY, settled);
        String flow = FlowRoute.id(exchange);
        poll.settledBy(() -> everywhere(settled, Destinations.of(exchange.getContext()).of(flow)));
        ConsumerRecord<byte[], byte[]> first = messages.get(0);
        chunk.removeHeaders("*");
        chunk.setHeader(Exchange.FILE_NAME, first.topic() + "-" + first.partition() + "-" + first.offset());
        chunk.setBody(messages.stream().map(each -> new PlacedRecord(each.value(), new MessageOrigin(each))).toList());
    }

    /** The steps behind the source have not taken the chunk. */
    public void failed(Exchange exchange) {
        failed(exchange, exchange.getProperty(IN_WORK, InWork.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private void accepted(InWork inWork) {
        inWork.poll.settledBy(() -> all(inWork.poll));
        if (inWork.end()) {
            wait = FIRST_WAIT_MILLIS;
        }
    }

    /** What has no outcome comes again, after a while unless the flow is being stopped. */
    private void failed(Exchange exchange, InWork inWork, Exception cause) {
        if (cause instanceof ChunkKeptException && cause.getCause() == null) {
            LOG.info("{}", cause.getMessage());
        } else {
            String flow = FlowRoute.id(exchange);
            LOG.error("{}: {}: {}. What has no outcome comes again in {} s", flow,
                    exchange.getMessage().getHeader(Exchange.FILE_NAME), cause.getMessage(), wait / 1000);
            await(exchange, flow);
        }
        inWork.end();
    }

    private void await(Exchange exchange, String flow) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
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

    /** @return the records that have an outcome at each destination of the flow; none where it has no destination */
    private static BitSet everywhere(Settled settled, List<Destination> destinations) {
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
        return everywhere == null ? new BitSet() : everywhere;
    }
}
