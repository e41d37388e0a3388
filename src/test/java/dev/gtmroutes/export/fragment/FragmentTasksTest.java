// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.LeftBehind;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.peopleai.ExportApi;
import dev.gtmroutes.peopleai.ExportApi.Reply;
import dev.gtmroutes.progress.InputCompletion;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressName;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks through people-ai-fragment-action, over the wire. */
class FragmentTasksTest {

    @TempDir
    Path data;

    private final ExportApi api = new ExportApi();
    private final DefaultCamelContext camel = PlainCamel.create();
    private final List<String> chunks = new CopyOnWriteArrayList<>();
    private Processor sink = each -> {};
    private String job;

    @BeforeEach
    void begin() throws Exception {
        job = api.add("delta", "2026-02-01", "2026-02-10", "Completed");
        Properties settings = new Properties();
        settings.putAll(Map.of("gtm.data", data.toString(), "people-ai.pull-url", api.pullUrl(), "people-ai.token-url",
                api.tokenUrl(), "people-ai.client-id", "key", "people-ai.client-secret", "secret"));
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tasks").routeId("fetch").to("kamelet:people-ai-fragment-action").process(each -> {
                    LeftBehind.assertNothing(each);
                    sink.process(each);
                    chunks.add(each.getMessage().getBody(String.class));
                });
            }
        });
        camel.start();
    }

    @AfterEach
    void end() {
        camel.stop();
        api.close();
    }

    private String task(String job, int fragment) {
        return ("{\"type\":\"delta\",\"startDate\":\"2026-02-01\",\"endDate\":\"2026-02-10\",\"activityType\":\"all\","
                + "\"job\":\"%s\",\"fragment\":%d,\"size\":1000}").formatted(job, fragment);
    }

    /** As kafka-records-source does. */
    private Exchange send(Object tasks) {
        InputCompletion end = new InputCompletion();
        Exchange sent = camel.createFluentProducerTemplate().to("direct:tasks").withBody(tasks)
                .withExchangeProperty(InputCompletion.PROPERTY, end).send();
        end.done(!sent.isFailed());
        return sent;
    }

    private List<JsonNode> deadLetters() {
        return new DataDirectory(data).deadLetters("fetch", each -> true);
    }

    /** Data of fragments. */
    private List<Path> files() throws IOException {
        Path folder = data.resolve("fragments/fetch");
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).filter(each -> !ProgressName.isName(each.getFileName().toString()))
                    .toList();
        }
    }

    @Test
    void aTaskBecomesTheRecordsOfItsFragment() throws Exception {
        Exchange done = send(List.of(task(job, 1)));

        assertThat(done.getException()).isNull();
        assertThat(chunks).containsExactly(ExportApi.data(job, 1));
        assertThat(done.getProperty(InputProgress.PROPERTY)).isInstanceOf(InputProgress.class);
        assertThat(done.getMessage().getHeaders()).containsEntry(FragmentDownloads.JOB, job)
                .containsEntry(FragmentDownloads.FRAGMENT, 1)
                .containsEntry(Exchange.FILE_NAME, "people-ai-activities-2026-02-01-2026-02-10-f001.ndjson");
        assertThat(files()).isEmpty();
    }

    @Test
    void dataThatIsGoneIsADeadLetterAndGoesNoFurther() throws Exception {
        Exchange done = send(task("job-77", 3));

        assertThat(done.getException()).isNull();
        assertThat(chunks).isEmpty();
        assertThat(deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("record").toString()).isEqualTo(task("job-77", 3));
            assertThat(letter.path("reason").asText()).isEqualTo("the data of job job-77 no longer exists: People.ai "
                    + "responded with 404 ({\"error\":\"no such job\"}); an export that shares gtm.state with this program "
                    + "starts another job, otherwise start another export for 2026-02-01..2026-02-10");
        });
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"n\":1}                         | type is missing or not a text",
            "{\"type\":\"delta\"}              | startDate is missing or not a text",
            "{\"type\":\"other\"}              | exportType is 'other'. Enter snapshot or delta",
            "{\"type\":                        | the input ended inside a record",
    })
    void whatIsNoTaskIsADeadLetter(String record, String why) {
        Exchange done = send(record);

        assertThat(done.getException()).isNull();
        assertThat(deadLetters()).singleElement()
                .satisfies(letter -> assertThat(letter.path("reason").asText()).contains(why));
        assertThat(api.asked).isEmpty();
        assertThat(chunks).isEmpty();
    }

    @Test
    void aJobCannotLeadElsewhere() {
        send(task("../../tokens", 1));
        send(task(job, 1).replace("\"fragment\":1", "\"fragment\":-1"));
        send(task(job, 1).replace("1000", "99999999999999999"));

        assertThat(deadLetters()).extracting(each -> each.path("reason").asText()).satisfiesExactly(
                each -> assertThat(each).contains("'../../tokens' is not valid"),
                each -> assertThat(each).contains("fragment is not a number from 0 to 1000000"),
                each -> assertThat(each).contains("size is not a number from 0 to "));
        assertThat(api.asked).isEmpty();
    }

    @Test
    void whatFailsForNowIsUpToTheSource() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        api.script(each -> asked.incrementAndGet() == 1 ? Reply.of(503, "busy")
                : asked.get() == 2 ? Reply.broken(ExportApi.data(job, 1)) : null);
        assertThat(send(task(job, 1)).getException()).hasMessageContaining("fragment 1 of job " + job)
                .hasMessageContaining("People.ai responded with 503 (busy)");
        assertThat(send(task(job, 1)).getException()).hasMessageContaining("the download broke off after");
        assertThat(deadLetters()).isEmpty();

        send(task(job, 1));
        assertThat(chunks).containsExactly(ExportApi.data(job, 1));
    }

    @Test
    void aFragmentThatTheSinkDidNotTakeIsNotFetchedAgain() throws Exception {
        sink = each -> {
            throw new IllegalStateException("full");
        };
        assertThat(send(task(job, 1)).getException()).hasMessage("full");
        assertThat(files()).hasSize(1);

        sink = each -> {};
        send(task(job, 1));
        assertThat(chunks).containsExactly(ExportApi.data(job, 1));
        assertThat(api.downloads()).hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void aTaskThatComesASecondTimeGoesNoFurtherAlsoAfterARestart() throws Exception {
        send(task(job, 1));
        assertThat(send(task(job, 1)).isFailed()).isFalse();
        TaskSpools.forget(camel, "fetch");
        assertThat(send(task(job, 1)).isFailed()).isFalse();
        send(task(job, 0));

        assertThat(chunks).containsExactly(ExportApi.data(job, 1), ExportApi.data(job, 0));
        assertThat(api.downloads()).hasSize(2);
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void anEmptyFragmentGoesNoFurther() throws Exception {
        api.script(each -> new Reply(200, "", 1, 0, () -> {}));

        assertThat(send(task(job, 1)).isFailed()).isFalse();
        assertThat(chunks).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void severalTasksAtOnceAreRefused() {
        assertThat(send(List.of(task(job, 0), task(job, 1))).getException()).hasMessageContaining("recordsPerPoll: 1");
        assertThat(api.asked).isEmpty();
    }

    /** What the export source reads. */
    private FragmentReports.Report report(Fragment fragment) throws IOException {
        return new FragmentReports(data.resolve("state"), new Disk()).read(fragment);
    }

    private Fragment fragment(int index, Fragment.Ask ask, int round, FragmentData known) {
        Fragment first = FragmentTask.read(task(job, index).getBytes(StandardCharsets.UTF_8));
        return new Fragment(first.window(), first.type(), first.days(), first.activityType(), job, index, true, 1000, ask,
                round,
                known);
    }

    private FragmentData dataOf(String text) throws IOException {
        Path file = Files.writeString(data.resolve("text"), text);
        return DataCount.of(file, Long.MAX_VALUE);
    }

    @Test
    void whatWasDeliveredIsReported() throws Exception {
        send(task(job, 1));

        assertThat(report(fragment(1, Fragment.Ask.FIRST, 0, null)).data()).isEqualTo(dataOf(ExportApi.data(job, 1)));
        send(task("job-77", 3));
        assertThat(report(FragmentTask.read(task("job-77", 3).getBytes(StandardCharsets.UTF_8))).data()).isNull();
    }

    @Test
    void ofAFragmentThatIsAskedForAgainOnlyTheRestGoesOn() throws Exception {
        String all = ExportApi.data(job, 1);
        String had = all.substring(0, all.indexOf('\n') + 1);
        Fragment again = fragment(1, Fragment.Ask.AGAIN, 1, dataOf(had));
        sink = each -> {
            throw new IllegalStateException("full");
        };
        assertThat(send(new String(FragmentTask.write(again), StandardCharsets.UTF_8)).getException()).hasMessage("full");
        sink = each -> {};
        send(new String(FragmentTask.write(again), StandardCharsets.UTF_8));

        assertThat(chunks).containsExactly(all.substring(had.length()));
        assertThat(report(again).data()).isEqualTo(dataOf(all));
        assertThat(api.downloads()).hasSize(1);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFragmentBehindTheLastOneNeedNotBeThere() throws Exception {
        Fragment next = fragment(2, Fragment.Ask.NEXT, 0, dataOf(ExportApi.data(job, 1)));
        assertThat(send(new String(FragmentTask.write(next), StandardCharsets.UTF_8)).isFailed()).isFalse();

        assertThat(report(next).data()).isNull();
        assertThat(deadLetters()).isEmpty();
        assertThat(chunks).isEmpty();
    }
}
