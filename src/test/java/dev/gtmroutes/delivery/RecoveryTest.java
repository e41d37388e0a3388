// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After an outage of a destination that several flows send to. */
class RecoveryTest {

    private static final int FLOWS = 3;
    /** Far more than a request every few seconds, as goes while the destination fails, would bring through in time. */
    private static final int REQUESTS = 40;
    /** By then, a request would wait for an hour or so: half a second, doubled so often. */
    private static final int ATTEMPTS = 14;

    @TempDir
    Path data;

    @Test
    void theFirstGoodResponseOfADestinationEndsTheWaitsOfItsOtherRequests() throws Exception {
        ScriptedApi gone = new ScriptedApi();
        gone.close();
        try (Delivery delivery = new Delivery(data, gone.url(), "maxInFlight=1", "gtm.retry-max-delay", "24h")) {
            addFlows(delivery);
            List<CompletableFuture<InputSummary>> inputs = flows().map(flow -> deliver(delivery, flow)).toList();
            flows().forEach(flow -> failOften(delivery, flow));

            try (ScriptedApi back = new ScriptedApi(gone.port())) {
                await().atMost(Duration.ofSeconds(60)).until(() -> inputs.stream().allMatch(CompletableFuture::isDone));

                assertThat(inputs).allSatisfy(each -> assertThat(each.join().delivered()).isEqualTo(REQUESTS));
                assertThat(back.asked()).hasSize(FLOWS * REQUESTS);
            }
        }
    }

    private static Stream<String> flows() {
        return IntStream.rangeClosed(1, FLOWS).mapToObj(i -> "flow-" + i);
    }

    private static void addFlows(Delivery delivery) throws Exception {
        delivery.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                flows().forEach(flow -> from("direct:" + flow).routeId(flow).to("kamelet:people-ai-request-sink/" + flow
                        + ":1?method=PUT&url=/things&retryFor=7d&maxInFlight=" + REQUESTS));
            }
        });
    }

    private static CompletableFuture<InputSummary> deliver(Delivery delivery, String flow) {
        return CompletableFuture.supplyAsync(() -> {
            try (ProducerTemplate producer = delivery.camel().createProducerTemplate()) {
                Exchange done = producer.request("direct:" + flow,
                        each -> each.getMessage().setBody(Delivery.records(REQUESTS)));
                return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** As after a long outage, which nobody waits for here: the delays between the attempts are left out. */
    private static void failOften(Delivery delivery, String flow) {
        await().until(() -> !DestinationRegistry.of(delivery.camel()).of(flow).isEmpty());
        DestinationStatus destination = DestinationRegistry.of(delivery.camel()).of(flow).get(0);
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(() -> {
            destination.waits().worked();
            return destination.tally().requests().getOrDefault(0, 0L) >= (long) ATTEMPTS * REQUESTS;
        });
    }
}
