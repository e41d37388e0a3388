// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.ScriptedApi.Asked;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A few bad records in a batch: the others are delivered once, and the bad ones rejected alone. */
class PoisonTest {

    private static final String BATCH = "batch=true&batchSize=100&maxInFlight=1";
    private static final String ITEMS = "&itemResults=RAW(items: /results, status: /code, error: /message)";
    private static final String NAMED = "&itemResults=RAW(items: /results, status: /code, id: /record=n, error: /message)";

    @TempDir
    static Path data;
    private static ScriptedApi api;
    private static Delivery halves;
    private static Delivery items;
    private static Delivery named;

    @BeforeAll
    static void start() throws Exception {
        api = new ScriptedApi();
        halves = new Delivery(data.resolve("halves"), api.url(), BATCH);
        items = new Delivery(data.resolve("items"), api.url(), BATCH + ITEMS);
        named = new Delivery(data.resolve("named"), api.url(), BATCH + NAMED);
    }

    @AfterEach
    void forget() throws Exception {
        halves.forget();
        items.forget();
        named.forget();
    }

    @AfterAll
    static void stop() {
        halves.close();
        items.close();
        named.close();
        api.close();
    }

    /** Refuses the whole request for the sake of these records, and says nothing more. */
    private static Function<Asked, Reply> refusing(int status, Integer... bad) {
        return each -> List.of(bad).stream().anyMatch(each::has) ? Reply.of(status) : Reply.of(200);
    }

