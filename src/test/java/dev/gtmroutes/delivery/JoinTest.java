// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Input lines, response events and dead letters belong together, record by record. */
class JoinTest {

    @TempDir
    Path data;

    private ScriptedApi api;
    private TestWebhook webhook;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
        webhook = new TestWebhook(0);
    }

    @AfterEach
    void stop() {
        webhook.close();
        api.close();
    }

    private Delivery delivery(String parameters) throws Exception {
        return new Delivery(data, api.url(), "responseWebhook=RAW(" + webhook.url() + ")&recordKey=n&" + parameters);
    }

    /** What each line ended with, by the events; a line that ended twice fails. */
    private Map<Integer, String> ends() {
        Map<Integer, String> ends = new HashMap<>();
        for (JsonNode event : webhook.events()) {
            Set<String> outcomes = new HashSet<>();
            for (JsonNode record : event.path("records")) {
                String outcome = record.path("outcome").asText();
                outcomes.add(outcome);
                if (!outcome.equals("retrying")) {
                    assertThat(ends.put(record.path("line").asInt(), outcome + " " + event.path("requestId").asText()))
                            .as("line %s", record).isNull();
                }
                assertThat(record.path("key").asText()).isEqualTo(record.path("line").asText());
                assertThat(record.path("index").asInt()).isEqualTo(record.path("line").asInt() - 1);
                assertThat(record.path("source").asText()).isNotBlank();
            }
            assertThat(event.path("outcome").asText())
                    .isEqualTo(outcomes.size() == 1 ? outcomes.iterator().next() : "mixed");
            assertThat(event.path("records").size()).isEqualTo(event.path("request").path("recordCount").asInt());
        }
        return ends;
    }

    /** How many requests a request descends from. */
    private int generations(String request) {
        Map<String, String> parents = new HashMap<>();
        webhook.events().stream().filter(each -> each.has("parentRequestId")).forEach(
                each -> parents.put(each.path("requestId").asText(), each.path("parentRequestId").asText()));
        Set<String> known = webhook.events().stream().map(each -> each.path("requestId").asText())
                .collect(Collectors.toSet());
        int count = 0;
        for (String each = request; parents.containsKey(each); each = parents.get(each)) {
            assertThat(known).contains(parents.get(each));
            count++;
        }
        return count;
    }

    private void deadLettersJoin(Delivery delivery, Map<Integer, String> ends, int unfit) {
        List<JsonNode> letters = delivery.deadLetters();
        Set<Integer> dead = new HashSet<>();
        for (JsonNode letter : letters) {
            int line = letter.path("line").asInt();
            assertThat(dead.add(line)).as("one dead letter for line %s", line).isTrue();
            assertThat(letter.path("index").asInt()).isEqualTo(line - 1);
            if (line == unfit) {
                assertThat(letter.has("requestId")).isFalse();
            } else {
                assertThat(ends).containsEntry(line,
                        letter.path("state").asText() + " " + letter.path("requestId").asText());
                assertThat(letter.path("recordKey").asText()).isEqualTo(String.valueOf(line));
            }
        }
        ends.forEach((line, end) -> assertThat(dead.contains(line)).as("line %s: %s", line, end)
                .isEqualTo(!end.startsWith("delivered ")));
    }

    @Test
    void aBatchThatIsHalvedTwiceJoinsCompletely() throws Exception {
        // Too large above two records; without naming them, 3 and 6 are faulty.
        api.script(each -> each.ids().size() > 2 ? Reply.of(413, "too large")
                : each.has(3) || each.has(6) ? Reply.of(400, "{\"error\":\"no\"}") : Reply.of(200));
        try (Delivery delivery = delivery("batch=true&batchSize=8")) {
            // Line 9 is no record.
            delivery.deliver(Delivery.records(8) + "{\"n\":\n");
            int requests = api.asked().size();
            await().until(() -> webhook.events().size() == requests);

            Map<Integer, String> ends = ends();
            assertThat(ends.keySet()).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 8).boxed().toList());
            assertThat(
                    ends.entrySet().stream().filter(each -> each.getValue().startsWith("rejected ")).map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder(3, 6);
            assertThat(generations(ends.get(1).split(" ")[1])).isEqualTo(2);
            assertThat(generations(ends.get(3).split(" ")[1])).isEqualTo(3);
            deadLettersJoin(delivery, ends, 9);
            assertThat(delivery.deadLetters()).hasSize(3);
        }
    }

    @Test
    void recordsOfOneRequestHaveOutcomesOfTheirOwn() throws Exception {
        api.script(each -> each.number() == 1 ? Reply.of(200, "{\"results\":[{\"n\":1,\"code\":200},"
                + "{\"n\":2,\"code\":422},{\"n\":3,\"code\":503}]}") : Reply.of(200));
        try (Delivery delivery = delivery("batch=true&batchSize=4&itemResults=items: /results, status: /code, id: /n=n")) {
            delivery.deliver(Delivery.records(4));
            await().until(() -> webhook.events().size() == 2);

            JsonNode first = webhook.events().get(0);
            assertThat(first.path("outcome").asText()).isEqualTo("mixed");
            assertThat(first.path("records").findValuesAsText("outcome")).containsExactly("delivered", "rejected",
                    "retrying",
                    "held");
            JsonNode second = webhook.events().get(1);
            assertThat(second.path("parentRequestId").asText()).isEqualTo(first.path("requestId").asText());
            assertThat(second.path("attempt").asInt()).isEqualTo(2);
            deadLettersJoin(delivery, ends(), 0);

            JsonNode documented = TestDestination.json(Files.readString(Path.of("docs/responses-and-retries.md"))
                    .split("<!-- event -->\\s*```json")[1].split("```")[0]);
            Set<String> real = new TreeSet<>(fields(first, ""));
            real.addAll(fields(second, ""));
            assertThat(fields(documented, "")).containsExactlyInAnyOrderElementsOf(real);
        }
    }

    /** Names of fields, each with those around it; the response's own are left out. */
    private static Set<String> fields(JsonNode json, String around) {
        Set<String> fields = new TreeSet<>();
        if (!around.equals("/response/json")) {
            json.fieldNames().forEachRemaining(name -> {
                fields.add(around + "/" + name);
                fields.addAll(fields(json.get(name), around + "/" + name));
            });
            if (json.isArray()) {
                json.forEach(each -> fields.addAll(fields(each, around)));
            }
        }
        return fields;
    }

    @Test
    void aResponseIsJsonWithoutSecretsOrText() throws Exception {
        List<String> bodies = List.of("{\"said\" : \"some-key\",\n \"n\": [1.10000000000000000001, false, true, null]}",
                "not {json", "",
                "[".repeat(200) + "]".repeat(200), "{\"a\":1} {\"b\":2}");
        api.script(each -> Reply.of(200, bodies.get(each.number() - 1)));
        try (Delivery delivery = delivery("maxInFlight=1")) {
            delivery.deliver(Delivery.records(bodies.size()));
            await().until(() -> webhook.events().size() == bodies.size());
        }
        List<JsonNode> responses = webhook.events().stream().map(each -> each.path("response")).toList();
        assertThat(responses.get(0).has("body")).isFalse();
        assertThat(responses.get(0).path("json").path("said").asText()).isEqualTo("***");
        for (int i = 1; i < bodies.size(); i++) {
            assertThat(responses.get(i).has("json")).isFalse();
            assertThat(responses.get(i).path("body").asText()).isEqualTo(bodies.get(i));
            assertThat(responses.get(i).has("cut")).isFalse();
        }
        assertThat(webhook.events()).allSatisfy(each -> assertThat(each.path("version").asInt()).isEqualTo(2));
    }

    @Test
    void aRequestOfVeryManyRecordsIsToldInParts() throws Exception {
        try (Delivery delivery = delivery("batch=true&batchSize=12000")) {
            assertThat(delivery.deliver(Delivery.records(12_000)).requests()).isEqualTo(1);
            await().until(() -> webhook.events().size() == 3);
        }
        assertThat(webhook.events()).extracting(each -> each.path("recordsFrom").asInt()).containsExactly(0, 5000, 10_000);
        assertThat(webhook.events()).extracting(each -> each.path("records").size()).containsExactly(5000, 5000, 2000);
        assertThat(webhook.events().stream().flatMap(each -> each.path("records").findValuesAsText("key").stream()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12_000).mapToObj(String::valueOf).toList());
        assertThat(webhook.events().stream().map(each -> each.path("requestId").asText()).distinct()).hasSize(1);
    }
}
