// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.gtmroutes.flow.FlowLoader.Loaded;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
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
