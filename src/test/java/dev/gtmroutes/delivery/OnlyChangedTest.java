// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.gtmroutes.delivery.ScriptedApi.Asked;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FolderMemory;
import dev.gtmroutes.remembered.FormFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records are sent only if they differ from what was delivered last. */
class OnlyChangedTest {

    private static final String BATCH = "batch=true&batchSize=4&onlyChanged=n";

    @TempDir
    Path data;
    private ScriptedApi api;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static String records(int count, int version) {
        StringBuilder records = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            records.append("{\"n\":").append(i).append(",\"v\":").append(version).append("}\n");
        }
        return records.toString();
    }

    private Delivery delivery(String parameters) throws Exception {
        return new Delivery(data, api.url(), parameters, "gtm.retry-max-delay", "50ms");
    }

    private static void assertSum(InputSummary summary, long delivered, long rejected, long unchanged) {
        assertThat(summary.delivered()).isEqualTo(delivered);
        assertThat(summary.rejected()).isEqualTo(rejected);
        assertThat(summary.unchanged()).isEqualTo(unchanged);
        assertThat(summary.delivered() + summary.rejected() + summary.held() + summary.unchanged())
                .isEqualTo(summary.read());
    }

    private List<Integer> sent() {
        return api.asked().stream().flatMap(each -> each.ids().stream()).sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {BATCH, "onlyChanged=n", "onlyChanged=n&url=/things/{n}", "onlyChanged=n&onceOnly=true",
            BATCH + "&batchTimeout=50", BATCH + "&groupBy=v", BATCH + "&orderBy=n",
            "onlyChanged=n&body=RAW({\"record\":\"{*}\"})"})
    void whatWasDeliveredIsSentAgainOnlyWhenItDiffers(String parameters) throws Exception {
        try (Delivery delivery = delivery(parameters)) {
            assertSum(delivery.deliver(records(10, 1)), 10, 0, 0);
            int before = api.asked().size();
            InputSummary again = delivery.deliver(records(10, 1));
            assertSum(again, 0, 0, 10);
            assertThat(again.toString()).contains("10 unchanged");
            assertThat(api.asked()).hasSize(before);
            assertSum(delivery.deliver(records(3, 2) + records(12, 1).substring(records(3, 1).length())), 5, 0, 7);
            assertThat(delivery.destination().tally().recordsUnchanged()).isEqualTo(17);
        }
        try (Delivery delivery = delivery(parameters)) {
            assertSum(delivery.deliver(records(3, 2)), 0, 0, 3);
            assertSum(delivery.deliver(records(3, 1)), 3, 0, 0);
        }
    }

    @Test
    void whatIsRejectedOrHeldIsNotRemembered() throws Exception {
        try (Delivery delivery = delivery(BATCH)) {
            delivery.deliver(records(8, 1));
            api.script(each -> each.has(3) ? Reply.of(422) : Reply.of(200));
            assertSum(delivery.deliver(records(8, 2)), 7, 1, 0);
            assertSum(delivery.deliver(records(8, 2)), 0, 1, 7);
            // What was delivered of it before is still there.
            assertSum(delivery.deliver("{\"n\":3,\"v\":1}"), 0, 0, 1);
        }
    }

    @Test
    void eachRecordOfARequestHasItsOwnOutcome() throws Exception {
        api.script(OnlyChangedTest::byItem);
        try (Delivery delivery = delivery(BATCH + "&itemResults=RAW(items: /r, status: /s)")) {
            assertSum(delivery.deliver(records(8, 1)), 6, 2, 0);
            assertSum(delivery.deliver(records(8, 1)), 0, 2, 6);
        }
    }

    private static Reply byItem(Asked asked) {
        return Reply.of(200, "{\"r\":[" + String.join(",",
                asked.ids().stream().map(each -> "{\"s\":" + (each % 4 == 1 ? 400 : 200) + "}").toList()) + "]}");
    }

    @Test
    void aRecordWithoutItsKeyIsAlwaysSent() throws Exception {
        try (Delivery delivery = delivery("onlyChanged=RAW(n, team.id)")) {
            String records = "{\"n\":1}\n{\"n\":2,\"team\":{\"id\":\"\"}}\n{\"n\":3,\"team\":{\"id\":null}}\n"
                    + "{\"n\":4,\"team\":{\"id\":\"a\"}}\n";
            assertSum(delivery.deliver(records), 4, 0, 0);
            assertSum(delivery.deliver(records), 3, 0, 1);
        }
    }

    @Test
    void ofEqualKeysInOneInputTheLastIsRemembered() throws Exception {
        String three = "{\"n\":1,\"v\":1}\n{\"n\":1,\"v\":2}\n{\"n\":1,\"v\":1}\n";
        try (Delivery delivery = delivery(BATCH)) {
            assertSum(delivery.deliver(three), 3, 0, 0);
            assertSum(delivery.deliver("{\"n\":1,\"v\":1}"), 0, 0, 1);
            assertSum(delivery.deliver("{\"n\":1,\"v\":2}"), 1, 0, 0);
        }
    }

    @Test
    void whileARecordIsUnderWayAllOfItsKeyAreSent() throws Exception {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        try (Delivery delivery = delivery("onlyChanged=n")) {
            delivery.deliver("{\"n\":1,\"v\":1}");
            api.script(each -> {
                if (each.number() == 1) {
                    answered.join();
                }
                return Reply.of(200);
            });
            CompletableFuture<InputSummary> second = delivery.deliverMeanwhile("{\"n\":1,\"v\":2}");
            await().until(() -> api.asked().size() == 1);
            assertSum(delivery.deliver("{\"n\":1,\"v\":1}"), 1, 0, 0);
            answered.complete(null);
            assertSum(second.get(), 1, 0, 0);
            // Nobody knows which of them arrived last.
            assertSum(delivery.deliver("{\"n\":1,\"v\":1}"), 1, 0, 0);
            assertSum(delivery.deliver("{\"n\":1,\"v\":1}"), 0, 0, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"onlyChanged=n&excludeAttributes=x", "onlyChanged=n&url=/others",
            "onlyChanged=n&credential=other",
            "onlyChanged=n&body=RAW({\"record\":\"{*}\"})", "onlyChanged=v", "onlyChanged=n&body=RAW({\"a\":\"{v}\"})"})
    void anotherFormOrKeySendsAllOnceMore(String other) throws Exception {
        String record = "{\"n\":1,\"v\":1,\"x\":1}";
        try (Delivery delivery = delivery("onlyChanged=n")) {
            delivery.deliver(record);
            assertSum(delivery.deliver(record), 0, 0, 1);
        }
        try (Delivery delivery = new Delivery(data, api.url(), other, "people-ai.other.api-key", "some-key",
                "people-ai.other.base-url", api.url())) {
            assertSum(delivery.deliver(record), 1, 0, 0);
            assertSum(delivery.deliver(record), 0, 0, 1);
        }
    }

    @Test
    void headersAndTheSizeOfBatchesDoNotCount() throws Exception {
        try (Delivery delivery = delivery(BATCH)) {
            delivery.deliver(records(4, 1));
        }
        try (Delivery delivery = delivery("batch=true&batchSize=7&onlyChanged=n&requestHeaders=a:b&retryFor=1h")) {
            assertSum(delivery.deliver(records(4, 1)), 0, 0, 4);
        }
    }

    @Test
    void withoutTheSettingWhatWasRememberedIsDeleted() throws Exception {
        try (Delivery delivery = delivery(BATCH)) {
            delivery.deliver(records(4, 1));
            assertThat(new FolderMemory().all(data)).singleElement()
                    .satisfies(each -> assertThat(DeliveredForms.count(each.folder(data))).isEqualTo(4));
            // The name of the destination, not the id of a route.
            assertThat(data.resolve("state/only-changed/flow/1/about.json")).exists();
        }
        try (Delivery delivery = delivery("batch=true")) {
            assertThat(FormFolder.all(data)).hasSize(1);
            assertSum(delivery.deliver(records(4, 1)), 4, 0, 0);
            assertThat(FormFolder.all(data)).isEmpty();
        }
    }

    @Test
    void whatIsDamagedIsMovedAsideAndAllIsSentAgain() throws Exception {
        try (Delivery delivery = delivery(BATCH)) {
            delivery.deliver(records(4, 1));
        }
        Path folder = FormFolder.all(data).get(0).folder();
        Files.write(folder.resolve("forms.mv"), new byte[50_000]);
        try (Delivery delivery = delivery(BATCH)) {
            assertSum(delivery.deliver(records(4, 1)), 4, 0, 0);
            assertSum(delivery.deliver(records(4, 1)), 0, 0, 4);
        }
        try (var there = Files.list(folder.getParent())) {
            assertThat(there.map(each -> each.getFileName().toString())).anyMatch(each -> each.contains(".damaged-"));
        }
    }
}
