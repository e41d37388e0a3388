// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import dev.gtmroutes.delivery.ScriptedApi.Asked;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A success that lists the records that failed, in a form that is not known: none of them counts as delivered. */
class FailedListTest {

    private static final String BATCH = "batch=true&batchSize=50&maxInFlight=1&itemResults=RAW(failed: /data/not_added)";

    @TempDir
    private Path data;
    private ScriptedApi api;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    /** Takes each request, and does not add these records. */
    private static Function<Asked, Reply> notAdding(Integer... bad) {
        return asked -> Reply.of(200, "{\"success\":true,\"data\":{\"not_added\":"
                + List.of(bad).stream().filter(asked::has).map(each -> "{\"why\":\"no\"}").toList() + "}}");
    }

    @Test
    void failedRecordsAreFoundAloneAndTheOthersAreDelivered() throws Exception {
        api.script(notAdding(7, 42));
        try (Delivery delivery = new Delivery(data, api.url(), BATCH)) {
            InputSummary account = delivery.deliver(Delivery.records(50));

            assertThat(account.delivered()).isEqualTo(48);
            assertThat(account.rejected()).isEqualTo(2);
            assertThat(Set.copyOf(api.taken())).hasSize(50);
            assertThat(delivery.deadLetters()).extracting(each -> each.path("record").path("n").asInt())
                    .containsExactlyInAnyOrder(7, 42);
            assertThat(delivery.deadLetters()).allSatisfy(each -> {
                assertThat(each.path("state").asText()).isEqualTo("rejected");
                assertThat(each.path("reason").asText())
                        .isEqualTo("responded with 200 and the failed record: [{\"why\":\"no\"}]");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"data\":{\"not_added\":[]}}", "{\"data\":{\"not_added\":null}}", "{\"success\":true}", "",
            "{\"data\":{\"not_added\":\" \"}}", "{\"data\":{\"not_added\":0}}", "{\"data\":{\"not_added\":false}}"})
    void withoutAFailedRecordAllAreDelivered(String body) throws Exception {
        api.script(asked -> Reply.of(200, body));
        try (Delivery delivery = new Delivery(data, api.url(), BATCH)) {
            assertThat(delivery.deliver(Delivery.records(50)).delivered()).isEqualTo(50);
            assertThat(api.asked()).hasSize(1);
        }
    }

    @Test
    void recordsThatMustNotBeSentTwiceAreHeld() throws Exception {
        api.script(notAdding(7));
        try (Delivery delivery = new Delivery(data, api.url(), BATCH + "&onceOnly=true")) {
            InputSummary account = delivery.deliver(Delivery.records(50));

            assertThat(account.held()).isEqualTo(50);
            assertThat(api.asked()).hasSize(1);
            assertThat(delivery.deadLetters().get(0).path("reason").asText()).isEqualTo("responded with 200 and a list of "
                    + "failed records, which does not tell which records they are: [{\"why\":\"no\"}]; the API may have "
                    + "processed the record");
        }
    }

    @Test
    void aBatchThatIsRefusedAsAWholeIsCutAsWithoutTheList() throws Exception {
        api.script(asked -> asked.has(3) ? Reply.of(422, "{\"data\":{\"not_added\":[1]}}") : notAdding().apply(asked));
        try (Delivery delivery = new Delivery(data, api.url(), BATCH)) {
            assertThat(delivery.deliver(Delivery.records(8)).delivered()).isEqualTo(7);
            assertThat(delivery.deadLetters()).extracting(each -> each.path("record").path("n").asInt()).containsExactly(3);
        }
    }

    @Test
    void theListIsTheOnlyPart() {
        assertThatThrownBy(() -> new Delivery(data, api.url(), "itemResults=RAW(failed: /a, error: /b)"))
                .hasStackTraceContaining("itemResults: failed must be the only part");
    }
}
