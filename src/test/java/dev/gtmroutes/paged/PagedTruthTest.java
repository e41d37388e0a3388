// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import dev.gtmroutes.peopleai.PagedFlow;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.exports.PageFaults;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page says, and leaves out, is not believed to be all there is. The list has 100 records. */
class PagedTruthTest {

    private static final String SOURCE = "people-ai-activities-source?startDate=2025-01-01&endDate=2025-01-05";
    private static final Consumer<Exchange> TAKE = chunk -> {};

    @TempDir
    private Path data;

    private final Sandbox sandbox = Sandbox.start(0).setTime(Instant.now());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private PagedFlow flow(String parameters) throws Exception {
        return new PagedFlow(data, sandbox, SOURCE + parameters, TAKE);
    }

    private String state() throws IOException {
        Path state = data.resolve("state/people-ai-activities/flow.json");
        return Files.exists(state) ? Files.readString(state) : "";
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(() -> state().contains("\"begun\" : null"));
    }

    private List<String> queries() {
        return sandbox.requests().stream().map(RecordedRequest::path)
                .map(path -> path.substring(path.indexOf("/activities"))).toList();
    }

    private static List<String> concerns(PagedFlow flow) {
        return PagedReads.concerns(flow.camel()).getOrDefault("flow", List.of());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void aPageThatIsTooShortIsAskedForAgain(int records) throws Exception {
        sandbox.pageFaults().shortNext(1, records);
        try (PagedFlow flow = flow("&pageSize=40")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            assertThat(queries()).hasSize(4);
            await().untilAsserted(() -> assertThat(concerns(flow)).isEmpty());
        }
    }

    @Test
    void anEmptyFirstPageIsNoEmptyList() throws Exception {
        sandbox.misbehave(Misbehaviour.times(1).status(200, "{\"data\":[],\"meta\":{\"total\":100}}"));
        try (PagedFlow flow = flow("")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100);
        }
    }

    @Test
    void aPageThatStaysEmptyIsToldAndKeepsTheWatermark() throws Exception {
        sandbox.pageFaults().shortNext(1000, 0);
        try (PagedFlow flow = flow("&pageSize=40")) {
            await().untilAsserted(() -> assertThat(concerns(flow)).containsExactly(
                    "the page at offset 40 is empty, although People.ai says that there are 100 records"));
            assertThat(state()).contains("\"watermark\" : null", "\"offset\" : 40").doesNotContain("\"begun\" : null");

            sandbox.pageFaults().shortNext(0, 0);
            awaitEnd();
            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            await().untilAsserted(() -> assertThat(concerns(flow)).isEmpty());
        }
    }

