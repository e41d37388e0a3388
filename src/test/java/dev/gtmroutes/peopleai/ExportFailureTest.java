// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

import dev.gtmroutes.export.fragment.FragmentDownloads;
import dev.gtmroutes.peopleai.ExportApi.Asked;
import dev.gtmroutes.peopleai.ExportApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can go wrong with an export, and what becomes of it: every record arrives all the same. */
class ExportFailureTest {

    private static final String DELTA = "startDate=2026-02-01&endDate=2026-02-10&exportType=delta";
    private static final String END = "2026-02-10";

    @TempDir
    Path data;

    private final ExportApi api = new ExportApi();
    private ExportRun run;

    @BeforeEach
    void begin() {
        run = new ExportRun(data, api);
    }

    @AfterEach
    void end() {
        run.close();
        api.close();
        assertThat(run.traces()).isEmpty();
        assertThat(run.lines("export-secret-1")).isEmpty();
    }

    private void assertAllOnce(int fragments) {
        assertThat(run.records()).hasSize(fragments * ExportApi.RECORDS_PER_FRAGMENT).doesNotHaveDuplicates();
    }

    /** Answers like this the first times that something is asked. */
    private void first(int times, Predicate<Asked> what, Reply reply) {
        AtomicInteger count = new AtomicInteger();
        api.script(asked -> what.test(asked) && count.incrementAndGet() <= times ? reply : null);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 429, 500, 503})
    void whatPassesIsWaitedFor(int status) throws Exception {
        first(6, asked -> true, Reply.of(status, "{\"error\":\"not now\"}"));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
        assertThat(run.lines(
                status == 401 ? "refused the credential people-ai-default (401): not now" : "responded with " + status))
                .isNotEmpty().hasSizeLessThan(3)
                .allSatisfy(each -> assertThat(each).contains("The export tries again in"));
        assertThat(run.lines("People.ai works again")).isNotEmpty();
    }

    @Test
    void aDownloadThatIsRefusedIsTriedAgain() throws Exception {
        first(2, asked -> asked.target().endsWith("fragment=1"), Reply.of(429, ""));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
    }

    @Test
    void aBrokenDownloadIsTakenUpForItsFragmentOnly() throws Exception {
        api.fragments(4);
        first(1, asked -> asked.target().endsWith("fragment=2"), Reply.broken(ExportApi.data("job-1", 2)));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(4);
        assertThat(api.downloads()).hasSize(5).filteredOn(each -> each.target().endsWith("fragment=2")).hasSize(2);
        assertThat(run.lines("fragment 2 of job job-1 failed, next attempt in")).singleElement()
                .satisfies(each -> assertThat(each).contains("the download broke off after"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"uid\":\"1\"}\n{\"uid\":", "<html>busy</html>"})
    void whatIsNotWholeRecordsIsNotHandedOn(String body) throws Exception {
        first(1, asked -> asked.target().endsWith("fragment=0"), Reply.of(200, body));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
    }

    /** A stack that is too deep, a heap that is too small: nothing that was not taken counts as taken. */
    @Test
    void anErrorBehindTheSourceIsAFailureLikeAnyOther() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        run.sink(exchange -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("too deep");
            }
        });
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
    }

    @Test
    void anEmptyFragmentIsNotHandedOn() throws Exception {
        api.sizeUnknown();
        first(1, asked -> asked.target().endsWith("fragment=0"), Reply.of(200, ""));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Failed", "Canceled"})
    void anotherJobIsStartedForOneThatEndedBadly(String state) throws Exception {
        api.newState("Running");
        run.start(DELTA);
        await().until(() -> api.starts().size() == 1);
        api.newState("Completed").allJobs(state);
        run.awaitWatermark(END);
        assertThat(api.starts()).hasSize(2);
        assertAllOnce(2);
        assertThat(run.lines("job job-1 is " + state + ". A new job starts")).hasSize(1);
    }

    @Test
    void aJobThatAlwaysFailsIsStartedFourTimesAndTheWatermarkStays() throws Exception {
        api.newState("Failed");
        run.start("startDate=2026-01-01&endDate=2026-01-20&exportType=delta")
                .awaitLine("delta 2026-01-01..2026-01-14: job")
                .await(each -> each.path("windows").path(0).path("failures").asInt() == 4
                        && each.path("windows").path(1).path("failures").asInt() == 4);
        assertThat(api.starts()).hasSize(8);
        assertThat(run.document().path("watermark").isNull()).isTrue();
        // The log follows the state.
        await().untilAsserted(
                () -> assertThat(run.lines("so the next job starts in a day, or when the flow is restarted")).hasSize(2));
        assertThat(run.document().path("windows").path(0).path("nextAction").asText()).startsWith("start a job, not before");
    }

    @Test
    void aStateThatNobodyKnowsIsToldOnceAndWaitedFor() throws Exception {
        api.newState("Pondering");
        run.start(DELTA);
        await().until(() -> api.asked.size() > 5);
        assertThat(api.starts()).hasSize(1);
        api.allJobs("Musing");
        run.awaitLine("job job-1 is Musing, a state that this program does not know");
        api.allJobs("Completed");
        run.awaitWatermark(END);
        assertThat(run.lines("is Musing")).hasSize(1);
    }

    @Test
    void anotherJobIsStartedForOneThatVanished() throws Exception {
        api.newState("Running");
        run.start(DELTA);
        await().until(() -> api.starts().size() == 1);
        api.newState("Completed").remove("job-1");
        run.awaitWatermark(END);
        assertThat(run.lines("job job-1 no longer exists. A new job starts")).hasSize(1);
    }

    @Test
    void anotherJobIsStartedForDataThatIsGone() throws Exception {
        api.script(asked -> asked.target().contains("/job-1/data?fragment=1")
                ? Reply.of(404, "{\"error\":\"expired\"}") : null);
        run.start(DELTA).awaitWatermark(END);
        assertThat(api.starts()).hasSize(2);
        assertThat(run.chunks.stream().filter(each -> each.headers().get(FragmentDownloads.JOB).equals("job-2"))).hasSize(2);
        assertThat(run.lines("the data of job job-1 no longer exists")).hasSize(1);
    }

    @Test
    void aJobThatIsRefusedIsToldOnceAndTriedAgain() throws Exception {
        first(5, asked -> asked.method().equals("POST"), Reply.of(400, "{\"error\":\"too many jobs\"}"));
        run.start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
        assertThat(run.lines("cannot start a job: People.ai responded with 400 ({\"error\":\"too many jobs\"})")).hasSize(1);
    }

    @Test
    void aStartWithoutAnAnswerDoesNotStartASecondJob() throws Exception {
        AtomicInteger starts = new AtomicInteger();
        api.script(asked -> {
            if (asked.method().equals("POST") && starts.incrementAndGet() == 1) {
                api.add("delta", "2026-02-01", END, "Completed");
                return Reply.broken("{\"job_id\":\"job-1\",\"state\":\"Queued\"}");
            }
            return null;
        });
        run.start(DELTA).awaitWatermark(END);
        assertThat(api.starts()).hasSize(1);
        assertThat(run.lines("job job-1 was found")).hasSize(1);
        assertAllOnce(2);
    }

    @Test
    void aFragmentThatTheSinkRefusesIsHandedOnAgainWithoutAnotherDownload() throws Exception {
        Set<Object> refused = ConcurrentHashMap.newKeySet();
        run.sink(exchange -> {
            if (refused.add(exchange.getMessage().getHeader(FragmentDownloads.FRAGMENT))) {
                throw new IllegalStateException("the sink is full");
            }
        }).start(DELTA).awaitWatermark(END);
        assertAllOnce(2);
        assertThat(api.downloads()).hasSize(2);
        assertThat(run.lines("failed, next attempt in 0 s: the sink is full")).hasSize(2);
    }

    @Test
    void aStopGivesDownloadsUp() throws Exception {
        String line = "{\"uid\":\"1\",\"text\":\"" + "x".repeat(60_000) + "\"}\n";
        api.script(asked -> asked.target().contains("/data") ? Reply.repeated(200, line, 1L << 30) : null);
        run.start(DELTA);
        await().until(() -> api.downloads().size() == 2);
        run.close();

        assertThat(run.lines("remains to be delivered: the flow was stopped")).hasSize(2);
        assertThat(run.chunks).isEmpty();
        assertThat(run.document().path("windows").path(0).path("done")).isEmpty();
    }

    @Test
    void aStopDoesNotWaitForADownloadThatHasStalled() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        api.script(asked -> asked.target().endsWith("fragment=0") ? Reply.stalled(ExportApi.data("job-1", 0), end)
                : asked.target().endsWith("fragment=1") ? waiting(end) : null);
        run.start(DELTA);
        await().until(() -> api.downloads().size() == 2);
        run.close();

        assertThat(run.lines("remains to be delivered: the flow was stopped")).hasSize(2);
        assertThat(run.lines("next attempt in")).isEmpty();
        end.countDown();
        try (ExportRun next = new ExportRun(data, api.script(asked -> null))) {
            next.start(DELTA).awaitWatermark(END);
            assertThat(next.records()).hasSize(2 * ExportApi.RECORDS_PER_FRAGMENT).doesNotHaveDuplicates();
        }
    }

    /** Nothing of an answer comes, not even its head. */
    private static Reply waiting(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    @Test
    void aDownloadThatTakesTooLongIsGivenUpAndTriedAgain() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        first(1, asked -> asked.target().endsWith("fragment=0"), Reply.stalled(ExportApi.data("job-1", 0), end));
        run.start(DELTA + "&downloadTime=1s").awaitWatermark(END);
        end.countDown();
        assertAllOnce(2);
        assertThat(run.lines("fragment 0 of job job-1 failed, next attempt in")).singleElement().asString()
                .contains("the download took longer than 1 s, the limit for 260 bytes");
    }
}
