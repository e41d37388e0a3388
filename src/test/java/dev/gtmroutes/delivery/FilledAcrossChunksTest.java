// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait for records of other chunks ({@code batchTimeout}), in routes that stop and in routes that split. */
class FilledAcrossChunksTest {

    @TempDir
    Path data;

    @Test
    void recordsThatWaitForOthersGoBackWhenCamelStops() throws Exception {
        try (ScriptedApi api = new ScriptedApi();
                Delivery delivery = new Delivery(data, api.url(), "batch=true&batchSize=20&batchTimeout=600000")) {
            delivery.camel().getShutdownStrategy().setTimeout(300);
            CompletableFuture<InputSummary> account = delivery.deliverMeanwhile(Delivery.records(50));
            await().until(() -> api.taken().size() == 40);

            CompletableFuture<Void> stop = CompletableFuture.runAsync(delivery.camel()::stop);

            // Camel may end the sender's wait a moment before it hears the answer.
            assertThatThrownBy(() -> account.get(30, TimeUnit.SECONDS)).satisfiesAnyOf(
                    thrown -> assertThat(thrown).hasRootCauseInstanceOf(InputKeptException.class)
                            .hasStackTraceContaining("40 records have an outcome"),
                    thrown -> assertThat(thrown).hasRootCauseInstanceOf(RejectedExecutionException.class));
            stop.get(30, TimeUnit.SECONDS);
            assertThat(api.taken()).hasSize(40);
        }
    }

    @Test
    void aRouteMaySplitBeforeIt() throws Exception {
        try (ScriptedApi api = new ScriptedApi(); Delivery delivery = new Delivery(data, api.url(),
                "batch=true&batchSize=10&batchTimeout=50&maxInFlight=1")) {
            delivery.camel().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:parts").split(body().tokenize("\n", 7, false)).streaming().to("direct:flow");
                }
            });
            CompletableFuture<Object> done = CompletableFuture.supplyAsync(
                    () -> delivery.camel().createProducerTemplate().requestBody("direct:parts", Delivery.records(100)));

            await().atMost(Duration.ofSeconds(60)).until(done::isDone);
            assertThat(api.taken()).hasSize(100).doesNotHaveDuplicates();
            assertThat(delivery.destination().tally().recordsDelivered()).isEqualTo(100);
        }
    }
}
