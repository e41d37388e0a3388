// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.FragmentDownloads;
import dev.gtmroutes.peopleai.ExportApi;
import dev.gtmroutes.peopleai.ExportApi.Reply;
import dev.gtmroutes.peopleai.ExportRun;
import dev.gtmroutes.sources.LedgerFile;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports through the wire: jobs are started, waited for, fetched and handed on. */
class ExportSourceTest {

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
    }

    @Test
    void aWindowIsExportedAndHandedOn() throws Exception {
        run.start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta");
        JsonNode document = run.awaitWatermark("2026-02-10");

        assertThat(api.starts()).singleElement().satisfies(start -> {
            assertThat(start.target()).isEqualTo("/export/activities/jobs");
            assertThat(start.authorization()).isEqualTo("Bearer token-1");
            assertThat(start.body()).isEqualTo("{\"start_date\":\"2026-02-01\",\"end_date\":\"2026-02-10\","
                    + "\"activity_type\":\"all\",\"output_format\":\"JSONLines\",\"export_type\":\"delta\"}");
        });
        assertThat(run.chunks).hasSize(2).anySatisfy(chunk -> {
            assertThat(chunk.text()).isEqualTo(ExportApi.data("job-1", 1));
            assertThat(chunk.headers()).containsEntry(FragmentDownloads.JOB, "job-1")
                    .containsEntry(FragmentDownloads.FRAGMENT, 1).containsEntry(FragmentDownloads.START_DATE, "2026-02-01")
                    .containsEntry(FragmentDownloads.END_DATE, "2026-02-10").containsEntry(FragmentDownloads.TYPE, "delta")
                    .containsEntry(Exchange.FILE_NAME, "people-ai-activities-2026-02-01-2026-02-10-f001.ndjson");
        });
        assertThat(document.path("windows").get(0).path("records").asInt()).isEqualTo(2 * ExportApi.RECORDS_PER_FRAGMENT);
        await().untilAsserted(() -> assertThat(run.folder().resolve("history.fragments/job-1")).isEmptyDirectory());
        assertThat(run.traces()).isEmpty();
    }

    @Test
    void fragmentsCanBeHandedOverAsTasks() throws Exception {
        run.start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta&fragments=hand-over&compareSize=false")
                .awaitWatermark("2026-02-10");

        int size = ExportApi.data("job-1", 0).length();
        assertThat(run.records()).containsExactlyInAnyOrder(
                "{\"type\":\"delta\",\"startDate\":\"2026-02-01\",\"endDate\":\"2026-02-10\",\"activityType\":\"all\","
                        + "\"job\":\"job-1\",\"fragment\":0,\"size\":%d}".formatted(2 * size),
                "{\"type\":\"delta\",\"startDate\":\"2026-02-01\",\"endDate\":\"2026-02-10\",\"activityType\":\"all\","
                        + "\"job\":\"job-1\",\"fragment\":1,\"size\":%d}".formatted(2 * size));
        assertThat(api.downloads()).isEmpty();
        assertThat(run.traces()).isEmpty();
    }

    @Test
    void threeYearsAreThreeJobsOfWhichEveryRecordArrives() throws Exception {
        api.newState("Running");
        run.start("startDate=2022-01-01&endDate=2024-12-31");
        await().until(() -> api.starts().size() == 3);
        assertThat(run.chunks).isEmpty();
        api.allJobs("Completed");
        run.awaitWatermark("2024-12-31");

        assertThat(api.jobs()).extracting(each -> each.path("start_date").asText() + " " + each.path("end_date").asText())
                .containsExactly("2022-01-01 2022-12-31", "2023-01-01 2023-12-31", "2024-01-01 2024-12-31");
        assertThat(run.records()).hasSize(3 * 2 * ExportApi.RECORDS_PER_FRAGMENT).doesNotHaveDuplicates();
        assertThat(run.lines("snapshot 2022-01-01..2022-12-31: job job-1 is Completed, before: Running")).hasSize(1);
    }

    @Test
    void sixtyDaysOfDeltasAreKeptInTheLimits() throws Exception {
        api.newState("Queued");
        run.start("startDate=2026-01-01&endDate=2026-03-01&exportType=delta");
        await().until(() -> api.starts().size() == 4);
        api.allJobs("Running");
        int asked = api.asked.size();
        await().until(() -> api.asked.size() > asked + 3);
        assertThat(api.starts()).hasSize(4);
        api.newState("Completed").allJobs("Completed");
        run.awaitWatermark("2026-03-01");
        assertThat(api.starts()).hasSize(5);
    }

    @Test
    void jobsOfOthersCountTowardsTheLimit() throws Exception {
        for (int i = 0; i < 9; i++) {
            api.add("snapshot", "2020-01-01", "2020-0" + (i + 1) + "-01", i < 2 ? "Running" : "Queued");
        }
        api.newState("Queued");
        run.start("startDate=2026-01-01&endDate=2026-03-01&exportType=delta");
        await().until(() -> api.starts().size() == 1);
        int asked = api.asked.size();
        await().until(() -> api.asked.size() > asked + 3);
        assertThat(api.starts()).hasSize(1);

        api.newState("Completed").allJobs("Completed");
        run.awaitWatermark("2026-03-01");
        assertThat(api.starts()).hasSize(5);
    }

    @Test
    void aJobThatIsThereIsNotStartedAgain() throws Exception {
        api.add("delta", "2026-02-01", "2026-02-10", "Running");
        run.start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta");
        run.await(each -> each.path("windows").path(0).path("job").asText().equals("job-1"));
        api.allJobs("Completed");
        run.awaitWatermark("2026-02-10");
        assertThat(api.starts()).isEmpty();
        assertThat(run.lines("job job-1 was found, its state is Running")).hasSize(1);
    }

    @Test
    void withoutAnEndItGoesOnWithWhatIsNew() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        run.start("startDate=" + today.minusDays(400));
        run.awaitWatermark(today.minusDays(1).toString());
        assertThat(api.jobs()).extracting(each -> each.path("export_type").asText()).containsExactly("snapshot", "snapshot");
        assertThat(run.document().path("order").path("endDate").asText()).isEmpty();
    }

    @Test
    void atMostSoManyFragmentsAreFetchedAtATime() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier together = new CyclicBarrier(3);
        api.fragments(9);
        run.sink(exchange -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            together.await(20, TimeUnit.SECONDS);
            now.decrementAndGet();
        }).start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta&parallelFragments=3");
        run.awaitWatermark("2026-02-10");
        assertThat(most).hasValue(3);
        assertThat(run.records()).hasSize(9 * ExportApi.RECORDS_PER_FRAGMENT).doesNotHaveDuplicates();
    }

    @Test
    void jobsAreLookedAtWhileFragmentsAreUnderWay() throws Exception {
        CountDownLatch secondStarted = new CountDownLatch(1);
        api.script(asked -> {
            if (api.starts().size() > 4) {
                secondStarted.countDown();
            }
            return null;
        });
        run.sink(exchange -> secondStarted.await(20, TimeUnit.SECONDS))
                .start("startDate=2026-01-01&endDate=2026-03-01&exportType=delta&parallelFragments=2");
        await().until(() -> api.starts().size() == 4);
        assertThat(run.chunks).isEmpty();
        secondStarted.countDown();
        run.awaitWatermark("2026-03-01");
    }

    @Test
    void anotherRunGoesOnWithTheSameJobAndTheMissingFragments() throws Exception {
        api.fragments(4);
        AtomicInteger taken = new AtomicInteger();
        run.sink(exchange -> {
            if (taken.incrementAndGet() > 2) {
                throw new IllegalStateException("the sink is full");
            }
        }).start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta&parallelFragments=1");
        run.awaitLine("the sink is full").await(each -> each.path("windows").path(0).path("done").size() == 2);
        run.close();
        int downloads = api.downloads().size();

        try (ExportRun second = new ExportRun(data, api)) {
            second.start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta&parallelFragments=1")
                    .awaitWatermark("2026-02-10");
            assertThat(second.records()).hasSize(2 * ExportApi.RECORDS_PER_FRAGMENT)
                    .doesNotContainAnyElementsOf(run.records());
        }
        assertThat(api.starts()).hasSize(1);
        assertThat(api.downloads().size() - downloads).isLessThanOrEqualTo(2);
    }

    @Test
    void tokensAreRenewedBeforeTheyExpire() throws Exception {
        api.tokenLife(1).fragments(30);
        run.sink(exchange -> await().pollDelay(Duration.ofMillis(150)).until(() -> true))
                .start("startDate=2026-02-01&endDate=2026-02-10&exportType=delta&parallelFragments=1");
        run.awaitWatermark("2026-02-10");
        assertThat(api.asked).extracting(ExportApi.Asked::authorization).contains("Bearer token-1", "Bearer token-2");
        assertThat(run.records()).hasSize(30 * ExportApi.RECORDS_PER_FRAGMENT);
    }

    @Test
    void recordsOfDaysThatAreExportedAgainGoOnOnce() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        ExportOrder order = ExportOrder.of(today.minusDays(10).toString(), "", "delta", "all");
        Ledger yesterday = new Ledger(ExportRun.FLOW,
                new LedgerFile(run.folder().resolve(ExportRun.FLOW + ".json"), new Disk()),
                Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)));
        yesterday.open(order, 2, true);
        api.sizeUnknown().script(asked -> asked.target().endsWith("fragment=0")
                ? Reply.of(200, "{\"uid\":\"late\"}\n{\"uid\":\"" + asked.target() + "\"}\n") : null);
        run.start("startDate=" + today.minusDays(10) + "&exportType=delta&overlapDays=2&parallelFragments=1");
        run.awaitWatermark(today.minusDays(1).toString());

        assertThat(api.jobs()).hasSize(2);
        assertThat(run.records()).filteredOn(each -> each.equals("{\"uid\":\"late\"}")).hasSize(1);
        assertThat(run.lines("records skipped, because they were delivered before")).hasSize(1);
    }

    @Test
    void aWindowWaitsForTheRecordsThatItRepeatsAndNoOtherWindowDoes() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        ExportOrder order = ExportOrder.of(today.minusDays(15).toString(), "", "delta", "all");
        for (int day : new int[] {5, 3}) {
            new Ledger(ExportRun.FLOW, new LedgerFile(run.folder().resolve(ExportRun.FLOW + ".json"), new Disk()),
                    Clock.offset(Clock.systemUTC(), Duration.ofDays(-day))).open(order, 2, true);
        }
        api.newState("Running").sizeUnknown().script(asked -> asked.target().endsWith("fragment=0")
                ? Reply.of(200, "{\"uid\":\"late\"}\n{\"uid\":\"" + asked.target() + "\"}\n") : null);
        run.sink(exchange -> {
            if (startOf(exchange.getMessage().getHeaders()).equals(today.minusDays(15).toString())) {
                await().until(() -> !records(today.minusDays(3)).isEmpty());
            }
        }).start("startDate=" + today.minusDays(15) + "&exportType=delta&overlapDays=0&parallelFragments=4");
        await().until(() -> api.jobs().size() == 3);
        api.allJobs("Completed");
        run.awaitWatermark(today.minusDays(1).toString());

        assertThat(records(today.minusDays(15))).contains("{\"uid\":\"late\"}");
        assertThat(records(today.minusDays(7))).hasSize(1 + ExportApi.RECORDS_PER_FRAGMENT)
                .doesNotContain("{\"uid\":\"late\"}");
    }

    private static String startOf(Map<String, Object> headers) {
        return headers.get(FragmentDownloads.START_DATE).toString();
    }

    /** What came of the window that begins with this day. */
    private List<String> records(LocalDate start) {
        return run.chunks.stream().filter(each -> startOf(each.headers()).equals(start.toString()))
                .flatMap(each -> each.text().lines()).toList();
    }
}
