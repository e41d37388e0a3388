// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A flow with a response webhook is taken away while previews make routes: each thread needs what the other has. */
class WebhookFlowRemovalTest {

    private static final int FLOWS = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void doesNotWaitForAPreviewThatWaitsForIt(@TempDir Path data) throws Exception {
        RecordingServer server = new RecordingServer();
        SampleRoutes routes = new SampleRoutes(data, vendor -> server.url() + vendor.basePath(), Map.of());
        Sample sample = SampleCatalog.samples().stream().filter(each -> !each.requests().isEmpty()).findFirst()
                .orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task);
            // Those that wait for each other would keep the tests from ending.
            thread.setDaemon(true);
            return thread;
        });

        Future<?> flows = threads.submit(() -> {
            for (int i = 0; i < FLOWS; i++) {
                routes.deliver(List.of(sample.as("webhook-" + i).with("responseWebhook", server.url() + "/hook")),
                        MessageKind.BYTES, Duration.ZERO);
            }
            return null;
        });
        Future<?> previews = threads.submit(() -> {
            while (!flows.isDone()) {
                routes.preview(sample);
            }
            return null;
        });

        flows.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        previews.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        routes.close();
        server.close();
    }
}
