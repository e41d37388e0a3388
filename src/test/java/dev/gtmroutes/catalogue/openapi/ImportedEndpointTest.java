// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.delivery.sample.SamplePayloads;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.trust.CallLimits;
import dev.gtmroutes.lint.trust.ConsoleLimits;
import dev.gtmroutes.samples.RecordingServer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imported endpoints deliver, and compare records with the schemas of their document. */
class ImportedEndpointTest {

    private static final String TEMPLATE = "signals-events-batch-create-sink";
    private static final String GOOD = "{\"at\":\"now\",\"subject\":{\"name\":\"Acme\"}}\n";
    private static final String BAD = "{\"at\":5,\"subject\":{\"name\":\"\"}}\n";

    @TempDir
    Path directory;

    private RecordingServer server;
    private DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        Path folder = directory.resolve("catalogue");
        Importing.of("cursor-31.yaml", "signals", "", folder).write();
        Importing.of("stripe-like.json", "payments", "", folder).write();
        for (Path file : Catalogue.files(directory)) {
            Catalogue.of(file, Importing.withoutLists(Files.readString(file))).folder(directory).write();
        }
        server = new RecordingServer();
        camel = PlainCamel.create();
        Properties settings = new Properties();
        settings.putAll(Map.of("signals.api-key", "some-key", "signals.base-url", server.url(), "payments.access-token",
                "some-token", "payments.base-url", server.url(), "gtm.data", directory.resolve("data").toString(),
                "gtm.routes", directory.toString()));
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("classpath:kamelets,file:"
                + directory.resolve("kamelets/signals") + ",file:" + directory.resolve("kamelets/payments"));
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        server.close();
    }

    private InputSummary deliver(String template, String parameters, String records) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow").to("kamelet:" + template + "/flow:1?" + parameters);
            }
        });
        Exchange done = camel.createProducerTemplate().request("direct:flow", each -> each.getMessage().setBody(records));
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
    }

    private List<String> reasons() {
        return new DataDirectory(directory.resolve("data")).deadLetters("flow", each -> true).stream()
                .map((JsonNode each) -> each.path("reason").asText()).toList();
    }

    @Test
    void recordsAreDeliveredInTheFormOfTheDocument() throws Exception {
        deliver(TEMPLATE, "batch=true", GOOD + BAD);

        assertThat(server.arrived()).singleElement().satisfies(each -> {
            assertThat(each.method() + " " + each.path()).isEqualTo("POST /events/batch");
            assertThat(each.headers().getFirst("X-Signals-Key")).isEqualTo("some-key");
            assertThat(each.body()).startsWith("{\"events\":[{\"at\":\"now\"").contains("\"type\":\"event\"}");
        });
        assertThat(reasons()).isEmpty();
    }

    @Test
    void aRecordThatDiffersFromTheSchemaIsRejectedBeforeItIsSentWhereAFlowWantsThat() throws Exception {
        deliver(TEMPLATE, "batch=true&checkSchema=true", GOOD + BAD);

        assertThat(server.arrived()).singleElement().satisfies(each -> assertThat(each.body()).doesNotContain(":5"));
        assertThat(reasons()).singleElement().asString()
                .contains("the attribute events.at has the wrong type. Allowed: string")
                .contains("the attribute events.subject.name");
    }

    @Test
    void aPreviewShowsInWhatRecordsDifferAndSendsNothing() throws Exception {
        Preview preview = new SamplePayloads(camel).of(TEMPLATE, Map.of(), GOOD + BAD + "{\"at\":\"now\"}\n");

        assertThat(preview.requests()).hasSize(2);
        assertThat(preview.refused()).singleElement().satisfies(each -> assertThat(each.reason()).contains("subject"));
        assertThat(preview.differences()).first()
                .isEqualTo(new Preview.Difference(2, "the attribute events.at has the wrong type. Allowed: string"));
        assertThat(preview.differences()).allSatisfy(each -> assertThat(each.line()).isEqualTo(2));
        assertThat(server.arrived()).isEmpty();
    }

    @Test
    void aFormHasTextsOnlySoThatANumberInOneIsANumber() throws Exception {
        Map<String, String> checked = Map.of("checkSchema", "true");
        SamplePayloads payloads = new SamplePayloads(camel);
        Preview good = payloads.of("payments-post-customers-sink", checked, "{\"email\":\"a\",\"balance\":\"5\"}");
        Preview bad = payloads.of("payments-post-customers-sink", checked, "{\"email\":\"a\",\"balance\":\"much\"}");

        assertThat(good.refused()).isEmpty();
        assertThat(bad.refused()).singleElement().satisfies(each -> assertThat(each.reason())
                .isEqualTo("the attribute balance has the wrong type. Allowed: integer"));
    }

    @Test
    void aFlowThatChecksIsRefusedWithoutItsSchema() throws Exception {
        Path schema = directory.resolve("catalogue/schemas/signals/events-batch-create.json");
        Files.writeString(schema, "{\"$ref\": \"" + server.url() + "/schema.json\"}");
        assertThatThrownBy(() -> deliver(TEMPLATE, "checkSchema=true", GOOD)).satisfies(each -> assertThat(
                Exceptions.text(each)).contains("schema").doesNotContain("\n"));
        assertThat(server.arrived()).isEmpty();

        Files.delete(schema);
        assertThatThrownBy(() -> deliver(TEMPLATE, "checkSchema=true", GOOD)).satisfies(each -> assertThat(
                Exceptions.text(each)).contains("the schema " + schema + " cannot be used: there is no file"));
    }

    /** It would tell whether there is such a file. */
    @Test
    void aFlowOfTheConsoleNamesNoOtherFile() {
        Kamelets known = Kamelets.in(directory.resolve("kamelets"));
        KameletDefinition template = known.find(TEMPLATE).orElseThrow();
        CallLimits limits = new CallLimits(known, ConsoleLimits.of(name -> Optional.empty()));

        assertThat(limits.check(template, Map.of("checkSchema", "true"), "")).isEmpty();
        assertThat(limits.check(template, Map.of("schema", "/etc/passwd"), "")).singleElement()
                .satisfies(each -> assertThat(each.message()).contains("is not allowed in flows of the console"));
    }
}
