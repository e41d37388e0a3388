// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand records and everything that can go wrong: what is accounted for is what the destination counted. */
class AllAtOnceTest {

    private static final int RECORDS = 30_000;

    @TempDir
    Path data;
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0).accept("people-ai", "some-key").countBy("external_id");
        sandbox.misbehave(Misbehaviour.forEver().share(0.05).status(503));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** Every hundredth record is poison. */
    private static String records() {
        return IntStream.range(0, RECORDS)
                .mapToObj(i -> "{\"external_id\":\"r" + i + "\",\"poison\":" + (i % 100 == 37) + "}\n")
                .collect(Collectors.joining());
    }

    private static Set<String> ids(Delivery delivery, String state) {
        return delivery.deadLetters().stream().filter(each -> each.path("state").asText().equals(state))
                .map((JsonNode each) -> each.path("record").path("external_id").asText()).collect(Collectors.toSet());
    }

    private Delivery delivery(String parameters) throws Exception {
        return new Delivery(data, sandbox.baseUrl("people-ai"), "url=/activities/call/_bulk&batch=true" + parameters,
                "gtm.retry-max-delay", "20ms");
    }

    @Test
    void everyRecordIsDeliveredOnceOrRejected() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().share(0.01).close(Misbehaviour.Close.BEFORE));
        sandbox.misbehave(Misbehaviour.forEver().poison("poison", "true"));
        try (Delivery delivery = delivery("")) {
            InputSummary account = delivery.deliver(records());
            assertThat(account.read()).isEqualTo(RECORDS);
            assertThat(account.rejected()).isEqualTo(RECORDS / 100);
            assertThat(account.delivered() + account.rejected() + account.held()).isEqualTo(RECORDS);
            Set<String> rejected = ids(delivery, "rejected");
            assertThat(rejected).hasSize(RECORDS / 100);
            Map<String, Integer> carriedOut = sandbox.carriedOut();
            assertThat(carriedOut).hasSize((int) account.delivered());
            assertThat(carriedOut.keySet()).doesNotContainAnyElementsOf(rejected);
            assertThat(carriedOut.values()).containsOnly(1);
        }
    }

    @Test
    void whereOnceIsAllThatMayBeNothingIsCarriedOutTwice() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().share(0.01).close(Misbehaviour.Close.AFTER));
        sandbox.misbehave(Misbehaviour.forEver().poison("poison", "true").itemised());
        try (Delivery delivery = delivery(
                "&onceOnly=true&itemResults=RAW(items: /results, status: /code, error: /message)")) {
            InputSummary account = delivery.deliver(records());
            assertThat(account.delivered() + account.rejected() + account.held()).isEqualTo(RECORDS);
            assertThat(account.held()).isPositive();
            assertThat(ids(delivery, "rejected")).hasSize((int) account.rejected());
            assertThat(ids(delivery, "held")).hasSize((int) account.held());
            Map<String, Integer> carriedOut = sandbox.carriedOut();
            assertThat(carriedOut.values()).containsOnly(1);
            assertThat(carriedOut.keySet()).doesNotContainAnyElementsOf(ids(delivery, "rejected"));
            assertThat(carriedOut).hasSizeBetween((int) account.delivered(), (int) (account.delivered() + account.held()));
        }
    }
}
