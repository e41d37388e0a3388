// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.exports.SandboxClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists change, at once and while they are read, and the sandbox knows at any time what is in them. */
class ListChangesTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final ListCaller caller = new ListCaller(sandbox, "neutral");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** Each record is found at one place of either order, whatever became of the list. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 10, 97, 250})
    void bothOrdersHoldEachRecordOnce(long size) {
        for (int seed = 0; seed < 5; seed++) {
            ListState state = new ListState(new SandboxClock(), size, seed, 1 + seed % 3);
            Random random = new Random(seed);
            for (int round = 0; round < 8; round++) {
                state.change(random.nextInt(12), round % 2 == 0);
                state.delete(random.nextInt(9));
                state.add(random.nextInt(6), round % 2 == 0);
                check(state);
            }
        }
    }

    private static void check(ListState state) {
        List<SimulatedRecord> byNumber = LongStream.range(0, state.count())
                .mapToObj(place -> state.at(ListState.Order.NUMBER, place)).toList();
        List<SimulatedRecord> byChange = LongStream.range(0, state.count())
                .mapToObj(place -> state.at(ListState.Order.CHANGE, place)).toList();
        assertThat(byNumber).isSortedAccordingTo(Comparator.comparingLong(SimulatedRecord::number)).doesNotHaveDuplicates()
                .allMatch(each -> each.equals(state.find(each.number())) && each.created() <= each.updated());
        assertThat(byChange).isSortedAccordingTo(Comparator.comparingLong(SimulatedRecord::updated))
                .containsExactlyInAnyOrderElementsOf(byNumber);
        for (int i = 0; i < byChange.size(); i += 7) {
            long time = byChange.get(i).updated();
            for (long at : new long[] {time, time + 1}) {
                assertThat(state.firstAt(at)).isEqualTo(byChange.stream().filter(each -> each.updated() < at).count());
            }
            long number = byNumber.get(i).number();
            assertThat(state.firstBehind(number)).isEqualTo(i + 1);
        }
    }

    @Test
    void changesAreToldAndNoOthersHappen() {
        Map<String, String> before = caller.content("lists-offset");
        JsonNode told = caller.put("lists-offset", "change=7&delete=5&add=3");
        Map<String, String> after = caller.content("lists-offset");

        List<String> changed = new ArrayList<>();
        before.forEach((key, hash) -> {
            if (after.containsKey(key) && !after.get(key).equals(hash)) {
                changed.add(key);
            }
        });
        assertThat(told.get("deleted")).hasSize(5).allMatch(each -> !after.containsKey(each.asText()));
        assertThat(told.get("added")).hasSize(3).allMatch(each -> !before.containsKey(each.asText())
                && after.containsKey(each.asText()));
        List<String> named = new ArrayList<>();
        told.get("changed").forEach(each -> named.add(each.asText()));
        assertThat(named).hasSize(7).containsAll(changed);
        assertThat(after).hasSize(248);
    }

    @Test
    void theSeedDecidesWhatChanges() {
        caller.put("lists-offset", "size=500&seed=4");
        caller.put("lists-page", "size=500&seed=4");
        caller.put("lists-cursor", "size=500&seed=5");
        JsonNode one = caller.put("lists-offset", "delete=10").get("deleted");

        assertThat(caller.put("lists-page", "delete=10").get("deleted")).isEqualTo(one);
        assertThat(caller.put("lists-cursor", "delete=10").get("deleted")).isNotEqualTo(one);
    }

    @Test
    void aChangeShowsInTheRecordOfEachList() {
        for (JsonNode list : caller.look("")) {
            String name = list.get("list").textValue();
            Map<String, String> before = caller.content(name);
            caller.put(name, "change=1");
            assertThat(caller.content(name)).as(name).isNotEqualTo(before).hasSize(before.size());
        }
    }

    @Test
    void theListChangesWhileItIsRead() {
        caller.put("lists-offset", "everyPages=2&changeEach=3&deleteEach=4&addEach=1&rounds=2");
        for (int page = 0; page < 10; page++) {
            caller.page("/offset?limit=10&offset=" + page * 10);
        }
        JsonNode list = caller.look("/lists-offset");

        assertThat(list.get("count").intValue()).isEqualTo(250 - 2 * 3);
        assertThat(list.get("pagesSent").intValue()).isEqualTo(10);
        assertThat(list.get("recordsSent").intValue()).isEqualTo(100);
        assertThat(caller.put("lists-offset", "forget=1").get("pagesSent").intValue()).isZero();
    }

    @Test
    void theContentCanBeComparedAsAWhole() {
        Map<String, String> content = caller.content("salesloft-people");
        JsonNode total = Caller.json(caller.control("GET", "/salesloft-people/content?form=total"));
        HttpResponse<String> records = caller.control("GET", "/salesloft-people/content?form=records");

        assertThat(total.get("count").intValue()).isEqualTo(content.size()).isEqualTo(400);
        assertThat(total.get("hash").textValue()).isEqualTo(ListContent.sum(content.values().stream()));
        assertThat(records.body().lines()).hasSize(400).first().asString().contains("\"record\":{\"id\":200001,");
    }

    /** Anyone can compute it: {@code printf '…' | sha256sum}. */
    @Test
    void aHashIsThatOfTheSortedText() throws Exception {
        String text = "{\"a\":[1,{\"c\":null,\"ä\":true}],\"b\":\"x \\\"y\\\"\"}";
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));

        assertThat(ListContent
                .hash(new JsonMapper().readTree("{\"b\": \"x \\\"y\\\"\", \"a\": [1, {\"ä\": true, \"c\": null}]}")))
                .isEqualTo(HexFormat.of().formatHex(digest).substring(0, 16));
    }

    @Test
    void contentsAreTheSameInEachSandbox() {
        try (Sandbox other = Sandbox.start(0)) {
            ListCaller second = new ListCaller(other, "neutral");
            Map<String, String> one = new TreeMap<>();
            Map<String, String> two = new TreeMap<>();
            caller.look("").forEach(each -> one.put(each.get("list").textValue(), total(caller, each)));
            second.look("").forEach(each -> two.put(each.get("list").textValue(), total(second, each)));

            assertThat(one).hasSize(37).isEqualTo(two);
        }
    }

    private static String total(ListCaller caller, JsonNode list) {
        return caller.control("GET", "/" + list.get("list").textValue() + "/content?form=total").body();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "PUT | /lists-page?sise=1 | 400 | unknown setting 'sise'",
            "PUT | /lists-page?size=x | 400 | size must be a whole number",
            "PUT | /lists-page?size=20000000 | 400 | a list has 0 to 10000000 records",
            "PUT | /lists-page?changeEach=1 | 400 | changeEach requires everyPages",
            "PUT | /lists-page?seed=1 | 400 | seed requires size", "PUT | /nothing?size=1 | 400 | unknown list 'nothing'",
            "GET | /nothing | 400 | unknown list 'nothing'", "DELETE | /lists-page | 405 | supports GET, PUT",
            "PUT | /lists-page/content | 405 | supports GET", "GET | /lists-page/content?form=x | 400 | form must be",
            "GET | /lists-page/content?where=x | 400 | where must be",
    })
    void aWrongRequestIsRefusedWithASentence(String method, String path, int status, String sentence) {
        HttpResponse<String> refused = caller.control(method, path);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(Caller.json(refused).get("error").textValue()).contains(sentence);
    }
}
