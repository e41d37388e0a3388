// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.sandbox.Sandbox;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The template in a Camel without Quarkus. */
class BulkLoadPlainCamelTest {

    @TempDir
    Path directory;

    private final Sandbox sandbox = Sandbox.start(0);
    private final DefaultCamelContext camel = PlainCamel.create();

    @BeforeEach
    void start() throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("gtm.data", directory.resolve("data").toString());
        camel.getPropertiesComponent().addOverrideProperty("salesloft.base-url", sandbox.baseUrl("salesloft"));
        camel.getPropertiesComponent().addOverrideProperty("salesloft.access-token", "sandbox-token");
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        sandbox.close();
    }

    private void flow(String parameters) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:people").routeId("people").to("kamelet:salesloft-bulk-load-sink?" + parameters);
            }
        });
    }

    @Test
    void aPreviewShowsTheRequestsOfAJobAndSavesNothing() throws Exception {
        Preview preview = new SamplePayloads(camel).of("salesloft-bulk-load-sink", Map.of(),
                "{\"email_address\":\"a@x.example\",\"n\":1.50}\n{\"n\":2}");

        assertThat(preview.requests()).extracting(each -> each.method() + " " + each.url().substring(
                sandbox.baseUrl("salesloft").length()) + " " + new String(each.body(), StandardCharsets.UTF_8))
                .containsExactly(
                        "POST /bulk_jobs {\"type\":\"person/upsert\",\"name\":\"preview gtm-routes 000000000000\"}",
                        "POST /bulk_jobs/0/job_data {\"data\":[{\"email_address\":\"a@x.example\",\"n\":1.50,"
                                + "\"upsert_key\":\"email_address\"}]}",
                        "PUT /bulk_jobs/0 {\"ready_to_execute\":true}");
        assertThat(preview.requests()).allSatisfy(each -> {
            assertThat(each.headers().toString()).contains("***").doesNotContain("sandbox-token");
            assertThat(each.way()).isNull();
        });
        assertThat(preview.refused()).extracting(Preview.Refused::line).containsExactly(2L);
        assertThat(directory.resolve("data/bulk")).doesNotExist();
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void anInputIsCompleteWhenItIsSaved() throws Exception {
        flow("jobWait=1s&pollMaxDelay=1s");
        Exchange done = camel.createProducerTemplate().request("direct:people",
                each -> each.getMessage().setBody("{\"email_address\":\"a@x.example\"}\n{\"email_address\":\"bad\"}"));

        assertThat(done.getException()).isNull();
        assertThat(done.getProperty(InputSummary.PROPERTY)).asString().contains("2 records read, 2 saved, 0 rejected");
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            try (var files = Files.walk(directory.resolve("data/bulk"))) {
                return files.anyMatch(each -> each.endsWith("done/000001.json"));
            }
        });
        assertThat(sandbox.bulkJobs().records(1)).hasSize(2);
        try (var letters = Files.list(directory.resolve("data/dead-letters/people"))) {
            assertThat(letters.toList()).singleElement()
                    .satisfies(each -> assertThat(each).content().contains("Email address is invalid"));
        }
    }

    @Test
    void mistakesAreTold() {
        for (String each : List.of("jobWait=60", "type=RAW( )", "jobSize=0", "maxWaiting=0")) {
            assertThatThrownBy(() -> flow(each)).as(each).rootCause().hasMessageContaining(
                    each.startsWith("jobWait") ? "Enter a duration" : each.substring(0, each.indexOf('=')));
        }
    }
}
