// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.KeptInput;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;
import dev.gtmroutes.progress.Ranges;
import dev.gtmroutes.samples.RecordingServer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One flow keeps people, another looks them up. */
class LookupFlowTest {

    private static final String PEOPLE = """
            {"id": 41, "email_address": "Ada@x.example", "owner": {"id": 7, "name": "Kim"}, "title": "CEO"}
            {"id": 42, "email_address": "bob@x.example", "title": "CFO"}
            """;

    @TempDir
    Path data;

    private final CamelContext camel = PlainCamel.create();
    private RecordingServer vendor;

    @BeforeEach
    void startVendor() throws IOException {
        vendor = new RecordingServer();
    }

    @AfterEach
    void stop() {
        camel.stop();
        vendor.close();
    }

    private void start(String sink, String lookup, String... more) throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("gtm.data", data.toString());
        camel.getPropertiesComponent().addOverrideProperty("people-ai.api-key", "some-key");
        camel.getPropertiesComponent().addOverrideProperty("people-ai.base-url", vendor.url());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:people").routeId("people").to("kamelet:lookup-store-sink/people:1?store=people" + sink);
                var calls = from("direct:calls").routeId("calls")
                        .to("kamelet:lookup-store-action/calls:1?store=people&as=person" + lookup);
                for (String each : more) {
                    calls.to(each);
                }
            }
        });
        camel.start();
    }

    /** Enough that some are sent while the last one waits. */
    private static String adasAndEve() {
        return "{\"email\":\"ada@x.example\"}\n".repeat(5) + "{\"email\":\"eve@x.example\"}\n";
    }

    private static String request(String map) {
        return "kamelet:people-ai-request-sink/calls:2?method=PUT&url=/calls&maxInFlight=1&map=RAW(" + map + ")";
    }

    private InputSummary deliver(String flow, String records) throws Exception {
        return deliver(flow, records, new InputProgress());
    }

    private InputSummary deliver(String flow, String records, InputProgress progress) throws Exception {
        progress.countOnly(records);
        Exchange done = camel.createProducerTemplate().request("direct:" + flow, each -> {
            each.getMessage().setBody(records);
            each.setProperty(InputProgress.PROPERTY, progress);
        });
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
    }

    private List<String> sent() {
        return vendor.arrived().stream().map(RecordingServer.Arrived::body).toList();
    }

    private List<JsonNode> deadLetters(String flow) {
        return new DataDirectory(data).deadLetters(flow, each -> true);
    }

    @Test
    void aRecordGetsWhatTheStoreHasForItAndAMissingOneIsRejectedWithItsLine() throws Exception {
        start("&key=email_address&keep=id,owner.id", "&by=rep.email",
                request("person = {person.id} {person.owner.id|none}"));
        assertThat(deliver("people", PEOPLE).delivered()).isEqualTo(2);

        InputSummary summary = deliver("calls", """
                {"n":1,"rep":{"email":"ADA@X.EXAMPLE"}}
                {"n":2,"rep":{"email":"eve@x.example"}}
                {"n":3,"rep":{"email":"bob@x.example"}}
                {"n":4}
                nothing
                {"n":6,"rep":{"email":"bob@x.example"},"person":{"id":1}}
                """);

        assertThat(summary).extracting(InputSummary::read, InputSummary::delivered, InputSummary::rejected)
                .containsExactly(6L, 3L, 3L);
        assertThat(sent()).containsExactly(
                "{\"n\":1,\"rep\":{\"email\":\"ADA@X.EXAMPLE\"},\"person\":\"41 7\"}",
                "{\"n\":3,\"rep\":{\"email\":\"bob@x.example\"},\"person\":\"42 none\"}",
                "{\"n\":6,\"rep\":{\"email\":\"bob@x.example\"},\"person\":\"42 none\"}");
        assertThat(deadLetters("calls")).extracting(each -> each.path("line").asInt(), each -> each.path("reason").asText())
                .contains(tuple(2,
                        "the store people has no record whose email_address is the rep.email of this record. Correct the "
                                + "attribute, or have the flow that fills the store read the list again"),
                        tuple(4,
                                "it has no rep.email, by which the store people is searched (parameter by of "
                                        + "lookup-store-action)"));
        // As it came in, so that a replay looks it up again.
        assertThat(deadLetters("calls").get(0).path("record").toString())
                .isEqualTo("{\"n\":2,\"rep\":{\"email\":\"eve@x.example\"}}");
    }

    @Test
    void progressOfTheInputCountsAsWithoutALookup() throws Exception {
        start("&key=id", "&by=person_id", request("id = {person.id}"));
        deliver("people", PEOPLE);
        InputProgress progress = new InputProgress();
        progress.add(ProgressLog.Note.SETTLED, new InputProgress.DestinationKey("calls:2-delivery", "people-ai-request"),
                Ranges.of(0));

        InputSummary summary = deliver("calls", "{\"n\":1,\"person_id\":41}\n{\"n\":2,\"person_id\":\"42\"}\n", progress);

        assertThat(summary.read()).isEqualTo(1);
        assertThat(sent()).containsExactly("{\"n\":2,\"person_id\":\"42\",\"person\":{\"id\": 42, "
                + "\"email_address\": \"bob@x.example\", \"title\": \"CFO\"},\"id\":42}");
        assertThat(progress.all().values()).singleElement()
                .satisfies(each -> assertThat(each.settled().cardinality()).isEqualTo(2));
    }

    @Test
    void aRecordFileHasTheFoundRecordsToo() throws Exception {
        start("&key=email_address&keep=id", "&by=email", "kamelet:record-file-sink?directory=" + data.resolve("out"));
        deliver("people", PEOPLE);

        deliver("calls", "[{\"email\":\n\"bob@x.example\"},{\"email\":\"eve@x.example\"}]");

        assertThat(new DataDirectory(data).path().resolve("out").toFile().listFiles()).hasSize(1);
        assertThat(Files.readString(data.resolve("out").toFile().listFiles()[0].toPath()))
                .isEqualToIgnoringWhitespace("{\"email\":\"bob@x.example\",\"person\":{\"id\":42}}");
        assertThat(deadLetters("calls")).singleElement().satisfies(each -> assertThat(each.path("reason").asText())
                .startsWith("the store people has no record whose"));
    }

    @Test
    void aMissingRecordCanPass() throws Exception {
        start("&key=email_address&keep=id", "&by=email&missing=pass", request("id = {person.id|drop}"));
        deliver("people", PEOPLE);

        assertThat(deliver("calls", "{\"email\":\"eve@x.example\"}\n{}\n").delivered()).isEqualTo(2);
        assertThat(sent()).containsExactly("{\"email\":\"eve@x.example\"}", "{}");
    }

    @Test
    void aMissingRecordCanWaitForTheOtherFlow() throws Exception {
        start("&key=email_address&keep=id", "&by=email&missing=wait", request("id = {person.id}"));
        deliver("people", PEOPLE);
        CompletableFuture<InputSummary> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return deliver("calls", adasAndEve());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> !sent().isEmpty());
        deliver("people", "{\"id\":43,\"email_address\":\"eve@x.example\"}\n");

        assertThat(waiting.get().delivered()).isEqualTo(6);
        assertThat(sent()).hasSize(6);
    }

    @Test
    void aStopEndsTheWaitAndTheInputStaysWithItsSource() throws Exception {
        start("&key=email_address", "&by=email&missing=wait", request("id = {person.id}"));
        deliver("people", PEOPLE);
        CompletableFuture<Throwable> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                deliver("calls", adasAndEve());
                return null;
            } catch (Exception e) {
                return e;
            }
        });
        await().atMost(Duration.ofSeconds(20)).until(() -> !sent().isEmpty());
        // A direct: route goes on until the time for a stop is up; a source ends at once.
        camel.getShutdownStrategy().setTimeout(1);
        camel.getRouteController().stopRoute("calls");

        assertThat(waiting.get()).isNotNull().message().contains("the flow was stopped");
        assertThat(deadLetters("calls")).isEmpty();
    }

    @Test
    void afterTheWaitingTimeItIsRejected() throws Exception {
        start("&key=email_address", "&by=email&missing=wait&waitFor=1ms", request("id = {person.id}"));
        deliver("people", PEOPLE);

        assertThat(deliver("calls", "{\"email\":\"eve@x.example\"}\n{\"email\":\"f@x.example\"}\n").rejected()).isEqualTo(2);
    }

    @Test
    void withoutAStoreTheInputStaysWithItsSource() throws Exception {
        start("&key=email_address", "&missing=pass", request("id = 1"));

        assertThatThrownBy(() -> deliver("calls", "{\"n\":1}\n")).hasMessageStartingWith("calls: ")
                .hasMessageContaining(": the store people does not exist yet. Start a flow that "
                        + "ends with lookup-store-sink and store: people");
        DestinationStatus status = DestinationRegistry.of(camel).of("calls").get(0);
        assertThat(status.inputKept()).get().extracting(KeptInput.Note::reason).asString().contains("does not exist yet");
        assertThat(status.tally().lastFailure()).get().asString().contains("does not exist yet");
        assertThat(sent()).isEmpty();
        deliver("people", PEOPLE);
        assertThat(deliver("calls", "{\"email_address\":\"ada@x.example\"}\n").delivered()).isEqualTo(1);
        assertThat(status.inputKept()).isEmpty();
    }

    @Test
    void aKeyThatDoesNotFitIsToldAndNothingIsSent() throws Exception {
        start("&key=email_address", "&by=email,name", request("id = 1"));
        deliver("people", PEOPLE);

        assertThatThrownBy(() -> deliver("calls", "{\"n\":1}\n")).hasMessageContaining("by has 2 attributes")
                .hasMessageNotContaining("\n");
        assertThat(sent()).isEmpty();
    }

    @Test
    void recordsWithoutTheKeyAreRejectedOrPassedOver() throws Exception {
        start("&key=email_address", "", request("id = 1"));
        InputSummary strict = deliver("people", "{\"id\":1}\n{\"id\":2,\"email_address\":\"\"}\n" + PEOPLE);

        assertThat(strict).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(2L, 2L);
        assertThat(deadLetters("people").get(0).path("reason").asText()).contains("email_address");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:more").routeId("more")
                        .to("kamelet:lookup-store-sink/more:1?store=people&key=email_address&required=RAW()");
            }
        });
        InputSummary lenient = deliver("more", "{\"id\":1}\n{\"id\":2,\"email_address\":null}\n");
        assertThat(lenient).extracting(InputSummary::delivered, InputSummary::rejected).containsExactly(2L, 0L);
        assertThat(LookupStores.of(camel).find(data, "people").size()).isEqualTo(2);
    }

    @Test
    void aPreviewShowsWhatWouldBeKept() throws Exception {
        start("&key=email_address&keep=id", "", request("id = 1"));
        Preview preview = new Preview();
        camel.createProducerTemplate().request("direct:people", each -> {
            each.getMessage().setBody(PEOPLE);
            each.setProperty(Preview.PROPERTY, preview);
        });

        assertThat(preview.requests()).extracting(each -> new String(each.body()))
                .containsExactly("{\"id\":41}", "{\"id\":42}");
        assertThat(data.resolve("state/lookup")).doesNotExist();
    }

    @Test
    void eachOfManyRecordsIsFound() throws Exception {
        start("&key=id&keep=id", "&by=n", "kamelet:record-file-sink?directory=" + data.resolve("out"));
        deliver("people", IntStream.range(0, 20_000).mapToObj(i -> "{\"id\":" + i + ",\"x\":\"y\"}\n")
                .collect(Collectors.joining()));

        deliver("calls", IntStream.range(0, 20_000).mapToObj(i -> "{\"n\":" + i + "}\n").collect(Collectors.joining()));

        assertThat(Files.readAllLines(data.resolve("out").toFile().listFiles()[0].toPath())).hasSize(20_000)
                .contains("{\"n\":777,\"person\":{\"id\":777}}");
        assertThat(deadLetters("calls")).isEmpty();
    }

    @Test
    void mistakesAreToldBeforeTheFirstRecord() {
        assertThatThrownBy(() -> start("&key=email_address", "&missing=hold", request("id = 1")))
                .rootCause().hasMessage("missing is 'hold'. Enter reject, pass or wait");
        assertThatThrownBy(() -> new JoinedAttribute("a.b")).hasMessage("as is 'a.b'. Enter the name of one attribute, such "
                + "as person");
        assertThatThrownBy(() -> LookupStores.name("../x"))
                .hasMessageStartingWith("store is '../x'. Use at most 64 letters");
        assertThatThrownBy(() -> new StoreWriter().setKey(" ")).hasMessageStartingWith("key is blank. ");
    }
}