    @Test
    void anApiThatGivesFewerRecordsAPageIsReadToItsEnd() throws Exception {
        sandbox.pageFaults().most(25);
        try (PagedFlow flow = flow("&pageSize=40")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            assertThat(queries()).as("only the first page is asked for twice").hasSize(5);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anApiThatIgnoresTheOffsetIsFoundOut(boolean withoutTotal) throws Exception {
        sandbox.pageFaults().ignoresOffset(true).withoutTotal(withoutTotal);
        String why = "the read stopped: the page at offset 30 contains the same 30 records as a page before it, so the API "
                + "does not page as it is asked to";
        try (PagedFlow flow = flow("&pageSize=30")) {
            await().untilAsserted(() -> assertThat(concerns(flow)).containsExactly(why));

            assertThat(flow.uids()).hasSize(30);
            assertThat(queries()).hasSize(2);
            assertThat(state()).contains("\"watermark\" : null");
        }
        // Also where the program ended in between.
        try (PagedFlow flow = flow("&pageSize=30")) {
            await().untilAsserted(() -> assertThat(concerns(flow)).containsExactly(why));
            assertThat(flow.chunks()).isEmpty();
            assertThat(queries()).hasSize(3);
        }
        sandbox.pageFaults().ignoresOffset(false);
        try (PagedFlow flow = flow("&pageSize=30")) {
            awaitEnd();
            assertThat(flow.uids()).hasSize(70).doesNotHaveDuplicates();
        }
    }

    @Test
    void recordsThatCameInFrontOfAPageAreNoFault() throws Exception {
        String page = "{\"data\":[{\"uid\":\"a\"},{\"uid\":\"b\"}],\"meta\":{\"total\":%d}}";
        sandbox.misbehave(Misbehaviour.times(1).status(200, page.formatted(4)));
        sandbox.misbehave(Misbehaviour.times(1).status(200, page.formatted(6)));
        sandbox.misbehave(Misbehaviour.times(1).status(200,
                "{\"data\":[{\"uid\":\"c\"},{\"uid\":\"d\"}],\"meta\":{\"total\":6}}"));
        try (PagedFlow flow = flow("&pageSize=2")) {
            awaitEnd();

            assertThat(flow.uids()).containsExactly("a", "b", "c", "d");
        }
    }

    @ParameterizedTest
    @EnumSource(value = PageFaults.Next.class, names = {"LINK", "HEADER", "CURSOR"})
    void goesWhereAPageSaysThatTheNextOneIs(PageFaults.Next next) throws Exception {
        sandbox.pageFaults().next(next).withoutTotal(true);
        AtomicInteger chunks = new AtomicInteger();
        Consumer<Exchange> firstTwo = chunk -> {
            if (chunks.incrementAndGet() > 2) {
                throw new RuntimeCamelException("no more");
            }
        };
        List<String> before;
        try (PagedFlow flow = new PagedFlow(data, sandbox, SOURCE + "&pageSize=30", firstTwo)) {
            await().until(() -> chunks.get() > 2);
            before = flow.uids();
        }
        try (PagedFlow flow = flow("&pageSize=30")) {
            awaitEnd();

            assertThat(before).hasSize(60);
            assertThat(flow.uids()).hasSize(40).doesNotContainAnyElementsOf(before);
            assertThat(queries()).hasSize(4).allSatisfy(each -> assertThat(each).contains("from=2025-01-01", "limit=30"));
            assertThat(queries().get(1)).contains(next == PageFaults.Next.CURSOR ? "cursor=c%2B30" : "offset=30");
        }
    }

    @ParameterizedTest
    @CsvSource({"http://elsewhere.example/steal?offset=30", "/other?offset=30", "//elsewhere.example/x?y=1",
            "/activities"})
    void aLinkDoesNotLeadElsewhere(String link) throws Exception {
        sandbox.misbehave(Misbehaviour.times(2).status(200, "{\"data\":[{\"uid\":\"a\"}],\"meta\":{\"next\":\"" + link
                + "\"}}"));
        try (PagedFlow flow = flow("&pageSize=30")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotContain("a");
            assertThat(queries()).allSatisfy(each -> assertThat(each).startsWith("/activities?limit=30&offset="));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"202 | {\"data\":[]}", "204 | ''", "206 | {\"data\":[]}",
            "200 | {\"error\":\"not ready\"}", "429 | slow down"})
    void whatIsNoPageIsAskedForAgain(int status, String body) throws Exception {
        sandbox.misbehave(Misbehaviour.times(2).status(status, body));
        try (PagedFlow flow = flow("")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100);
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfAPage() throws Exception {
        sandbox.misbehave(Misbehaviour.times(1).status(200, "\uFEFF{\"data\":[{\"uid\":\"a\"}],\"meta\":{\"total\":1}}"));
        try (PagedFlow flow = flow("")) {
            awaitEnd();

            assertThat(flow.chunks()).singleElement()
                    .satisfies(each -> assertThat(each.text()).isEqualTo("{\"uid\":\"a\"}\n"));
        }
    }

    @Test
    void aCredentialThatIsRefusedAndAReadThatStandsStillAreTold() throws Exception {
        sandbox.misbehave(Misbehaviour.forEver().status(401));
        try (PagedFlow flow = flow("&readPatience=0s")) {
            await().untilAsserted(() -> assertThat(concerns(flow)).hasSize(2)
                    .anySatisfy(each -> assertThat(each).startsWith("waits for the credential since ")
                            .contains("refused the credential people-ai-default"))
                    .anySatisfy(each -> assertThat(each).startsWith("no page has come since ").contains("Last error: ")));

            sandbox.clearMisbehaviours();
            awaitEnd();
            await().untilAsserted(() -> assertThat(concerns(flow)).isEmpty());
        }
    }
}