    /** Answers with one item for each record. */
    private static Reply items(Asked asked, int status, Function<Integer, Integer> code) {
        return Reply.of(status, asked.ids().stream()
                .map(n -> "{\"record\":" + n + ",\"code\":" + code.apply(n) + ",\"message\":\"about " + n + "\"}")
                .collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    private static List<Integer> dead(Delivery delivery) {
        return delivery.deadLetters().stream().map(each -> each.path("record").path("n").asInt()).toList();
    }

    private static List<Integer> allBut(Integer... bad) {
        return IntStream.rangeClosed(1, 100).boxed().filter(each -> !Set.of(bad).contains(each)).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 37, 50, 51, 63, 99, 100})
    void oneBadRecordInAHundredTakesFifteenRequestsAtMost(int bad) throws Exception {
        api.script(refusing(422, bad));
        InputSummary account = halves.deliver(Delivery.records(100));
        assertThat(account.delivered()).isEqualTo(99);
        assertThat(account.rejected()).isEqualTo(1);
        assertThat(account.requests()).isLessThanOrEqualTo(15).isEqualTo(api.asked().size());
        assertThat(api.taken()).containsExactlyElementsOf(allBut(bad));
        assertThat(dead(halves)).containsExactly(bad);
    }

    @Test
    void severalBadRecordsAreFoundToo() throws Exception {
        api.script(refusing(400, 1, 2, 50, 77, 100));
        assertThat(halves.deliver(Delivery.records(100)).rejected()).isEqualTo(5);
        assertThat(api.taken()).containsExactlyElementsOf(allBut(1, 2, 50, 77, 100));
        assertThat(dead(halves)).containsExactlyInAnyOrder(1, 2, 50, 77, 100);
    }

    @Test
    void aRequestThatIsTooLargeIsCutUntilItFits() throws Exception {
        api.script(each -> Reply.of(each.ids().size() > 30 ? 413 : 200));
        InputSummary account = halves.deliver(Delivery.records(100));
        assertThat(account.delivered()).isEqualTo(100);
        assertThat(api.taken()).containsExactlyElementsOf(allBut());
        assertThat(account.requests()).isEqualTo(7);
    }

    @Test
    void aHalfThatFailsInPassingIsRetriedAndLosesNothing() throws Exception {
        api.script(each -> each.number() == 3 ? Reply.of(503) : refusing(422, 3).apply(each));
        assertThat(halves.deliver(Delivery.records(100)).rejected()).isEqualTo(1);
        assertThat(api.taken()).containsExactlyElementsOf(allBut(3));
    }

    @Test
    void aRefusalThatNamesItsRecordsTakesTwoRequests() throws Exception {
        api.script(each -> each.has(63) ? items(each, 422, n -> n == 63 ? 422 : 200) : Reply.of(200));
        InputSummary account = items.deliver(Delivery.records(100));
        assertThat(account.requests()).isEqualTo(2);
        assertThat(account.delivered()).isEqualTo(99);
        assertThat(api.taken()).containsExactlyElementsOf(allBut(63));
        assertThat(items.deadLetters()).singleElement().satisfies(each -> {
            assertThat(each.path("record").path("n").asInt()).isEqualTo(63);
            assertThat(each.path("reason").asText()).isEqualTo("responded with 422 for this record: about 63");
        });
    }

    @Test
    void anAnswerItemByItemIsTakenItemByItem() throws Exception {
        api.script(each -> items(each, 207, n -> n % 10 == 0 ? 409 : 201));
        InputSummary account = items.deliver(Delivery.records(100));
        assertThat(account.requests()).isEqualTo(1);
        assertThat(account.delivered()).isEqualTo(90);
        assertThat(dead(items)).containsExactly(10, 20, 30, 40, 50, 60, 70, 80, 90, 100);
    }

    @Test
    void itemsThatFailInPassingAreSentAgainAlone() throws Exception {
        api.script(each -> items(each, 200, n -> n > 98 && each.number() < 3 ? 503 : 200));
        InputSummary account = items.deliver(Delivery.records(100));
        assertThat(account.delivered()).isEqualTo(100);
        assertThat(api.asked()).extracting(Asked::ids).extracting(List::size).containsExactly(100, 2, 2);
        assertThat(dead(items)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "null", "\"\"", "7", "{}"})
    void aStatusThatIsNoneSaysNothing(String status) throws Exception {
        api.script(
                each -> Reply.of(200, "{\"results\":[{\"code\":" + status + "},{\"code\":\"200 OK\"},{\"code\":201.0}]}"));
        InputSummary account = items.deliver(Delivery.records(3));
        assertThat(account.held()).isEqualTo(1);
        assertThat(account.delivered()).isEqualTo(2);
        assertThat(account.requests()).isEqualTo(1);
    }

    @Test
    void anItemWithoutStatusIsRejectedForAnErrorThatIsNotEmpty() throws Exception {
        api.script(each -> Reply.of(200, Stream.of("[]", "{}", "false", "0", "\"\"", "null", "[\"no owner\"]", "true", "7")
                .map(error -> "{\"errors\":" + error + "}").collect(Collectors.joining(",", "{\"results\":[", "]}"))));
        try (Delivery errors = new Delivery(data.resolve("errors"), api.url(),
                BATCH + "&itemResults=RAW(items: /results, error: /errors)")) {
            InputSummary account = errors.deliver(Delivery.records(9));
            assertThat(account.delivered()).isEqualTo(6);
            assertThat(account.rejected()).isEqualTo(3);
            assertThat(errors.deadLetters()).extracting(each -> each.path("reason").asText())
                    .contains("responded with 422 for this record: [\"no owner\"]");
        }
    }

    @Test
    void itemsAreFoundByTheRecordTheyName() throws Exception {
        api.script(each -> Reply.of(200, each.ids().stream().sorted((a, b) -> b - a)
                .map(n -> "{\"record\":\"" + n + "\",\"code\":\"" + (n == 7 ? "failed" : "created") + "\"}")
                .collect(Collectors.joining(",", "{\"results\":[", "]}"))));
        assertThat(named.deliver(Delivery.records(100)).rejected()).isEqualTo(1);
        assertThat(dead(named)).containsExactly(7);
    }

    @Test
    void aRecordOfWhichTheAnswerSaysNothingIsHeld() throws Exception {
        api.script(each -> Reply.of(200, "{\"results\":[{\"record\":1,\"code\":200},{\"record\":3,\"code\":200}]}"));
        InputSummary account = named.deliver(Delivery.records(3));
        assertThat(account.delivered()).isEqualTo(2);
        assertThat(account.held()).isEqualTo(1);
        assertThat(named.deadLetters()).singleElement().satisfies(each -> {
            assertThat(each.path("record").path("n").asInt()).isEqualTo(2);
            assertThat(each.path("reason").asText())
                    .isEqualTo("responded with 200 without a result for this record; the API may have processed the record");
        });
    }

    @Test
    void aSuccessThatTellsOfNoItemsIsOneForAll() throws Exception {
        api.script(each -> Reply.of(200, "{\"message\":\"all fine\"}"));
        assertThat(items.deliver(Delivery.records(4)).delivered()).isEqualTo(4);
    }

    @Test
    void itemsThatCannotBeToldApartSayNothing() throws Exception {
        api.script(each -> Reply.of(200, "{\"results\":[{\"code\":200}]}"));
        assertThat(items.deliver(Delivery.records(4)).held()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '~', value = {
            "results; 'results' must be one of items, status, id, error, a colon and a JSON pointer",
            "items: results, status: /code; 'results' is not a JSON pointer",
            "status: /code; must contain the place of the items, such as items: /results",
            "items: /results; must contain the place of the status or error of an item, such as status: /code"})
    void aSettingThatMeansNothingIsRefused(String setting, String why) {
        assertThatThrownBy(() -> new Delivery(data, api.url(), "itemResults=RAW(" + setting + ")"))
                .hasStackTraceContaining("itemResults").hasStackTraceContaining(why);
    }
}
