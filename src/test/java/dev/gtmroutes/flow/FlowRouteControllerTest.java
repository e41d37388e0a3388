// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Flows that are stopped, by somebody or with the program. */
class FlowRouteControllerTest {

    private final CountDownLatch isWorking = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /** Camel has one note for all its waits that time is up. */
    @Test
    void aFlowThatIsPausedWhileTheProgramStopsDoesNotEndTheWaitForOthers() throws Exception {
        CamelContext camel = camel();
        Future<Exchange> request = camel.createProducerTemplate().asyncSend("direct:busy", exchange -> {
        });
        isWorking.await();
        Future<?> stopped = CompletableFuture.runAsync(camel::stop);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(
                () -> camel.isStopping() && !camel.getRouteController().getRouteStatus("busy").isStopped());

        camel.getRouteController().stopRoute("idle", 10, TimeUnit.MILLISECONDS);

        assertThat(camel.getShutdownStrategy().isTimeoutOccurred()).isFalse();
        mayEnd.countDown();
        stopped.get(1, TimeUnit.MINUTES);
        assertThat(request.get().getException()).isNull();
        assertThat(request.get().getMessage().getBody()).isEqualTo("answered");
    }

    @Test
    void aFlowIsStoppedWhenNothingIsInWorkAnyMore() throws Exception {
        CamelContext camel = camel();
        camel.createProducerTemplate().asyncSend("direct:busy", exchange -> {
        });
        isWorking.await();
        mayEnd.countDown();

        camel.getRouteController().stopRoute("busy");

        assertThat(camel.getRouteController().getRouteStatus("busy")).isEqualTo(ServiceStatus.Stopped);
        assertThat(camel.getInflightRepository().size("busy")).isZero();
        camel.stop();
    }

    private CamelContext camel() throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.setRouteController(new FlowRouteController());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:busy").routeId("busy").process(exchange -> {
                    isWorking.countDown();
                    mayEnd.await();
                }).setBody(constant("answered"));
                from("direct:idle").routeId("idle").setBody(constant("never"));
            }
        });
        camel.start();
        return camel;
    }
}
