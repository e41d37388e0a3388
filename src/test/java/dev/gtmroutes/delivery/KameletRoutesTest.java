// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.EndpointAware;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Routes of Kamelets that flows share, when flows and previews go at the same time. */
class KameletRoutesTest {

    private static final int THREADS = 4;
    private static final int SHARED = 400;

    @Test
    void aSharedRouteIsKeptOnceByWhoeverAsks() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("api").from("kamelet:source").to("log:api");
                }
            });
            camel.start();
            for (int i = 0; i < SHARED; i++) {
                camel.getEndpoint("kamelet:api/api-" + i);
            }
            CyclicBarrier together = new CyclicBarrier(THREADS);
            Callable<Void> removal = () -> {
                together.await();
                KameletRoutes.remove(camel, id -> id.startsWith("preview-"));
                return null;
            };
            List<Callable<Void>> removals = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                removals.add(removal);
            }
            for (Future<Void> each : threads.invokeAll(removals)) {
                each.get();
            }
            assertThat(camel.getRoutes()).hasSize(SHARED)
                    .allSatisfy(route -> assertThat(kept(route)).isNotEmpty().doesNotHaveDuplicates());
        } finally {
            threads.shutdownNow();
        }
    }

    /** The endpoints that it keeps. */
    private static List<Endpoint> kept(Route route) {
        return route.getServices().stream().filter(each -> each.getClass().getName().startsWith(
                KameletRoutes.class.getName())).map(each -> ((EndpointAware) each).getEndpoint()).toList();
    }
}
