// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.credential.RateBudget;
import dev.gtmroutes.credential.RateBudgets;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** A flow whose credential may send one request an hour. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class PacedTest {

    @Inject
    CamelContext camel;

    TestDestination destination;
    DataDirectory data;

    @Test
    void aFlowIsStoppedWhileItWaitsForItsBudgetAndKeepsItsRecords() throws Exception {
        data.drop("paced", "paced.ndjson", IntStream.rangeClosed(1, 25)
                .mapToObj(i -> "{\"test\":\"paced\",\"n\":" + i + "}\n").collect(Collectors.joining()));
        await().until(() -> RateBudgets.of(camel).find("people-ai-paced").waiting() == 2);
        RateBudget budget = RateBudgets.of(camel).find("people-ai-paced");
        assertThat(budget.used()).isEqualTo(budget.limit()).isEqualTo(1);

        camel.getRouteController().stopRoute("paced");

        assertThat(budget.waiting()).isZero();
        assertThat(destination.requests("paced")).hasSize(1);
        assertThat(data.inbox("paced").resolve("paced.ndjson")).exists();
        assertThat(data.deadLetters("paced", "paced.ndjson")).isEmpty();
    }
}
