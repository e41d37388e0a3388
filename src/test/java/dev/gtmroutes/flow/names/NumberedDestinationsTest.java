// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.names;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.gtmroutes.delivery.changed.OpenForms;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in the data directory when a flow is loaded. */
class NumberedDestinationsTest {

    @TempDir
    Path data;
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void begin() {
        Properties properties = new Properties();
        properties.put("gtm.data", data.toString());
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.start();
    }

    @AfterEach
    void end() {
        camel.stop();
    }

    private void remember(String flow, String destination) throws IOException {
        FormFolder folder = FormFolder.of(data, flow, destination);
        try (DeliveredForms forms = DeliveredForms.open(folder,
                new FormFolder.About(flow, destination, "template", List.of("id")), new Disk())) {
            forms.write(List.of(new RecordForm(KeyHash.of(List.of("7")), 1)));
        }
    }

    private List<String> remembered() throws IOException {
        return FormFolder.all(data).stream().map(each -> each.flow() + " " + each.destination()).toList();
    }

    private void load(RouteDefinition flow) throws IOException {
        OwnKamelets.name(flow);
        new NumberedDestinations(camel).takeOver(flow.getId(), OwnKamelets.names(flow));
        new NumberedDestinations(camel).forgetOthers(flow.getId(), OwnKamelets.routeIds(flow));
    }

    private static RouteDefinition flow() {
        return new RouteDefinition("direct:calls").routeId("calls");
    }

    @Test
    void aDestinationThatAFlowNoLongerHasRemembersNothing() throws Exception {
        for (String each : List.of("crm", "crm2", "own", "dynamic", "a-b")) {
            remember("calls", each);
        }
        remember("others", "crm");
        RouteDefinition flow = flow();
        flow.to("kamelet:a-b-sink?map=x/y");
        flow.choice().when(exchange -> true).to("kamelet:a-sink").id("crm2").end();
        flow.to("kamelet:a-sink/own?x=/z").toD("kamelet:a-sink/dynamic");
        load(flow);
        assertThat(remembered()).containsExactlyInAnyOrder("calls a-b", "calls crm2", "calls own", "calls dynamic",
                "others crm");

        load(flow());
        assertThat(remembered()).containsExactly("others crm");
    }

    @Test
    void aDeliveryWithoutATemplateKeepsItsEventsAndItsPause() throws Exception {
        Files.writeString(data.resolve("VERSION"), "1\n");
        Files.createDirectories(data.resolve("responses/calls.1"));
        Files.writeString(data.resolve("responses/calls.1/intake-1.ndjson"), "{}\n");
        Files.createDirectories(data.resolve("state/paused"));
        Files.writeString(data.resolve("state/paused/calls%3A1.json"), "{}");
        RouteDefinition flow = flow();
        flow.to("kamelet:http-delivery-sink?template=a");
        load(flow);
        String routeId = OwnKamelets.routeIds(flow).iterator().next();
        assertThat(routeId).isEqualTo("calls:http-delivery-step");
        assertThat(data.resolve("responses/calls.http-delivery-step/intake-1.ndjson")).exists();
        assertThat(data.resolve("responses/calls.1")).doesNotExist();
        assertThat(data.resolve("state/paused/calls%3Ahttp-delivery-step.json")).exists();
        assertThat(data.resolve("state/paused/calls%3A1.json")).doesNotExist();
        assertThat(Outboxes.isDelivery("calls", routeId)).isTrue();
    }

    @Test
    void aDeletedFlowRemembersNothing() throws Exception {
        remember("calls", "crm");
        remember("others", "crm");
        OpenForms.forget(camel, "calls");
        assertThat(remembered()).containsExactly("others crm");
        NumberedDestinations.NONE.takeOver("others", Map.of());
        NumberedDestinations.NONE.forgetOthers("others", Set.of());
        assertThat(remembered()).containsExactly("others crm");
    }
}
