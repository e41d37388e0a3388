// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

import dev.gtmroutes.FreePort;
import dev.gtmroutes.lint.kamelet.Kamelets;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each source of a list reads its list of the sandbox into files: first all of it, then what has changed, and after that
 * nothing. One program reads all lists at the same time; the tests look at what came.
 */
class ListsIT {

    private static final Path KAMELETS = Path.of("routes/kamelets");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, ListRead> READS = new TreeMap<>();

    private static Program program;
    private static ListSandbox sandbox;

    /** All sources of lists but those of bulk jobs, which are not in a list that can be changed. */
    static List<String> names() {
        return Kamelets.in(KAMELETS).all().stream()
                .filter(each -> each.template().get("beans").items().stream()
                        .anyMatch(bean -> bean.get("name").text().equals("restRecords")) && each.parameter("api").isEmpty())
                .map(each -> each.name().replaceFirst("-source$", "")).filter(each -> !each.contains("-bulk-job")).toList();
    }

    private static ListRead read(String name) {
        return new ListRead(Kamelets.in(KAMELETS).find(name + "-source").orElseThrow(), program, sandbox);
    }

    @BeforeAll
    static void readChangeAndReadAgain(@TempDir Path directory) throws Exception {
        sandbox = new ListSandbox(FreePort.next());
        program = Program.in(directory).command("demo").env("GTM_SANDBOX_PORT", String.valueOf(sandbox.port()))
                .env("SALESLOFT_RATE_LIMIT", "none").env("PEOPLE_AI_RATE_LIMIT", "none");
        program.start().awaitLine("The demo is running");
        for (String each : names()) {
            READS.put(each, read(each).begin());
        }
        awaitAll(read -> read.arrived().size() >= read.before().size());
        // Several sources read some lists: each list changes once.
        Map<String, Long> changes = new TreeMap<>();
        for (ListRead each : READS.values()) {
            changes.merge(each.list(), each.changes(), Math::max);
        }
        for (Map.Entry<String, Long> each : changes.entrySet()) {
            sandbox.change(each.getKey(), each.getValue());
        }
        for (ListRead each : READS.values()) {
            each.noteAfter();
        }
        awaitAll(read -> read.arrived().size() >= read.expected().size());
        Map<String, Long> pages = new TreeMap<>();
        for (ListRead each : READS.values()) {
            pages.put(each.name(), each.pagesSent() + each.pagesOfTwoReads());
        }
        awaitAll(read -> read.pagesSent() >= pages.get(read.name()));
    }

    private interface Condition {
        boolean holds(ListRead read) throws Exception;
    }

    /** The test of a list that is late tells what it lacks. */
    private static void awaitAll(Condition condition) {
        Callable<Boolean> all = () -> {
            for (ListRead each : READS.values()) {
                if (!condition.holds(each)) {
                    return false;
                }
            }
            return true;
        };
        try {
            await().atMost(LONG).until(all);
        } catch (ConditionTimeoutException e) {
            System.err.println("not all lists were read in " + LONG);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        READS.clear();
    }

    @ParameterizedTest
    @MethodSource("names")
    void allRecordsComeOnceAndThoseThatChangedOnceMore(String name) {
        ListRead read = READS.get(name);

        assertThat(read.before()).isNotEmpty();
        assertThat(read.expected()).hasSizeGreaterThan(read.before().size());
        assertThat(read.arrived()).containsExactlyInAnyOrderElementsOf(read.expected());
    }

    @Test
    void aBulkJobIsReadWithItsDataAndItsResults() throws Exception {
        String job = sandbox.vendor("POST", "/salesloft/v2/bulk_jobs", "{\"type\":\"person/upsert\",\"name\":\"lists\"}")
                .at("/data/id").asText();
        String path = "/salesloft/v2/bulk_jobs/" + job;
        sandbox.vendor("POST", path + "/job_data", """
                {"data":[{"email_address":"a@umbrella.example","upsert_key":"email_address"},
                  {"email_address":"none","upsert_key":"email_address"}]}""");
        ListRead jobs = read("salesloft-bulk-jobs").select("").write();
        ListRead data = read("salesloft-bulk-job-data").select(job).write();
        ListRead results = read("salesloft-bulk-job-results").select(job).write();
        await().atMost(LONG).until(() -> data.arrived().size() == 2 && !jobs.arrived().isEmpty());
        assertThat(results.arrived()).isEmpty();

        sandbox.vendor("PUT", path, "{\"ready_to_execute\":true}");
        await().atMost(LONG).until(() -> results.arrived().size() == 2
                && jobs.arrived().stream().anyMatch(each -> each.path("state").asText().equals("done")));
        assertThat(results.arrived()).containsExactlyElementsOf(sandbox.vendor("GET", path + "/results", "").path("data"));
        await().atMost(LONG).until(() -> data.arrived().containsAll(
                ListSandbox.records(sandbox.vendor("GET", path + "/job_data", "").path("data"))));
        assertThat(data.arrived()).doesNotHaveDuplicates();
    }

    /** The console is restricted to templates in this program. */
    @Test
    void theConsoleOffersListsAndMakesFlowsOfThem() throws Exception {
        ProgramApi console = new ProgramApi(program.port());
        assertThat(console.get("/flows/new?source=salesloft-people-source")).contains("salesloft-people-source",
                "customerly-tags-source", "source.period", "source.query").doesNotContain("rest-records-source");
        assertThat(console.get("/api/templates")).contains("\"salesloft-people-source\"");

        assertThat(console.post("/api/flows", "application/json", """
                {"id": "new-leads", "autoStartup": "false", "source": "salesloft-people-source",
                 "sourceParameters": {"query": "tag[]=trial&new=true", "period": "1h"},
                 "template": "customerly-create-lead-sink", "templateParameters": {"map": "email = {email_address}"}}""")
                .statusCode()).isEqualTo(201);
        assertThat(program.resolve("routes/flows/new-leads.yaml")).content().contains("kamelet:salesloft-people-source",
                "tag[]=trial&new=true");
    }

    @Test
    void noReadIsToldAsAProblem() {
        assertThat(names()).hasSizeGreaterThan(30);
        assertThat(program.output()).noneMatch(each -> each.contains("WARN") || each.contains("ERROR"))
                .noneMatch(each -> each.startsWith("\tat "));
        assertThat(READS.values()).allSatisfy(each -> assertThat(
                program.lines("data/demo/dead-letters/" + each.name())).isEmpty());
    }
}
