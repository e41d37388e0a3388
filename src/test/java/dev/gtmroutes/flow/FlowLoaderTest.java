// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gtmroutes.flow.FlowLoader.Loaded;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.Test;

/** Flows that are loaded beside each other. */
class FlowLoaderTest {

    private static final int THREADS = 4;
    private static final int EDITS = 40;

    private static FlowVersion version(String id) {
        return new FlowVersion(Path.of(id + ".yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: direct:%1$s
                      steps:
                        - to: {uri: "log:%1$s"}
                """.formatted(id), Set.of(id), Map.of(), Map.of());
    }

    @Test
    void editsAtOnceDoNotGetIntoEachOthersWay() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (CamelContext camel = new DefaultCamelContext()) {
            Templates templates = new Templates();
            templates.serve(camel);
            FlowLoader loader = new FlowLoader(camel, templates);
            camel.start();

            List<Callable<Void>> edits = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                FlowVersion flow = version("flow-" + i);
                edits.add(() -> edit(loader, flow));
            }
            for (Future<Void> each : threads.invokeAll(edits)) {
                each.get();
            }
            assertThat(camel.getRoutes()).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void whatOthersMakeMeanwhileOutlivesALoadThatFails() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (CamelContext camel = new DefaultCamelContext()) {
            Templates templates = new Templates();
            templates.serve(camel);
            FlowLoader loader = new FlowLoader(camel, templates);
            camel.start();
            Map<String, Boolean> running = new HashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean getOrDefault(Object flow, Boolean usual) {
                    // After the load has begun, and before Camel makes its routes.
                    try {
                        return other.submit(() -> makeOwn(camel)).get();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            };
            FlowVersion broken = new FlowVersion(Path.of("broken.yaml"), """
                    - route:
                        id: broken
                        from:
                          uri: direct:broken
                          steps:
                            - to: {uri: "seda:broken"}
                            - to: {uri: "no-such-component:x"}
                    """, Set.of("broken"), Map.of(), Map.of());
            assertThatThrownBy(() -> loader.load(broken, new Loaded(broken, Map.of("broken", "null")), running))
                    .hasMessageContaining("no-such-component");

            assertThat(RouteModel.definitions(camel)).extracting(RouteDefinition::getRouteId).containsExactly("trial-1");
            assertThat(camel.getRoute("trial-1")).isNotNull();
            assertThat(camel.getEndpoints()).extracting(Endpoint::getEndpointUri)
                    .containsExactlyInAnyOrder("direct://trial", "log://trial", "seda://topic");
        } finally {
            other.shutdownNow();
        }
    }

    /** As a trial does, and as a topic at its first message. */
    private static Boolean makeOwn(CamelContext camel) throws Exception {
        camel.getEndpoint("seda:topic");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:trial").routeId("trial-1").to("log:trial");
            }
        });
        return true;
    }

    private static Void edit(FlowLoader loader, FlowVersion flow) throws Exception {
        Loaded running = null;
        for (int i = 0; i < EDITS; i++) {
            loader.tryParse(flow, running);
            if (running != null) {
                loader.drain(running);
                loader.remove(running);
            }
            running = loader.load(flow, running, Map.of());
        }
        loader.drain(running);
        loader.remove(running);
        return null;
    }
}
