// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.peopleai.ExportApi;
import dev.gtmroutes.peopleai.ExportApi.Reply;
import dev.gtmroutes.peopleai.ExportRun;
import dev.gtmroutes.sources.LedgerFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an export gets is not believed to be all there is, through the wire. */
class ExportTruthTest {

    private static final String DAYS = "startDate=2026-02-01&endDate=2026-02-10&exportType=delta";
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
    }

    /** The records of so many fragments of a job. */
    private static List<String> all(String job, int fragments) {
        return IntStream.range(0, fragments).mapToObj(each -> ExportApi.data(job, each)).flatMap(String::lines).toList();
    }

    private List<String> downloads() {
        return api.asked.stream().map(ExportApi.Asked::target).filter(each -> each.contains("fragment="))
                .map(each -> each.substring(each.indexOf("job-"))).toList();
    }

    private JsonNode window() {
        return run.document().path("windows").path(0);
    }

    private JsonNode awaitState(String state) {
        run.await(each -> each.path("windows").path(0).path("state").asText().equals(state));
        return window();
    }

    private List<String> concerns() {
        return Exports.concerns(run.camel()).get(ExportRun.FLOW);
    }

    /** Replaces what is answered for a fragment. @param reply null for what would be answered anyway */
    private void fragment(int index, Function<Integer, Reply> reply) {
        AtomicInteger times = new AtomicInteger();
        api.script(
                asked -> asked.target().endsWith("/data?fragment=" + index) ? reply.apply(times.incrementAndGet()) : null);
    }

    private static String firstTwo(String job, int fragment) {
        String[] lines = ExportApi.data(job, fragment).split("(?<=\n)");
        return lines[0] + lines[1];
    }

    @Test
    void aCountIsACount() throws Exception {
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(downloads()).containsExactlyInAnyOrder("job-1/data?fragment=0", "job-1/data?fragment=1");
        assertThat(window().path("sum").asText()).isEqualTo("equal");
        assertThat(concerns()).isEmpty();
    }

    @Test
    void aCountThatIsTheLastIndexEndsCompleteToo() throws Exception {
        api.more(1);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 3));
        assertThat(window().path("fragments").asInt()).isEqualTo(3);
        assertThat(run.traces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void withoutASizeTheNextFragmentIsAskedForOnce(int more) throws Exception {
        api.sizeUnknown().more(more);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2 + more));
        assertThat(window().path("sum").asText()).isEqualTo("not-compared");
        assertThat(downloads()).contains("job-1/data?fragment=" + (2 + more), "job-1/fragment?fragment=" + (2 + more))
                .doesNotHaveDuplicates();
        assertThat(concerns()).isEmpty();
    }

    @Test
    void aJobThatSaysNothingAboutItsDataIsFetchedAsAWhole() throws Exception {
        api.sizeUnknown().fragments(0).script(asked -> asked.target().endsWith("/data") ? Reply.of(200, "{\"uid\":\"1\"}\n")
                : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactly("{\"uid\":\"1\"}");
    }

    @Test
    void anApiThatDoesNotLookAtTheNumberIsNotBelieved() throws Exception {
        api.sizeUnknown().fragments(1).script(asked -> asked.target().contains("fragment=")
                ? Reply.of(200, ExportApi.data("job-1", 0)) : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyElementsOf(all("job-1", 1));
    }

    @Test
    void whatAFragmentLackedIsFetchedOnce() throws Exception {
        fragment(1, times -> times == 1 ? Reply.of(200, firstTwo("job-1", 1)) : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(window().path("records").asInt()).isEqualTo(10);
        assertThat(run.lines("there is no fragment 2")).hasSize(1);
        assertThat(concerns()).isEmpty();
        await().untilAsserted(() -> assertThat(run.folder().resolve("history.fragments/job-1")).isEmptyDirectory());
        assertThat(run.traces()).isEmpty();
    }

    @Test
    void aFragmentThatWasEmptyIsFetchedAgain() throws Exception {
        fragment(0, times -> times == 1 ? new Reply(200, "", 1, 0, () -> {}) : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
    }

    @Test
    void whatCannotBeHadIsToldAndKeepsTheWatermark() throws Exception {
        fragment(1, times -> Reply.of(200, firstTwo("job-1", 1)));
        run.start(DAYS);
        JsonNode window = awaitState("incomplete");

        int size = 2 * ExportApi.data("job-1", 0).length();
        int had = ExportApi.data("job-1", 0).length() + firstTwo("job-1", 1).length();
        String why = "the fragments of job job-1 have " + had + " bytes, but People.ai says that the job has " + size;
        assertThat(window.path("lastError").asText()).isEqualTo(why);
        assertThat(window.path("sum").asText()).isEqualTo("less");
        assertThat(window.path("nextAction").asText()).startsWith("look for the missing data again at 20");
        assertThat(run.document().path("watermark").isNull()).isTrue();
        assertThat(run.records()).hasSize(7).doesNotHaveDuplicates();
        assertThat(concerns()).containsExactly("delta 2026-02-01..2026-02-10: " + why);
        assertThat(Exports.progress(run.camel())).extracting(ExportProgress::differing).containsExactly(1L);
        assertThat(run.lines(why)).hasSize(1);
        assertThat(api.starts()).hasSize(1);
        int asked = downloads().size();
        assertThat(downloads()).filteredOn(each -> each.contains("/data")).hasSize(5);
        run.close();

        try (ExportRun second = new ExportRun(data, api)) {
            second.start(DAYS + "&compareSize=false").awaitWatermark(END);
            assertThat(second.chunks).isEmpty();
            assertThat(downloads()).hasSize(asked);
        }
    }

    @Test
    void aRestartLooksForWhatIsMissing() throws Exception {
        fragment(1, times -> Reply.of(200, firstTwo("job-1", 1)));
        run.start(DAYS);
        awaitState("incomplete");
        run.close();
        api.script(each -> null);

        try (ExportRun second = new ExportRun(data, api)) {
            second.start(DAYS).awaitWatermark(END);
            List<String> both = new ArrayList<>(run.records());
            both.addAll(second.records());
            assertThat(both).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        }
    }

    @Test
    void moreThanPeopleAiSaysIsTold() throws Exception {
        run.sink(each -> {});
        api.newState("Running");
        run.start(DAYS);
        await().until(() -> api.starts().size() == 1);
        api.change(job -> job.put("results_size", 100));
        api.allJobs("Completed");
        run.awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(window().path("sum").asText()).isEqualTo("more");
        assertThat(concerns()).singleElement().asString().endsWith("but People.ai says that the job has 100");
    }

    @Test
    void aCrashInTheMiddleOfWhatWasMissingRepeatsNothing() throws Exception {
        AtomicBoolean fails = new AtomicBoolean();
        fragment(1, times -> {
            fails.set(times > 1);
            return times == 1 ? Reply.of(200, firstTwo("job-1", 1)) : null;
        });
        run.sink(each -> {
            if (fails.get()) {
                throw new IllegalStateException("the sink is full");
            }
        }).start(DAYS + "&parallelFragments=1").awaitLine("the sink is full");
        run.close();
        api.script(each -> null);
        int asked = downloads().size();

        try (ExportRun second = new ExportRun(data, api)) {
            second.start(DAYS + "&parallelFragments=1").awaitWatermark(END);
            assertThat(run.records()).hasSize(7);
            assertThat(second.records()).hasSize(3).doesNotContainAnyElementsOf(run.records());
            assertThat(downloads()).as("it was here already").hasSize(asked);
        }
    }

    @Test
    void whatAFragmentLackedMayHaveComeWithAnotherWindow() throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        ExportOrder order = ExportOrder.of(today.minusDays(10).toString(), "", "delta", "all");
        Ledger yesterday = new Ledger(ExportRun.FLOW,
                new LedgerFile(run.folder().resolve(ExportRun.FLOW + ".json"), new Disk()),
                Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)));
        yesterday.open(order, 2, true);
        String known = ExportApi.data("job-1", 0).split("(?<=\n)")[0];
        String whole = firstTwo("job-2", 1) + known + ExportApi.data("job-2", 1).split("(?<=\n)")[2];
        AtomicInteger times = new AtomicInteger();
        api.newState("Running").script(asked -> asked.target().endsWith("job-2/data?fragment=1")
                ? Reply.of(200, times.incrementAndGet() == 1 ? firstTwo("job-2", 1) : whole) : null);
        run.start("startDate=" + today.minusDays(10) + "&exportType=delta&overlapDays=2&parallelFragments=1");
        await().until(() -> api.jobs().size() == 2);
        api.change(
                job -> job.put("results_size", job.path("job_id").asText().equals("job-1") ? job.path("results_size").asInt()
                        : ExportApi.data("job-2", 0).length() + whole.length()));
        api.allJobs("Completed");
        run.awaitWatermark(today.minusDays(1).toString());

        assertThat(run.records()).hasSize(10 + 5 + 3).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"202 {\"state\":\"preparing\"}", "204 ", "200 {\"error\":\"not ready\"}", "429 slow down",
            "200 \uFEFF{\"errors\":[\"no\"]}"})
    void whatIsNoDataIsNoRecord(String answer) throws Exception {
        Reply reply = Reply.of(Integer.parseInt(answer.substring(0, 3)), answer.substring(4));
        fragment(0, times -> times < 3 ? new Reply(reply.status(), reply.body(), 1,
                reply.body().getBytes(StandardCharsets.UTF_8).length, () -> {}) : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(downloads()).hasSize(4);
        assertThat(api.starts()).hasSize(1);
    }

    @Test
    void aByteOrderMarkBelongsToNoRecord() throws Exception {
        api.script(asked -> asked.target().contains("fragment=") && asked.target().endsWith("0")
                ? bytes("\uFEFF" + ExportApi.data("job-1", 0)) : null);
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(window().path("sum").asText()).isEqualTo("equal");
    }

    private static Reply bytes(String body) {
        return new Reply(200, body, 1, body.getBytes(StandardCharsets.UTF_8).length, () -> {});
    }

    @Test
    void theCountMayHaveEitherName() throws Exception {
        api.newState("Running");
        run.start(DAYS);
        await().until(() -> api.starts().size() == 1);
        api.change(job -> job.putNull("fragments"));
        api.change(job -> job.put("fragment", 2).put("state", "Completed"));
        api.script(asked -> asked.target().endsWith("fragment=0") || asked.target().endsWith("fragment=1")
                ? Reply.of(200, ExportApi.data("job-1", asked.target().endsWith("0") ? 0 : 1)) : null);
        run.awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
    }

    @Test
    void dataThatIsAtTheOtherAddressIsFetchedThere() throws Exception {
        api.script(asked -> !asked.target().contains("fragment=") ? null
                : asked.target().contains("/data") ? Reply.of(404, "{\"error\":\"gone\"}")
                : Reply.of(200, ExportApi.data("job-1", asked.target().endsWith("0") ? 0 : 1)));
        run.start(DAYS).awaitWatermark(END);

        assertThat(run.records()).containsExactlyInAnyOrderElementsOf(all("job-1", 2));
        assertThat(api.starts()).hasSize(1);
    }

    @Test
    void dataThatIsNotThereOrdersThreeJobsInAll() throws Exception {
        api.script(asked -> asked.target().contains("fragment=") ? Reply.of(404, "{\"error\":\"gone\"}") : null);
        run.start(DAYS);
        JsonNode window = awaitState("incomplete");

        assertThat(api.starts()).hasSize(4);
        assertThat(window.path("lostJobs")).hasSize(4);
        assertThat(window.path("nextAction").asText()).isEqualTo("none: export these days in a flow with another id");
        assertThat(downloads()).contains("job-1/fragment?fragment=0");
        assertThat(concerns()).singleElement().asString().contains("the data of job job-4 no longer exists");
        assertThat(run.lines("A new job starts in 0 s")).hasSizeBetween(1, 3);
        run.close();

        int asked = api.asked.size();
        try (ExportRun second = new ExportRun(data, api)) {
            second.start(DAYS).await(each -> each.path("windows").path(0).path("state").asText().equals("incomplete"));
            second.awaitLine("the export continues");
            assertThat(api.starts()).hasSize(4);
            assertThat(api.asked).hasSize(asked);
        }
    }

    /** Reports a fragment that was handed over. @param text null if it is not there */
    private void report(Fragment fragment, String text) throws IOException {
        Path folder = data.resolve("state/people-ai-fragments").resolve(fragment.job());
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("f%03d%s".formatted(fragment.index(), fragment.round() > 0 ? "-again" + fragment.round()
                        : "")),
                text == null ? "missing" : "%d/0/5/print%d".formatted(text.length(), text.length()));
    }

    private Fragment task(int index) {
        return new Fragment("", ExportType.DELTA, null, "all", "job-1", index, true, 0);
    }

    private Fragment again(int index) {
        return new Fragment("", ExportType.DELTA, null, "all", "job-1", index, true, 0, Fragment.Ask.AGAIN, 1, null);
    }

    @Test
    void tasksAreComparedWhenTheyComplete() throws Exception {
        run.start(DAYS + "&fragments=hand-over");
        awaitState("checking");
        assertThat(window().path("nextAction").asText()).isEqualTo("wait for reports of 2 fragments that other flows fetch");
        report(task(0), ExportApi.data("job-1", 0));
        run.awaitLine("fragment 0 is reported as delivered");
        assertThat(run.document().path("watermark").isNull()).isTrue();
        report(task(1), firstTwo("job-1", 1));
        await().until(() -> run.records().stream().anyMatch(each -> each.contains("\"fragment\":2")));
        assertThat(run.records()).last().asString().contains("\"ask\":\"next\"");
        report(task(2), null);
        await().until(() -> run.records().size() == 5);
        assertThat(run.records().get(4)).contains("\"ask\":\"again\"", "\"round\":1");
        report(again(0), ExportApi.data("job-1", 0));
        report(again(1), ExportApi.data("job-1", 1));
        run.awaitWatermark(END);

        assertThat(window().path("records").asInt()).isEqualTo(10);
        assertThat(window().path("sum").asText()).isEqualTo("equal");
        assertThat(run.records()).hasSize(5);
        assertThat(api.downloads()).isEmpty();
    }

    @Test
    void tasksWhoseDataIsGoneOrderAnotherJob() throws Exception {
        run.start(DAYS + "&fragments=hand-over");
        awaitState("checking");
        report(task(1), null);
        await().until(() -> api.starts().size() == 2);

        await().until(() -> run.records().size() == 4);
        assertThat(run.records()).last().asString().contains("job-2");
    }

    @Test
    void aJobAndTasksThatTakeTooLongAreTold() throws Exception {
        api.newState("Resting");
        run.start(DAYS + "&fragments=hand-over&jobPatience=0s");
        await().untilAsserted(() -> assertThat(concerns()).singleElement().asString()
                .startsWith("delta 2026-02-01..2026-02-10: job job-1 has been Resting for "));
        assertThat(Exports.reports(run.camel(), data.resolve("state")).get(0).concerns()).hasSize(1);
        api.allJobs("Completed");
        awaitState("checking");
        await().untilAsserted(() -> assertThat(concerns()).singleElement().asString()
                .contains("no fragment of job job-1 has come for ", "wait for reports of 2 fragments"));
    }

    @Test
    void aCredentialThatIsRefusedIsTold() throws Exception {
        AtomicBoolean refuses = new AtomicBoolean(true);
        api.script(each -> refuses.get() ? Reply.of(401, "no") : null);
        run.start(DAYS);
        await().untilAsserted(() -> assertThat(concerns()).singleElement().asString()
                .startsWith("waits for the credential since ").contains("refused the credential"));
        refuses.set(false);
        run.awaitWatermark(END);
        assertThat(concerns()).isEmpty();
    }
}
