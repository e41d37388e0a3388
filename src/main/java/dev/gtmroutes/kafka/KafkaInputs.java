// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.InputKeptException;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.parameter.RouteChanges;
import dev.gtmroutes.progress.InputCompletion;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.PlacedRecord;
import dev.gtmroutes.thread.OutOfMemory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of {@code kafka-records-source}: messages become a chunk, and are committed once each of them has a durable
 * outcome. One chunk of each consumer at a time. Where delivery is the flow's only step, the chunk is a
 * {@link MessageStream}; other steps get a list, as they may read it twice, or make something else of it.
 */
public class KafkaInputs {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaInputs.class);
    private static final String IN_WORK = "GtmKafkaInput";
    private static final Duration STOP_CHECK = Duration.ofMillis(200);
    private Path data = Path.of("data");

    /** Of the flow, whose version this bean belongs to; null until they are looked up. */
    private volatile Steps steps;

    /** @param last the Kamelet that the last step calls @param only whether there is no other step */
    private record Steps(String last, boolean only) {

        boolean lastIs(DestinationStatus destination) {
            return last.equals(destination.template() + "-sink");
        }
    }

    private record InWork(KeepAliveConsumer consumer, KafkaInput input, InputCompletion end) {

        boolean leave() {
            return consumer.end(input);
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
            OutOfMemory.check(exchange.getException());
            failed(exchange, inWork, exchange.getException());
        }
    }

    /** The file with what became of messages of a flow that are not committed yet; it need not exist. */
    public static Path progress(Path data, String flow) {
        return FlowProgress.path(data, flow);
    }

    /** Makes the message the chunk: one record for each message of Kafka's. */
    public void begin(Exchange exchange) {
        Message chunk = exchange.getMessage();
        DefaultKafkaManualCommit camels = chunk.getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
        KeepAliveConsumer consumer = (KeepAliveConsumer) camels.getCamelExchangePayload().consumer;
        KafkaInput input = consumer.inWork();
        InWork inWork = new InWork(consumer, input, new InputCompletion());
        exchange.setProperty(InputCompletion.PROPERTY, inWork.end);
        exchange.setProperty(IN_WORK, inWork);
        exchange.getExchangeExtension().addOnCompletion(new Outcome(inWork));
        List<DestinationStatus> destinations = destinations(exchange);
        InputProgress settled = new InputProgress();
        settled.overWhen(input::isOver);
        remember(exchange, inWork, settled, destinations);
        Object records = steps.only && destinations.size() == 1 && steps.lastIs(destinations.get(0))
                ? consumer.stream(input) : records(consumer.messages(input));
        settled.countOnly(records);
        exchange.setProperty(InputProgress.PROPERTY, settled);
        input.settledBy(() -> everywhere(settled, destinations));
        chunk.removeHeaders("*");
        chunk.setHeader(Exchange.FILE_NAME, input.name());
        exchange.setProperty(RunName.PROPERTY, RunName.hours(input.topic()));
        chunk.setBody(records);
    }

    /** What becomes of messages is noted where it may be needed: {@link InputJournal} says when. */
    private void remember(Exchange exchange, InWork inWork, InputProgress settled, List<DestinationStatus> destinations) {
        FlowProgress progress = null;
        if (!destinations.isEmpty()) {
            try {
                progress = FlowProgress.of(exchange.getContext(), data, FlowRoute.id(exchange));
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
            List<String> templates = destinations.stream().map(DestinationStatus::template).toList();
            Function<DestinationStatus, InputProgress.DestinationKey> place = each -> new InputProgress.DestinationKey(
                    each.id(), each.template(), Collections.frequency(templates, each.template()));
            inWork.input.noteIn(new InputJournal(progress, settled, destinations.stream().map(place).toList(),
                    destinations.stream().filter(DestinationStatus::isOnceOnly).map(place).toList(),
                    destinations.stream().anyMatch(steps::lastIs)));
        }
        inWork.consumer.tellCommits(progress);
    }

    private static List<PlacedRecord> records(List<ConsumerRecord<byte[], byte[]>> messages) {
        return messages.stream().map(each -> new PlacedRecord(each.value(), new MessageOrigin(each))).toList();
    }

    private List<DestinationStatus> destinations(Exchange exchange) {
        String flow = FlowRoute.id(exchange);
        if (steps == null) {
            steps = new Steps(FlowRoute.lastKamelet(exchange.getContext(), flow),
                    FlowRoute.steps(exchange.getContext(), flow) == 1);
        }
        return DestinationRegistry.of(exchange.getContext()).of(flow);
    }

    /** The steps behind the source have not taken the chunk. */
    public void failed(Exchange exchange) {
        failed(exchange, exchange.getProperty(IN_WORK, InWork.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
    }

    private static void accepted(InWork inWork) {
        // First: as soon as all is settled, it may be committed, and does not come again after a crash.
        inWork.end.done(true);
        inWork.input.settledBy(() -> all(inWork.input));
        if (inWork.leave()) {
            inWork.consumer.worked();
        }
    }

    /** What has no outcome comes again, after a while unless the flow is being stopped. */
    private static void failed(Exchange exchange, InWork inWork, Exception cause) {
        inWork.end.done(false);
        String flow = FlowRoute.id(exchange);
        String chunk = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (cause instanceof InputKeptException && cause.getCause() == null) {
            LOG.info("{}", cause.getMessage());
            // Camel may wait for changes of its routes before it stops this one: the same messages would come meanwhile.
            CamelContext camel = exchange.getContext();
            await(STOP_CHECK, () -> RouteChanges.isTooLate(camel) && !camel.isStopping());
        } else if (!FlowRoute.reading(exchange.getContext(), flow)) {
            LOG.info("{}: {} remains to be delivered: the flow was stopped ({})", flow, chunk, cause.getMessage());
        } else {
            Duration wait = inWork.consumer.failed();
            LOG.error("{}: {}: {}. Messages without an outcome arrive again in {} s", flow, chunk, cause.getMessage(),
                    wait.toSeconds());
            await(wait, () -> FlowRoute.reading(exchange.getContext(), flow));
        }
        inWork.leave();
    }

    private static void await(Duration wait, BooleanSupplier running) {
        try {
            FlowRoute.pause(wait, running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static BitSet all(KafkaInput input) {
        BitSet all = new BitSet();
        all.set(0, input.handedOut());
        return all;
    }

    /**
     * The messages that have an outcome at each destination of the flow. None where other steps follow the last one:
     * they have not had the chunk yet; nor where a step made something else of the chunk.
     */
    private BitSet everywhere(InputProgress settled, List<DestinationStatus> destinations) {
        if (destinations.stream().noneMatch(steps::lastIs)) {
            return new BitSet();
        }
        Map<InputProgress.DestinationKey, InputProgress.Records> known = settled.all();
        BitSet everywhere = null;
        for (DestinationStatus each : destinations) {
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

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }
}
