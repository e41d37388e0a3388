// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.gtmroutes.credential.RateBudgets;
import dev.gtmroutes.peopleai.PagedFlow;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paged sources against the sandbox, through the wire. */
class PagedSourceTest {

    private static final String ACTIVITIES = "people-ai-activities-source";
    private static final String RANGE = "?startDate=2025-01-01&endDate=2025-01-05";
    private static final Consumer<Exchange> TAKE = chunk -> {};

    @TempDir
    private Path data;

    private final Sandbox sandbox = Sandbox.start(0).setTime(Instant.now());

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private PagedFlow flow(String source, String... settings) throws Exception {
        return new PagedFlow(data, sandbox, source, TAKE, settings);
    }

    private boolean isOver() throws IOException {
        Path state = data.resolve("state/people-ai-activities/flow.json");
        return Files.exists(state) && Files.readString(state).contains("\"begun\" : null");
    }

    private void awaitEnd() {
        await().atMost(Duration.ofSeconds(30)).until(this::isOver);
    }

    private List<String> queries() {
        return sandbox.requests().stream().map(RecordedRequest::path)
                .map(path -> path.substring(path.indexOf("/activities"))).toList();
    }

    @Test
    void readsAllPagesOnce() throws Exception {
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=30")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates().contains("2025-01-01-000000", "2025-01-05-000019");
            assertThat(flow.chunks()).extracting(each -> each.uids().size()).containsExactly(30, 30, 30, 10);
            assertThat(flow.chunks()).extracting(PagedFlow.Chunk::name).doesNotHaveDuplicates()
                    .allMatch(name -> name.matches("people-ai-activities-\\d{8}T\\d{6}Z-p00000[0-3]\\.ndjson"));
            assertThat(flow.chunks()).allSatisfy(each -> {
                assertThat(each.type()).isEqualTo("application/x-ndjson");
                assertThat(each.properties()).containsExactlyInAnyOrder("GtmSettled", "GtmRun");
            });
            assertThat(queries()).containsExactly("/activities?limit=30&offset=0&from=2025-01-01&to=2025-01-05",
                    "/activities?limit=30&offset=30&from=2025-01-01&to=2025-01-05",
                    "/activities?limit=30&offset=60&from=2025-01-01&to=2025-01-05",
                    "/activities?limit=30&offset=90&from=2025-01-01&to=2025-01-05");
        }
        try (PagedFlow again = flow(ACTIVITIES + RANGE + "&pageSize=30")) {
            sandbox.forgetRequests();
            try (PagedFlow other = new PagedFlow(data.resolve("other"), sandbox, ACTIVITIES + RANGE, TAKE)) {
                await().until(() -> other.uids().size() == 100);
            }
            assertThat(queries()).as("one read is enough").hasSize(1);
            assertThat(again.chunks()).isEmpty();
        }
    }

    @Test
    void recordsArriveAsTheyCame() throws Exception {
        sandbox.misbehave(Misbehaviour.times(1).status(200, """
                {"meta":{"total":2,"x":[1]},"more":{"data":[]},"data":[
                  {"uid":"a","duration":90.50,"big":12345678901234567890,
                   "text":"\\u00e9 \\n é"},  {"b":{"c":[]}} ]}
                """));
        try (PagedFlow flow = flow(ACTIVITIES + RANGE)) {
            awaitEnd();

            assertThat(flow.chunks()).singleElement().satisfies(chunk -> assertThat(chunk.text()).isEqualTo(
                    "{\"uid\":\"a\",\"duration\":90.50,\"big\":12345678901234567890,    \"text\":\"\\u00e9 \\n é\"}\n"
                            + "{\"b\":{\"c\":[]}}\n"));
        }
    }

    @Test
    void aLongPageIsNotCut() throws Exception {
        sandbox.activities().perDay(1000).recordBytes(3000);
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=5000")) {
            awaitEnd();

            assertThat(flow.chunks()).singleElement().satisfies(chunk -> assertThat(chunk.text()).hasSize(5000 * 3001));
        }
    }

    @ParameterizedTest
    @CsvSource({
            "people-ai-activities-source, &activityType=email, /activities/email?, 35, people-ai-activities-email",
            "people-ai-activities-source, &activityType=call,  /activities/call?,  30, people-ai-activities-call",
            "people-ai-activity-participants-source, '', /activities/participants?, 200, people-ai-activity-participants",
    })
    void readsWhatItIsToldTo(String source, String parameter, String path, int records, String name) throws Exception {
        try (PagedFlow flow = flow(source + RANGE + parameter)) {
            awaitEnd();

            assertThat(flow.chunks()).singleElement().satisfies(chunk -> {
                assertThat(chunk.text().lines()).hasSize(records);
                assertThat(chunk.name()).startsWith(name);
            });
            assertThat(queries()).singleElement().asString().startsWith(path);
        }
    }

    @Test
    void aPageThatFailsIsTriedAgain() throws Exception {
        for (int status : new int[] {503, 429, 401, 400}) {
            sandbox.misbehave(Misbehaviour.times(1).status(status));
        }
        sandbox.misbehave(Misbehaviour.times(1).close(Misbehaviour.Close.AFTER));
        sandbox.misbehave(Misbehaviour.times(1).status(200, "{\"data\":[{\"uid\":\"half\"},"));
        sandbox.misbehave(Misbehaviour.times(1).status(200, "{\"data\":[7]}"));
        sandbox.misbehave(Misbehaviour.times(1).status(200, "[]"));
        sandbox.misbehave(Misbehaviour.times(1).status(200, "{}"));
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=40")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            assertThat(sandbox.summary().requests()).isEqualTo(9 + 3);
        }
    }

    @Test
    void aPageTheSinkDoesNotTakeIsHandedOverAgain() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        Consumer<Exchange> sink = chunk -> {
            if (tries.incrementAndGet() % 2 == 0) {
                throw new RuntimeCamelException("not now");
            }
        };
        try (PagedFlow flow = new PagedFlow(data, sandbox, ACTIVITIES + RANGE + "&pageSize=40", sink)) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            assertThat(tries.get()).isEqualTo(5);
            assertThat(sandbox.summary().requests()).as("it is not fetched again").isEqualTo(3);
        }
    }

    @Test
    void goesOnWhereItWas() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        Consumer<Exchange> firstTwo = chunk -> {
            if (chunks.incrementAndGet() > 2) {
                throw new RuntimeCamelException("no more");
            }
        };
        List<String> before;
        try (PagedFlow flow = new PagedFlow(data, sandbox, ACTIVITIES + RANGE + "&pageSize=30", firstTwo)) {
            await().until(() -> chunks.get() > 2);
            before = flow.uids();
        }
        sandbox.forgetRequests();
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=30")) {
            awaitEnd();

            assertThat(before).hasSize(60);
            assertThat(flow.uids()).hasSize(40).doesNotContainAnyElementsOf(before);
            assertThat(queries().get(0)).as("the third page was not asked for again").contains("offset=90");
            assertThat(stateFiles()).containsExactlyInAnyOrder("flow.json", "records");
        }
    }

    /** Names of the files in which the flow notes how far it is. */
    private List<String> stateFiles() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("state/people-ai-activities"))) {
            return files.map(each -> each.getFileName().toString()).toList();
        }
    }

    @Test
    void aCrashBeforeTheProgressIsNotedRepeatsNothing() throws Exception {
        Path state = data.resolve("state/people-ai-activities/flow.json");
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=30")) {
            awaitEnd();
        }
        Files.writeString(state, Files.readString(state)
                .replaceAll("\"(begun|watermark|ended)\" : .*?(,?)\n", "\"$1\" : null$2\n"));
        sandbox.forgetRequests();
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=30")) {
            await().until(() -> sandbox.summary().requests() == 4 && !Files.readString(state).contains("\"ended\" : null"));

            assertThat(flow.chunks()).isEmpty();
        }
    }

    @Test
    void aProgressThatCannotBeReadIsNotWrittenOver() throws Exception {
        Path state = data.resolve("state/people-ai-activities/flow.json");
        Files.createDirectories(state.getParent());
        Files.writeString(state, "{}");
        try (PagedFlow flow = flow(ACTIVITIES + RANGE);
                PagedFlow other = new PagedFlow(data.resolve("other"), sandbox, ACTIVITIES + RANGE, TAKE)) {
            await().until(() -> other.uids().size() == 100);
            assertThat(flow.chunks()).isEmpty();
            assertThat(Files.readString(state)).isEqualTo("{}");

            Files.delete(state);
            awaitEnd();
            assertThat(flow.uids()).hasSize(100);
        }
    }

    @Test
    void readsWhatIsNewAgainAndAgain() throws Exception {
        String from = Instant.now().minus(Duration.ofDays(3)).toString().substring(0, 10);
        try (PagedFlow flow = flow(ACTIVITIES + "?startDate=" + from + "&period=200")) {
            awaitEnd();
            int first = flow.uids().size();
            assertThat(queries().get(0)).doesNotContain("ingested-from");

            sandbox.passTime(Duration.ofDays(1));
            await().until(() -> flow.uids().size() >= first + 20);
            String yesterday = Instant.now().minus(Duration.ofDays(1)).toString().substring(0, 10);
            assertThat(queries()).last().asString().contains("from=" + from, "ingested-from=");
            assertThat(queries().get(1)).contains("ingested-from=" + yesterday);
            assertThat(flow.uids()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aRecordWithANewContentIsNews() throws Exception {
        String page = "{\"data\":[{\"uid\":\"a\",\"state\":\"%s\"},{\"uid\":\"b\"}],\"meta\":{\"total\":2}}";
        sandbox.misbehave(Misbehaviour.times(2).status(200, page.formatted("old")));
        sandbox.misbehave(Misbehaviour.times(1).status(200, page.formatted("new")));
        try (PagedFlow flow = flow(ACTIVITIES + "?startDate=2025-01-01&endDate=2025-01-01&period=100")) {
            await().until(() -> flow.chunks().size() >= 2);

            assertThat(flow.chunks().get(0).uids()).containsExactly("a", "b");
            assertThat(flow.chunks().get(1).text()).isEqualTo("{\"uid\":\"a\",\"state\":\"new\"}\n");
        }
    }

    @Test
    void nothingIsSkippedWhereRecordsAreDeletedMeanwhile() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        Consumer<Exchange> deleting = chunk -> {
            if (chunks.incrementAndGet() == 2) {
                sandbox.activities().delete("2025-01-01-000003").delete("2025-01-02-000004");
            }
        };
        try (PagedFlow flow = new PagedFlow(data, sandbox, ACTIVITIES + RANGE + "&pageSize=30", deleting)) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyPageTakesItsTurnInTheRateBudget() throws Exception {
        sandbox.limitRate("people-ai");
        try (PagedFlow flow = flow(ACTIVITIES + RANGE + "&pageSize=10", "people-ai.rate-limit", "100/1h")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            long requests = sandbox.summary().requests();
            assertThat(requests).as("some were refused with 429").isGreaterThan(10);
            assertThat(RateBudgets.of(flow.camel()).find("people-ai-default").used()).isEqualTo((int) requests);
        }
    }

    @Test
    void theCredentialCanBeABearerToken() throws Exception {
        try (PagedFlow flow = flow(ACTIVITIES + RANGE, "people-ai.credential-header", "Authorization",
                "people-ai.credential-prefix", "Bearer")) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100);
            assertThat(sandbox.requests().get(0).header("Authorization")).isEqualTo("Bearer sandbox-key");
            assertThat(sandbox.requests().get(0).header("X-API-Key")).isNull();
        }
    }

    @Test
    void bearerTokensAreFetchedAndRenewedInTheMiddle() throws Exception {
        AtomicInteger chunks = new AtomicInteger();
        Consumer<Exchange> revoking = chunk -> {
            if (chunks.incrementAndGet() == 2) {
                sandbox.revokeTokens("people-ai");
            }
        };
        try (PagedFlow flow = new PagedFlow(data, sandbox, ACTIVITIES + RANGE + "&pageSize=30", revoking,
                "people-ai.credential-header", "Authorization", "people-ai.credential-prefix", "Bearer",
                "people-ai.client-id", "sandbox-client", "people-ai.client-secret", "sandbox-secret",
                "people-ai.token-url", sandbox.tokenUrl("people-ai"))) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100).doesNotHaveDuplicates();
            assertThat(sandbox.tokenRequests("people-ai")).isEqualTo(2);
            assertThat(sandbox.requests()).allSatisfy(each -> {
                assertThat(each.header("Authorization")).startsWith("Bearer sandbox-access-");
                assertThat(each.header("X-API-Key")).isNull();
            });
        }
    }

    @Test
    void withoutAPrefixTheApiKeyIsSentWhateverElseThereIs() throws Exception {
        try (PagedFlow flow = flow(ACTIVITIES + RANGE, "people-ai.client-id", "sandbox-client",
                "people-ai.client-secret", "sandbox-secret", "people-ai.token-url", sandbox.tokenUrl("people-ai"))) {
            awaitEnd();

            assertThat(flow.uids()).hasSize(100);
            assertThat(sandbox.requests().get(0).header("X-API-Key")).isEqualTo("sandbox-key");
            assertThat(sandbox.tokenRequests("people-ai")).isZero();
        }
    }

    @Test
    void aStopDoesNotWaitForAPageThatHasStalled() throws Exception {
        sandbox.latencyMs(600_000);
        PagedFlow flow = flow(ACTIVITIES + RANGE, "gtm.response-timeout", "10m");
        try (flow) {
            await().until(() -> sandbox.summary().requests() == 1);
        }
        assertThat(flow.camel().getStatus().isStopped()).isTrue();
        assertThat(flow.camel().getShutdownStrategy().hasTimeoutOccurred()).as("nothing had to be interrupted").isFalse();
        assertThat(flow.chunks()).isEmpty();
    }

    @Test
    void anotherOrderBeginsAnew() throws Exception {
        try (PagedFlow flow = flow(ACTIVITIES + RANGE)) {
            awaitEnd();
        }
        try (PagedFlow flow = flow(ACTIVITIES + "?startDate=2025-01-02&endDate=2025-01-05")) {
            await().until(() -> flow.uids().size() == 80);

            assertThat(queries()).last().asString().contains("offset=0&from=2025-01-02");
        }
    }

    @Test
    void anotherOverlapInTheMiddleOfAReadBeginsItsListAnew() throws Exception {
        // At midnight, some of the four days would not be known yet.
        sandbox.setTime(Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12)));
        String source = ACTIVITIES + "?startDate=" + day(3) + "&period=200&pageSize=10";
        AtomicBoolean refused = new AtomicBoolean();
        Consumer<Exchange> refusing = chunk -> {
            String last = queries().get(queries().size() - 1);
            if (last.contains("ingested-from=") && !last.contains("offset=0&")) {
                refused.set(true);
                throw new IllegalStateException("not now");
            }
        };
        List<String> uids;
        try (PagedFlow flow = new PagedFlow(data, sandbox, source, refusing)) {
            awaitEnd();
            sandbox.passTime(Duration.ofDays(1));
            await().untilTrue(refused);
            uids = new ArrayList<>(flow.uids());
        }
        sandbox.forgetRequests();
        try (PagedFlow flow = flow(source + "&overlapDays=2")) {
            int before = uids.size();
            await().until(() -> before + flow.uids().size() >= 80);
            uids.addAll(flow.uids());

            assertThat(queries().get(0)).contains("offset=0&", "ingested-from=" + day(2));
            assertThat(uids).doesNotHaveDuplicates();
        }
    }

    private static String day(int ago) {
        return Instant.now().minus(Duration.ofDays(ago)).toString().substring(0, 10);
    }

    @Test
    void deliversToADestination() throws Exception {
        sandbox.countBy("uid");
        String destination = "people-ai-push-batch-call-activities-sink";
        try (PagedFlow flow = new PagedFlow(data, sandbox, ACTIVITIES + RANGE, destination)) {
            awaitEnd();

            assertThat(sandbox.carriedOut()).hasSize(100);
            assertThat(sandbox.carriedOut().values()).containsOnly(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "?startDate=2025-1-1                        | startDate '2025-1-1' is not a day. Enter a day such as 2025-01-31",
            "?startDate=2025-01-02&endDate=2025-01-01   | endDate 2025-01-01 is before startDate 2025-01-02",
            "?startDate=2025-01-02&pageSize=100001      | pageSize is 100001; it must be from 1 to 100000",
            "?startDate=2025-01-02&period=-1            | period and overlapDays must not be less than 0",
            "?startDate=2025-01-02&activityType=chat    | 'chat' is not a type of activity. Enter all, email, meeting or "
                    + "call",
    })
    void saysWhatMakesNoSense(String parameters, String why) {
        assertThatThrownBy(() -> flow(ACTIVITIES + parameters)).rootCause().hasMessage(why);
    }
}
