// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.paged.page.Precision;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists that are asked for what has changed, through the wire. */
class ChangedRecordsOfListTest extends ListTest {

    private static final String SORTED = "path=/page?sort_by=updated_at&paging=page&since=since&changed=updated_at"
            + "&sorted=true&pageSize=25";
    private static final String WINDOW = "path=/page&paging=page&since=since&until=until&changed=updated_at&pageSize=25";

    @Test
    void aSortedListIsReadByItsFirstPage() throws Exception {
        server.filled(130).ends = true;
        try (ListFlow flow = flow(SORTED)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactlyElementsOf(ids(130));
            assertThat(server.requests()).allSatisfy(each -> assertThat(each).containsEntry("page", "1"));
            assertThat(server.requests()).extracting(each -> each.get("since")).containsExactly(null,
                    "2025-06-01T00:00:25.000001Z", "2025-06-01T00:00:49.000001Z", "2025-06-01T00:01:13.000001Z",
                    "2025-06-01T00:01:37.000001Z", "2025-06-01T00:02:01.000001Z");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void goesOnInsideAPageAndWithTheChangesSince(boolean ends) throws Exception {
        server.filled(130).ends = ends;
        AtomicInteger chunks = new AtomicInteger();
        List<String> arrived = new ArrayList<>();
        try (ListFlow flow = new ListFlow(data, server, SORTED, chunk -> {
            if (chunks.incrementAndGet() > 2) {
                throw new RuntimeCamelException("no more");
            }
        })) {
            await().until(() -> chunks.get() > 2);
            arrived.addAll(flow.lines());
        }
        server.forgetRequests();
        try (ListFlow flow = flow(SORTED + "&period=50ms")) {
            flow.awaitEnd();
            server.put(5, Instant.parse("2025-06-01T00:02:20Z"), "v2");
            server.put(131, Instant.parse("2025-06-01T00:02:10.000002Z"), "v1");
            await().until(() -> arrived.size() + flow.lines().size() >= 132);
            arrived.addAll(flow.lines());

            assertThat(arrived).hasSize(132).doesNotHaveDuplicates();
            assertThat(arrived.subList(0, 130)).extracting(ListFlow::id).containsExactlyElementsOf(ids(130));
            assertThat(server.requests().get(0)).as("where it was").containsEntry("since", "2025-06-01T00:01:13.000001Z");
            assertThat(server.requests()).extracting(each -> each.get("since")).as("the overlap of 5m")
                    .contains("2025-05-31T23:57:10.000001Z");
        }
    }

    @ParameterizedTest
    @CsvSource({"true, page", "false, page", "true, offset", "false, offset"})
    void moreRecordsOfOneTimeThanAPageHas(boolean ends, String style) throws Exception {
        server.filled(30).ends = ends;
        Instant same = Instant.parse("2025-06-02T00:00:00.123456Z");
        for (int i = 31; i <= 110; i++) {
            server.put(i, same, "v1");
        }
        server.put(111, same.plusNanos(1000), "v1");
        AtomicBoolean left = new AtomicBoolean();
        server.behindPage = () -> {
            boolean deep = server.requests().stream().anyMatch(each -> "3".equals(each.get("page"))
                    || "50".equals(each.get("offset")));
            if (deep && !left.getAndSet(true)) {
                // It leaves its time, and those behind it move up.
                server.put(40, same.plusSeconds(1), "v2");
            }
        };
        try (ListFlow flow = flow(SORTED.replace("page?", style + "?").replace("paging=page", "paging=" + style))) {
            flow.awaitEnd();

            assertThat(flow.lines()).doesNotHaveDuplicates()
                    .contains(new ListServer.Item(40, same.plusSeconds(1), "v2").json());
            assertThat(flow.ids()).contains(ids(111).toArray(Long[]::new));
        }
    }

    @Test
    void anApiThatDoesNotSortOrIgnoresTheTimeIsFoundOut() throws Exception {
        server.filled(60);
        server.put(1, Instant.parse("2025-06-01T01:00:00Z"), "v2");
        try (ListFlow flow = flow(SORTED.replace("sort_by", "sorted_by"))) {
            await().untilAsserted(
                    () -> assertThat(flow.concerns()).containsExactly("the read stopped: the records are not in "
                            + "ascending order of updated_at: 2025-06-01T00:00:02.000001Z comes after "
                            + "2025-06-01T01:00:00Z"));
        }
        try (ListFlow flow = new ListFlow(data.resolve("other"), server, SORTED.replace("since=since", "since=sinc"),
                ListFlow.TAKE)) {
            await().untilAsserted(() -> assertThat(flow.concerns()).containsExactly("the read stopped: the page contains a "
                    + "record that changed at 2025-06-01T00:00:02.000001Z, although it was asked for changes since "
                    + "2025-06-01T00:00:26.000001Z: the API ignores sinc"));
        }
    }

    @Test
    void aTimeThatIsStillToComeDoesNotMoveTheNextReadOn() throws Exception {
        server.filled(10).ends = true;
        Instant soon = Instant.now().plusSeconds(3600);
        server.put(11, soon, "v1");
        try (ListFlow flow = flow(SORTED + "&period=50ms")) {
            await().until(() -> flow.lines().size() == 11);
            await().until(() -> server.requests().stream().anyMatch(each -> each.containsKey("since")
                    && Precision.time(each.get("since")).isAfter(Instant.now().minusSeconds(400))));
            server.put(12, Instant.now(), "v1");
            await().until(() -> flow.lines().size() == 12);

            assertThat(flow.ids()).last().isEqualTo(12L);
            assertThat(flow.concerns()).isEmpty();
        }
    }

    @Test
    void aTimeFarInTheFutureStopsTheRead() throws Exception {
        server.filled(10).put(11, Instant.parse("2999-01-01T00:00:00Z"), "v1");
        try (ListFlow flow = flow(SORTED)) {
            await().untilAsserted(() -> assertThat(flow.concerns()).containsExactly("the read stopped: a record changed at "
                    + "2999-01-01T00:00:00Z in updated_at, which is more than a day from now"));
            assertThat(flow.lines()).isEmpty();
        }
    }

    @Test
    void timesWithoutAnOffsetAndRecordsWithoutATimeAreTold() throws Exception {
        server.interception = query -> "{\"data\":[{\"id\":1,\"updated_at\":\"2025-06-01 10:00:00\"},{\"id\":2},"
                + "{\"id\":3,\"updated_at\":\"soon\"}],\"meta\":{\"next_page\":null}}";
        try (ListFlow flow = flow(SORTED)) {
            flow.awaitEnd();

            assertThat(flow.ids()).containsExactly(1L, 2L, 3L);
            assertThat(flow.concerns()).containsExactly(
                    "things: 2 of 3 records of page 1 have no time in updated_at. The next read may miss their changes",
                    "things: a time in updated_at has no offset from UTC, so it is read as UTC. If it is a local time, "
                            + "changes may be missed. Remove since and sorted to read the whole list each time");
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void whatDidNotSettleIsAskedForAgain(boolean sorted) throws Exception {
        server.filled(60);
        Instant same = Instant.parse("2025-06-02T00:00:00Z");
        AtomicInteger added = new AtomicInteger(1000);
        server.interception = query -> {
            if ("2".equals(query.get("page")) && added.get() < 1008) {
                server.put(added.incrementAndGet(), same, "v1");
            }
            return null;
        };
        for (int i = 61; sorted && i <= 100; i++) {
            server.put(i, same, "v1");
        }
        try (ListFlow flow = flow(sorted ? SORTED : WINDOW)) {
            flow.awaitEnd();

            await().untilAsserted(
                    () -> assertThat(flow.concerns()).containsExactly("the list changed each of the 4 times it "
                            + "was read, so a record may be missing until the next read"));
            assertThat(java.nio.file.Files.readString(flow.document())).contains("\"watermark\" : null");
        }
    }

    @Test
    void aWindowMovesOnOnlyWhenAllOfItIsDelivered() throws Exception {
        server.filled(60).total = true;
        AtomicBoolean refuses = new AtomicBoolean(true);
        String begun;
        try (ListFlow flow = new ListFlow(data, server, WINDOW + "&period=50ms", chunk -> {
            if (refuses.get() && chunk.getMessage().getHeader("CamelFileName", String.class).contains("p000001")) {
                throw new RuntimeCamelException("not now");
            }
        })) {
            await().until(() -> server.requests().size() == 2);
            begun = server.requests().get(0).get("until");
            assertThat(server.requests()).allSatisfy(each -> assertThat(each).containsEntry("until", begun)
                    .doesNotContainKey("since"));
            assertThat(java.nio.file.Files.readString(flow.document())).contains("\"watermark\" : null");
            refuses.set(false);
            await().until(() -> flow.lines().size() == 60);
            Instant known = Precision.time(begun);
            server.put(7, known.minusSeconds(60), "v2");
            await().atMost(Duration.ofSeconds(10)).until(() -> flow.lines().size() == 61);

            assertThat(flow.lines()).doesNotHaveDuplicates();
            assertThat(server.requests()).filteredOn(each -> each.containsKey("since")).first()
                    .satisfies(each -> assertThat(Precision.time(each.get("since")))
                            .isBetween(known.minusSeconds(301), known.minusSeconds(299)));
        }
    }

    @ParameterizedTest
    @CsvSource({"2025-09-10T12:00:00.123456-04:00, 2025-09-10T16:00:00.123456Z",
            "2025-03-10T12:00:00-05:00, 2025-03-10T17:00:00Z",
            "2025-09-10T12:00:00Z, 2025-09-10T12:00:00Z", "2025-09-10 12:00:00, 2025-09-10T12:00:00Z",
            "2025-09-10T12:00:00.5+0530, 2025-09-10T06:30:00.500Z", "2025-09-10, 2025-09-10T00:00:00Z", "soon, ",
            "2025-09-10T12:00:00.123456789Z, 2025-09-10T12:00:00.123456789Z"})
    void timesAreReadWithTheirOffset(String text, String time) {
        assertThat(Precision.time(text)).isEqualTo(time == null ? null : Instant.parse(time));
    }

    @ParameterizedTest
    @CsvSource({"days, 2025-09-10", "seconds, 2025-09-10T12:59:59Z", "millis, 2025-09-10T12:59:59.999Z",
            "micros, 2025-09-10T12:59:59.999999Z"})
    void timesAreRoundedDown(String precision, String text) {
        assertThat(Precision.of(precision).text(Instant.parse("2025-09-10T12:59:59.999999999Z"))).isEqualTo(text);
    }
}
