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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code kafka-records-source}: a poll becomes a chunk, and is committed once each of its records has a durable
 * outcome. One poll at a time.
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

        void end() {
            consumer.end(poll);
        }
    }

    /** Makes the message the chunk: one record for each message of the poll. */
    public void begin(Exchange exchange) {
        Message chunk = exchange.getMessage();
        DefaultKafkaManualCommit camels = chunk.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
        PatientConsumer consumer = (PatientConsumer) camels.getCamelExchangePayload().consumer;
        Poll poll = consumer.inWork();
        List<ConsumerRecord<byte[], byte[]>> messages = poll.messages();
        exchange.setProperty(IN_WORK, new InWork(consumer, poll));
        Settled settled = new Settled();
        exchange.setProperty(Settled.PROPERTY, settled);
        String flow = FlowRoute.id(exchange);
        poll.settledBy(() -> everywhere(settled, Destinations.of(exchange.getContext()).of(flow)));
        ConsumerRecord<byte[], byte[]> first = messages.get(0);
        chunk.removeHeaders("*");
        chunk.setHeader(Exchange.FILE_NAME, first.topic() + "-" + first.partition() + "-" + first.offset());
        chunk.setBody(messages.stream().map(each -> new PlacedRecord(each.value(), new MessageOrigin(each))).toList());
    }

    /** The steps behind the source have taken the chunk. */
    public void accepted(Exchange exchange) {
        InWork inWork = inWork(exchange);
        inWork.poll.settledBy(() -> all(inWork.poll));
        inWork.end();
        wait = FIRST_WAIT_MILLIS;
    }

    /** They have not: what has no outcome comes again, after a while unless the flow is being stopped. */
    public void failed(Exchange exchange) throws InterruptedException {
        Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String flow = FlowRoute.id(exchange);
        if (cause instanceof ChunkKeptException && cause.getCause() == null) {
            LOG.info("{}", cause.getMessage());
        } else {
            LOG.error("{}: {}: {}. What has no outcome comes again in {} s", flow,
                    exchange.getMessage().getHeader(Exchange.FILE_NAME), cause.getMessage(), wait / 1000);
            await(exchange, flow);
        }
        inWork(exchange).end();
    }

    private void await(Exchange exchange, String flow) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
        wait = Math.min(LONGEST_WAIT_MILLIS, 2 * wait);
        while (System.nanoTime() < end && FlowRoute.reading(exchange.getContext(), flow)) {
            Thread.sleep(STOP_CHECK_MILLIS);
        }
    }

    private static InWork inWork(Exchange exchange) {
        return exchange.getProperty(IN_WORK, InWork.class);
    }

    private static BitSet all(Poll poll) {
        BitSet all = new BitSet();
        all.set(0, poll.messages().size());
        return all;
    }

    /** @return the records that have an outcome at each destination of the flow; none where a flow has no destination */
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
