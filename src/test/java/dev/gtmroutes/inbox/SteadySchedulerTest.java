// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.awaitility.Awaitility.await;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class SteadySchedulerTest {

    @Test
    void goesOnAfterAnError() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        try (DefaultCamelContext camel = new DefaultCamelContext(); SteadyScheduler scheduler = new SteadyScheduler()) {
            camel.start();
            scheduler.setCamelContext(camel);
            scheduler.onInit(camel.getEndpoint("file:target/nothing").createConsumer(exchange -> {
            }));
            scheduler.scheduleTask(() -> {
                if (looks.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("of the test");
                }
            });
            scheduler.start();
            scheduler.startScheduler();

            await().until(() -> looks.get() > 2);
        }
    }
}
