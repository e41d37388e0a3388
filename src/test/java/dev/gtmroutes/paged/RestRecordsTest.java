// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.credential.RateBudgets;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of each style, read as a whole, through the wire. */
class RestRecordsTest extends ListTest {

    private static final String SIZE = "&pageSize=25";

    @ParameterizedTest
    @CsvSource({"path=/offset&paging=offset, true", "path=/offset&paging=offset, false", "path=/page&paging=page, true",
            "path=/page&paging=page, false", "path=/page0&paging=page&firstPage=0, false",
            "path=/cursor&paging=cursor, false", "path=/link&paging=link&records=, false", "path=/id&paging=id, false"})
    void eachRecordArrivesOnceAlsoIfItStopsInsideAPage(String list, boolean total) throws Exception {
        server.filled(130).total = total;
        AtomicInteger chunks = new AtomicInteger();
        List<Long> arrived = new ArrayList<>();
        try (ListFlow flow = new ListFlow(data, server, list + SIZE, chunk -> {
            if (chunks.incrementAndGet() > 2) {
                throw new RuntimeCamelException("no more");
            }
        })) {
            await().until(() -> chunks.get() > 2);
            arrived.addAll(flow.ids());
        }
        assertThat(arrived).hasSize(50);
        try (ListFlow flow = flow(list + SIZE)) {
            flow.awaitEnd();
            arrived.addAll(flow.ids());

            assertThat(arrived).containsExactlyElementsOf(ids(130));
            await().untilAsserted(() -> assertThat(flow.concerns()).isEmpty());
        }
        try (ListFlow flow = flow(list + SIZE + "&query=a=b")) {
            await().until(() -> server.requests().stream().anyMatch(each -> "b".equals(each.get("a"))) && flow.isOver());
            assertThat(flow.lines()).as("the same list, asked for in another way").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=/offset&paging=offset", "path=/page&paging=page", "path=/id&paging=id",
            "path=/cursor&paging=cursor"})
    void whatChangesWhileItIsReadArrivesInTheEndAndNothingTwice(String list) throws Exception {
        server.filled(200);
        AtomicInteger pages = new AtomicInteger();
        server.behindPage = () -> {
            int page = pages.incrementAndGet();
            if (page % 2 == 0 && page <= 16) {
                server.delete(page);
                server.put(1000 + page, Instant.parse("2025-07-01T00:00:00Z"), "v1");
                server.put(100 + page, Instant.parse("2025-07-01T00:00:00Z"), "v2");
            }
        };
        try (ListFlow flow = flow(list + SIZE + "&period=50ms")) {
            await().atMost(Duration.ofSeconds(30)).until(() -> pages.get() > 20
                    && flow.lines().containsAll(server.items().stream().map(ListServer.Item::json).toList()));

            assertThat(flow.lines()).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=/offset&paging=offset", "path=/page&paging=page"})
    void aRecordThatMovesUpIsNotMissedInASingleRead(String list) throws Exception {
        for (boolean total : new boolean[] {true, false}) {
            server.filled(100).total = total;
            AtomicInteger pages = new AtomicInteger();
            server.behindPage = () -> {
                if (pages.incrementAndGet() == 2) {
                    server.delete(3);
                    server.delete(30);
                }
            };
            try (ListFlow flow = new ListFlow(data.resolve("" + total), server, list + SIZE, ListFlow.TAKE)) {
                flow.awaitEnd();

                assertThat(flow.ids()).as("total %s", total).containsExactlyInAnyOrderElementsOf(ids(100));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"path=/offset&paging=offset", "path=/page&paging=page"})
    void aDeletedRecordIsNotHiddenByOnesThatWereAdded(String list) throws Exception {
        server.filled(100).total = true;
        AtomicInteger pages = new AtomicInteger();
        server.behindPage = () -> {
            if (pages.incrementAndGet() == 2) {
                server.delete(3);
                server.delete(30);
                for (int i = 101; i <= 103; i++) {
                    server.put(i, Instant.parse("2025-07-01T00:00:00Z"), "v1");
                }
            }
        };
        try (ListFlow flow = flow(list + SIZE)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactlyInAnyOrderElementsOf(ids(103));
            assertThat(flow.concerns()).isEmpty();
        }
    }

    @Test
    void recordsThatOnlyChangeDoNotKeepAListFromSettling() throws Exception {
        server.filled(60);
        AtomicInteger version = new AtomicInteger(1);
        server.behindPage = () -> server.put(1, Instant.parse("2025-07-01T00:00:00Z"), "v" + version.incrementAndGet());
        try (ListFlow flow = flow("path=/offset&paging=offset" + SIZE)) {
            flow.awaitEnd();

            assertThat(flow.concerns()).isEmpty();
            assertThat(server.requests()).filteredOn(each -> "0".equals(each.get("offset"))).hasSize(2);
        }
    }

    @Test
    void aListThatNeverSettlesIsTold() throws Exception {
        server.filled(60);
        AtomicInteger added = new AtomicInteger(1000);
        server.interception = query -> {
            if ("25".equals(query.get("offset"))) {
                server.put(added.incrementAndGet(), Instant.parse("2025-07-01T00:00:00Z"), "v1");
            }
            return null;
        };
        try (ListFlow flow = flow("path=/offset&paging=offset" + SIZE)) {
            flow.awaitEnd();

            assertThat(flow.concerns())
                    .containsExactly("the list changed each of the 4 times it was read, so a record may be "
                            + "missing until the next read");
        }
    }

    @Test
    void anApiThatGivesFewerRecordsAPageIsReadToItsEnd() throws Exception {
        server.filled(95).most = 10;
        for (String list : List.of("path=/offset&paging=offset", "path=/page&paging=page", "path=/id&paging=id")) {
            try (ListFlow flow = new ListFlow(data.resolve(list.substring(6, 9)), server, list + SIZE, ListFlow.TAKE)) {
                flow.awaitEnd();
                assertThat(flow.ids()).containsExactlyElementsOf(ids(95));
            }
        }
    }

    @Test
    void anApiThatIgnoresThePageIsFoundOut() throws Exception {
        server.filled(60);
        try (ListFlow flow = flow("path=/offset&paging=page" + SIZE)) {
            await().untilAsserted(
                    () -> assertThat(flow.concerns()).containsExactly("the read stopped: the page at offset 25 "
                            + "contains the same 25 records as a page before it, so the API does not page as it is asked "
                            + "to"));
            assertThat(flow.ids()).hasSize(25);
        }
    }

    @Test
    void anApiThatCorrectsThePageIsFoundOut() throws Exception {
        AtomicInteger records = new AtomicInteger();
        server.interception = query -> ("{\"data\":[{\"id\":%d}],\"metadata\":{\"paging\":{\"current_page\":%s,"
                + "\"next_page\":9}}}")
                .formatted(records.incrementAndGet(), query.get("page").equals("3") ? "1" : query.get("page"));
        try (ListFlow flow = flow("path=/page&paging=page")) {
            await().untilAsserted(() -> assertThat(flow.concerns())
                    .containsExactly("the read stopped: the API responded with page 1 when it was asked for page 3"));
        }
    }

    @ParameterizedTest
    @CsvSource({"paging.afterr, attribute paging.afterr", "'', cursor"})
    void aFullFirstPageThatSaysNothingOfTheNextIsFoundOut(String next, String missing) throws Exception {
        server.interception = query -> "{\"data\":[{\"id\":1},{\"id\":2}],\"paging\":{\"after\":\"c2\"}}";
        try (ListFlow flow = flow("path=/cursor&paging=cursor&pageSize=2&next=" + next)) {
            flow.awaitEnd();
            await().untilAsserted(() -> assertThat(flow.concerns()).containsExactly("things"
                    + ": the first page is full, with 2 records, and has no " + missing
                    + ". So the list ends with it. If it has more records, correct next"));
        }
    }

    @Test
    void aListWithoutRecordsMayBeNullAndEndsThere() throws Exception {
        server.interception = query -> "{\"data\":null}";
        try (ListFlow flow = flow("path=/offset&paging=offset" + SIZE)) {
            flow.awaitEnd();
            assertThat(flow.lines()).isEmpty();
            assertThat(flow.concerns()).isEmpty();
        }
    }

    @Test
    void idsThatDoNotAscendAreFoundOut() throws Exception {
        server.interception = query -> "{\"data\":[{\"id\":2},{\"id\":10},{\"id\":9}]}";
        try (ListFlow flow = flow("path=/id&paging=id")) {
            await().untilAsserted(() -> assertThat(flow.concerns()).containsExactly(
                    "the read stopped: the records are not in ascending order of id: 9 comes after 10"));
            assertThat(flow.lines()).isEmpty();
        }
    }

    @Test
    void aLaterPageWithoutIdsIsFoundOut() throws Exception {
        server.filled(60).interception = query -> "25".equals(query.get("id[gt]")) ? "{\"data\":[{\"no\":1}]}" : null;
        try (ListFlow flow = flow("path=/id&paging=id" + SIZE)) {
            await().untilAsserted(
                    () -> assertThat(flow.concerns()).containsExactly("the read stopped: no record of the page "
                            + "has an attribute id, by which the next page is asked for"));
            assertThat(flow.ids()).isEqualTo(ids(25));
        }
    }

    @ParameterizedTest
    @CsvSource({"cursor, c9", "link, /link?from=9"})
    void anEmptyPageThatLeadsToItselfIsTheLastOne(String style, String next) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.interception = query -> "{\"data\":[%s],\"meta\":{\"next\":\"%s\"}}"
                .formatted(asked.incrementAndGet() == 1 ? "{\"id\":7}" : "", next);
        try (ListFlow flow = flow("path=/" + style + "&paging=" + style)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactly(7L);
            assertThat(flow.concerns()).isEmpty();
            assertThat(asked).hasValue(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"cursor", "link"})
    void whereAPageHasACursorAndALinkTheOneThatIsAskedForCounts(String style) throws Exception {
        server.interception = query -> {
            String from = query.getOrDefault("cursor", query.getOrDefault("from", "c0")).substring(1);
            int id = Integer.parseInt(from) + 1;
            String both = id == 3 ? "\"links\":{\"next\":null},\"meta\":{\"next_cursor\":null,\"prev\":1}"
                    : "\"meta\":{\"next_cursor\":\"c%1$d\"},\"links\":{\"next\":\"%2$s/link?from=c%1$d\"},"
                            .formatted(id, server.url()) + "\"paging\":{\"next_cursor\":\"c%d\"}".formatted(id);
            return "{\"data\":[{\"id\":%d}],%s}".formatted(id, both);
        };
        try (ListFlow flow = flow("path=/" + style + "&paging=" + style)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactly(1L, 2L, 3L);
        }
        server.interception = query -> "{\"data\":[{\"id\":1}],\"meta\":{\"next_cursor\":%s},\"links\":{\"next\":%s}}"
                .formatted(style.equals("cursor") ? null : "\"c9\"",
                        style.equals("link") ? null : "\"http://x.example/y?z\"");
        try (ListFlow flow = new ListFlow(data.resolve("end"), server, "path=/" + style + "&paging=" + style,
                ListFlow.TAKE)) {
            flow.awaitEnd();
            assertThat(flow.ids()).containsExactly(1L);
        }
    }

    @Test
    void aCursorThatExpiresBeginsTheListAnew() throws Exception {
        server.filled(130);
        AtomicInteger expired = new AtomicInteger();
        server.interception = query -> {
            if ("c50".equals(query.get("cursor")) && expired.getAndIncrement() == 0) {
                server.status = 410;
                return "gone";
            }
            return null;
        };
        try (ListFlow flow = flow("path=/cursor&paging=cursor" + SIZE)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactlyElementsOf(ids(130));
            assertThat(flow.concerns()).containsExactly("things: what leads to the next page had expired (the API responded "
                    + "with 410 (gone)), so the source began the list again");
        }
    }

    @Test
    void aCursorThatAlwaysExpiresEndsTheRead() throws Exception {
        server.filled(130);
        server.interception = query -> {
            if ("c50".equals(query.get("cursor"))) {
                server.status = 404;
                return "gone";
            }
            return null;
        };
        try (ListFlow flow = flow("path=/cursor&paging=cursor" + SIZE)) {
            await().untilAsserted(
                    () -> assertThat(flow.concerns()).first().asString().startsWith("the read stopped: the list "
                            + "was begun again 3 times without a new record, because the API responded with 404"));
            assertThat(flow.ids()).containsExactlyElementsOf(ids(50));
            assertThat(server.requests()).filteredOn(each -> "c50".equals(each.get("cursor"))).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example/steal?from=25", "/other?from=25", "cursor25"})
    void aLinkDoesNotLeadElsewhere(String link) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        server.filled(60).interception = query -> asked.incrementAndGet() <= 2
                ? "{\"data\":[{\"id\":7}],\"links\":{\"next\":\"" + link + "\"}}" : "{\"data\":[{\"id\":8}]}";
        try (ListFlow flow = flow("path=/link&paging=link")) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactly(8L);
        }
    }

    @Test
    void anEmptyPageBeforeTheTotalIsAskedForAgain() throws Exception {
        server.filled(60).total = true;
        AtomicInteger asked = new AtomicInteger();
        server.interception = query -> "2".equals(query.get("page")) && asked.incrementAndGet() == 1
                ? "{\"data\":[],\"meta\":{\"total\":60}}" : null;
        try (ListFlow flow = flow("path=/page&paging=page" + SIZE)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactlyElementsOf(ids(60));
            assertThat(asked.get()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "records=data.users | {\"data\":{\"users\":[{\"id\":1},{\"id\":2}]}} | {\"id\":1} {\"id\":2}",
            "records=data&key=name | {\"data\":[\"a\\\"b\",7,true]} | {\"name\":\"a\\\"b\"} {\"name\":7} {\"name\":true}",
            "records=data&key= | {\"data\":[\"a\",[1]]} | {\"value\":\"a\"} {\"value\":[1]}",
            "records=data | {\"data\":{\"id\":5}} | {\"id\":5}",
            "records= | [{\"id\":1}] | {\"id\":1}",
            "records= | {\"id\":1} | {\"id\":1}",
    })
    void recordsAreWhereTheyAre(String parameters, String answer, String expected) throws Exception {
        server.interception = query -> answer;
        try (ListFlow flow = flow("path=/x?a=1&" + parameters)) {
            flow.awaitEnd();

            assertThat(flow.lines()).containsExactly(expected.split(" "));
            assertThat(server.requests()).singleElement().asString().isEqualTo("{a=1}");
        }
    }

    @Test
    void aRecordWithoutItsKeyIsToldAndArrives() throws Exception {
        server.interception = query -> "{\"data\":[{\"id\":1},{\"no\":2},{\"id\":null}]}";
        try (ListFlow flow = flow("path=/x&period=50ms")) {
            await().until(() -> server.requests().size() > 3);

            assertThat(flow.lines()).containsExactly("{\"id\":1}", "{\"no\":2}", "{\"id\":null}");
            await().untilAsserted(
                    () -> assertThat(flow.concerns()).containsExactly("things: 2 of 3 records of page 1 have no "
                            + "attribute id. They are recognised by their whole content"));
        }
    }

    @Test
    void morePagesThanOneAreToldWherePagingIsNone() throws Exception {
        server.filled(60).total = true;
        try (ListFlow flow = flow("path=/x")) {
            flow.awaitEnd();

            assertThat(flow.concerns()).containsExactly(
                    "things: the list has more pages, but paging is none, so only the first page is read");
        }
    }

    @Test
    void eachPageHasThePointsThatItCosts() throws Exception {
        server.filled(150).ends = true;
        try (ListFlow flow = new ListFlow(data, server, "path=/page&paging=page&costs=1-2:1,3-4:5,5-:30" + SIZE,
                ListFlow.TAKE,
                "salesloft.rate-limit", "1000/1h")) {
            flow.awaitEnd();

            int once = 1 + 1 + 5 + 5 + 30 + 30;
            assertThat(flow.ids()).containsExactlyElementsOf(ids(150));
            assertThat(RateBudgets.of(flow.camel()).find("salesloft-default").used()).as("two sweeps").isEqualTo(2 * once);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "path=/x&paging=pages | paging is 'pages'. Enter none, offset, page, cursor, link or id",
            "path=x | path is 'x'. Enter a path that begins with /, percent-encoded, such as /people?active=true",
            "path=/x&sorted=true | sorted has no effect without since",
            "path=/x&until=b | until has no effect without since",
            "path=/x&since=a&sorted=true&paging=page | sorted needs changed: the attribute with the time of the last change",
            "path=/x&since=a&sorted=true&changed=c&until=b&paging=page | until is only for lists that are not sorted",
            "path=/x&since=a&sorted=true&changed=c&paging=cursor | sorted needs paging page or offset",
            "path=/x&since=a&key= | since needs a key, by which a record is recognised that comes again",
            "path=/x&since=u[gt] | since 'u[gt]' leaves out records that changed at the same time as the last one. Use the "
                    + "parameter for at or after, such as u[gte]",
            "path=/x&paging=id&key= | paging id needs a key: the attribute with the id",
            "path=/x&paging=link&pageParameter=p | pageParameter has no effect if paging is link",
            "path=/x&firstPage=0 | firstPage has no effect unless paging is page",
            "path=/x&costs=2-1:3 | costs is '2-1:3'. Enter points by ascending page numbers, such as "
                    + "1-100:1,101-150:3,151-:8",
            "path=/x&pageSize=0 | pageSize is 0; it must be from 1 to 100000",
            "path=/x&precision=hours | precision is 'hours'. Enter days, seconds, millis or micros",
            "path=/x?a=1&query=RAW(a=2) | query contains a, which the source itself sets. Remove it",
            "path=/x&query=a | query is 'a'. Enter name=value, several joined by &",
            "path=/x&key=a..b | key is 'a..b'. Enter the name of an attribute, or names joined by dots",
            "path=/x&period=5 | Enter a duration such as 30s, 15m, 24h or 7d.",
    })
    void saysWhatMakesNoSense(String parameters, String why) {
        assertThatThrownBy(() -> flow(parameters)).rootCause().hasMessage(why);
    }
}
