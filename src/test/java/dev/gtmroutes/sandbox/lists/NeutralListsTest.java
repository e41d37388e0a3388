// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of no vendor in particular: each way to page, at any size, and what can go wrong on the way. */
class NeutralListsTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final ListCaller caller = new ListCaller(sandbox, "neutral");

    @AfterEach
    void stop() {
        sandbox.close();
    }

    /** Reads a list in its own way. */
    private List<JsonNode> readAll(String style, int limit) {
        return readFrom(style, limit, new ArrayList<>(), "");
    }

    private List<JsonNode> readFrom(String style, int limit, List<JsonNode> read, String more) {
        String size = style.equals("page") || style.equals("changed") ? "per_page=" : "limit=";
        String next = "/" + style + "?" + size + limit + more;
        for (int page = 1; next != null; page++) {
            HttpResponse<String> response = caller.get(next);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            JsonNode body = Caller.json(response);
            body.get("data").forEach(read::add);
            boolean over = body.get("data").isEmpty();
            String base = "/" + style + "?" + size + limit + more;
            next = switch (style) {
                case "cursor" -> body.at("/meta/next_cursor").isTextual()
                        ? base + "&cursor=" + body.at("/meta/next_cursor").textValue() : null;
                case "link" -> body.at("/links/next").textValue();
                case "id" -> over ? null : base + "&id[gt]=" + read.get(read.size() - 1).get("id");
                case "offset" -> over ? null : base + "&offset=" + read.size();
                default -> over ? null : base + "&page=" + (page + 1);
            };
        }
        return read;
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset", "page", "cursor", "link", "id", "changed"})
    void pagesAreTheWholeAlsoAfterChanges(String style) {
        assertThat(readAll(style, 30)).hasSize(250);
        caller.put("lists-" + style, "size=1000");
        caller.put("lists-" + style, "change=20&delete=30&add=15");
        List<JsonNode> all = readAll(style, 100);

        assertThat(all).hasSize(985);
        assertThat(ListCaller.hashes(all, "id")).isEqualTo(caller.content("lists-" + style));
        assertThat(caller.look("/lists-" + style).get("count").intValue()).isEqualTo(985);
    }

    @ParameterizedTest
    @ValueSource(strings = {"offset", "page", "cursor", "link", "id", "changed"})
    void aGreatListIsReadAsFastAsASmallOne(String style) {
        caller.put("lists-" + style, "size=1000000");
        String deep = switch (style) {
            case "offset" -> "?limit=1000&offset=999000";
            case "page", "changed" -> "?per_page=1000&page=1000";
            case "id" -> "?limit=1000&id[gt]=999000";
            default -> "?limit=1000&cursor=p999-999000";
        };

        JsonNode data = caller.page("/" + style + deep).get("data");
        assertThat(data).hasSize(1000);
        assertThat(ListCaller.values(data, style.equals("changed") ? "version" : "id"))
                .contains(style.equals("changed") ? "0" : "1000000");
        assertThat(caller
                .page("/" + style + deep.replace("999000", "1000000").replace("page=1000&page=1000", "page=1000&page=1001"))
                .get("data")).isEmpty();
    }

    @Test
    void whatChangedSinceATimeComesInOrder() {
        caller.put("lists-changed", "size=100000");
        List<JsonNode> last = new ArrayList<>();
        caller.page("/changed?per_page=1000&page=100").get("data").forEach(last::add);
        String since = last.get(900).get("updated_at").textValue().replace("+", "%2B");
        assertThat(caller.page("/changed?updated_since=" + since).get("data"))
                .containsExactlyElementsOf(last.subList(900, 1000));

        JsonNode changed = caller.put("lists-changed", "change=50&add=5");
        List<String> keys = readFrom("changed", 20, new ArrayList<>(), "&updated_since=" + since).stream()
                .map(each -> each.get("id").asText()).toList();
        assertThat(changed.get("changed")).hasSize(50);
        changed.get("changed").forEach(each -> assertThat(keys).contains(each.asText()));
        changed.get("added").forEach(each -> assertThat(keys).contains(each.asText()));
        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void manyRecordsCanHaveOneTime() {
        caller.put("lists-changed", "size=1000&sameTime=250");
        assertThat(ListCaller.values(caller.page("/changed?per_page=1000").get("data"), "id")).hasSize(1000)
                .doesNotHaveDuplicates();
        String time = caller.page("/changed").at("/data/0/updated_at").textValue();
        assertThat(caller.page("/changed?updated_until=" + time + "&per_page=1000").get("data")).hasSize(250);

        caller.put("lists-changed", "atOnce=1&change=40");
        List<String> times = ListCaller.values(caller.page("/changed?per_page=1000").get("data"), "updated_at");
        assertThat(times.subList(960, 1000).stream().map(each -> each.substring(14, 26)).distinct()).hasSize(1);
    }

    @Test
    void cursorsExpire() {
        caller.put("lists-cursor", "expireAfter=3&expireStatus=404");
        String cursor = "";
        for (int page = 1; page <= 4; page++) {
            cursor = caller.page("/cursor?limit=10" + cursor).at("/meta/next_cursor").textValue();
            cursor = "&cursor=" + cursor;
        }
        assertThat(caller.get("/cursor?limit=10" + cursor).statusCode()).isEqualTo(404);
        assertThat(caller.get("/cursor?limit=10" + cursor).statusCode()).isEqualTo(200);
        assertThat(caller.get("/cursor?cursor=x").statusCode()).isEqualTo(422);
    }

    @Test
    void onePageIsShort() {
        for (String style : List.of("offset", "page", "cursor", "link", "id")) {
            caller.put("lists-" + style, "shortPage=2");
        }

        assertThat(caller.page("/offset?limit=10").get("data")).hasSize(10);
        assertThat(caller.page("/offset?limit=10&offset=10").get("data")).hasSize(2);
        assertThat(caller.page("/offset?limit=10&offset=10").get("data")).hasSize(10);
        assertThat(readAll("cursor", 10)).hasSize(250);
        assertThat(readAll("link", 10)).hasSize(250);
        assertThat(readAll("id", 10)).hasSize(250);
    }

    @Test
    void oneAnswerIsAnError() {
        caller.put("lists-page", "error=503&errorAfter=1");

        assertThat(caller.get("/page").statusCode()).isEqualTo(200);
        assertThat(caller.get("/page?page=2").statusCode()).isEqualTo(503);
        assertThat(caller.get("/page?page=2").statusCode()).isEqualTo(200);
    }

    @Test
    void thePageIsIgnored() {
        for (String style : List.of("offset", "page", "id", "cursor")) {
            caller.put("lists-" + style, "ignorePage=1");
        }
        List<String> firsts = List.of(caller.page("/offset?offset=50").at("/data/0/id").asText(),
                caller.page("/page?page=3").at("/data/0/id").asText(),
                caller.page("/id?id[gt]=50").at("/data/0/id").asText(),
                caller.page("/cursor?cursor=p2-50").at("/data/0/id").asText());

        assertThat(firsts).containsOnly("1");
    }

    @Test
    void pagesAreSmallerThanAskedFor() {
        caller.put("lists-page", "perPage=7");
        caller.put("lists-offset", "hiddenPerPage=7");
        caller.put("lists-id", "unsorted=1");

        assertThat(caller.page("/page?per_page=50").get("data")).hasSize(7);
        assertThat(caller.page("/page?per_page=50").at("/meta/per_page").intValue()).isEqualTo(7);
        assertThat(caller.page("/offset?limit=50").get("data")).hasSize(7);
        assertThat(caller.page("/offset?limit=50").at("/meta/limit").intValue()).isEqualTo(50);
        assertThat(caller.page("/id?limit=50").at("/data/0/id").intValue()).isEqualTo(50);
    }

    @Test
    void totalsAreLeftOutAndLinksAreElsewhere() {
        caller.put("lists-offset", "withoutTotal=1");
        assertThat(caller.page("/offset").at("/meta/total").isMissingNode()).isTrue();

        String next = caller.page("/link?limit=9&updated_at[gte]=2024-01-01").at("/links/next").textValue();
        assertThat(next).startsWith(sandbox.url() + "/lists/link?limit=9&updated_at%5Bgte%5D=2024-01-01&cursor=");
        caller.put("lists-link", "linkInHeader=1");
        assertThat(caller.get("/link?limit=9").headers().firstValue("Link").orElseThrow())
                .matches("<" + sandbox.url() + "/lists/link\\?limit=9&cursor=p2-9>; rel=\"next\"");
        assertThat(caller.get("/link?limit=500").headers().firstValue("Link")).isEmpty();
        caller.put("lists-link", "linkInHeader=0&strayHost=1");
        assertThat(caller.page("/link").at("/links/next").textValue())
                .startsWith("http://other.example.com/lists/link?cursor=");
        caller.put("lists-link", "strayHost=0&strayPath=1");
        assertThat(caller.page("/link").at("/links/next").textValue()).startsWith(sandbox.url() + "/elsewhere/lists/link?");
    }

    @ParameterizedTest
    @CsvSource({"/page?page=0", "/page?per_page=1001", "/offset?limit=0", "/id?id[gt]=x", "/changed?updated_since=today",
            "/page?sort_by=age"})
    void whatCannotBeMeantIsRefused(String path) {
        assertThat(caller.get(path).statusCode()).isEqualTo(422);
    }

    @Test
    void aListIsSortedOnDemand() {
        assertThat(ListCaller.values(caller.page("/page?sort_by=name&sort_direction=desc").get("data"), "name"))
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER.reversed())
                .isSortedAccordingTo(Comparator.comparing((String each) -> each.toLowerCase()).reversed());
    }
}
