// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import dev.gtmroutes.credential.Credential;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.flow.RunningFlow.Wish;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.log.LogComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a flow whose file is gone. */
class RunningFlowTest {

    private static final Path FILE = Path.of("calls.yaml");

    @TempDir
    Path data;

    private static Wish to(String endpoint) {
        return new Wish(FILE, new FlowVersion(FILE, """
                - route:
                    id: calls
                    from:
                      uri: direct:calls
                      steps:
                        - to: {uri: "%s"}
                """.formatted(endpoint), Set.of("calls"), Map.of(), Map.of()), Set.of("calls"), List.of(), List.of(), false);
    }

    @Test
    void aCredentialThatComesWhileItsFlowIsLoadedWithoutItIsNotMissed() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Templates templates = new Templates();
            templates.serve(camel);
            RunningFlow flow = new RunningFlow(camel, new FlowLoader(camel, templates), new FlowSwitch(camel));
            AtomicInteger loads = new AtomicInteger();
            camel.addComponent("vendor", new LogComponent() {
                @Override
                protected Endpoint createEndpoint(String uri, String rest, Map<String, Object> parameters) throws Exception {
                    if (loads.incrementAndGet() == 1) {
                        Credential credential = new Credential();
                        credential.setCamelContext(camel);
                        credential.setVendor("crm");
                        credential.setRouteId("crm-default");
                        credential.setApiKey("");
                        try {
                            credential.open();
                        } finally {
                            flow.tryAgain();
                        }
                    }
                    return super.createEndpoint(uri, rest, parameters);
                }
            });
            camel.start();

            flow.want(to("vendor:calls"));
            flow.settle();
            assertThat(flow.shown().problems()).singleElement().asString().contains("crm.api-key is missing");

            flow.settle();
            assertThat(camel.getRoute("calls")).isNotNull();
            assertThat(loads).hasValue(2);
        }
    }

    @Test
    void whatADeletedFlowRememberedIsDeletedButNotThatOfOneWithAMistake() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            Properties properties = new Properties();
            properties.put("gtm.data", data.toString());
            camel.getPropertiesComponent().setOverrideProperties(properties);
            Templates templates = new Templates();
            templates.serve(camel);
            camel.start();
            RunningFlow flow = new RunningFlow(camel, new FlowLoader(camel, templates), new FlowSwitch(camel));
            FormFolder folder = FormFolder.of(data, "calls", "crm");
            DeliveredForms.open(folder, new FormFolder.About("calls", "crm", "template", List.of("id")), new Disk()).close();

            flow.want(to("log:calls"));
            flow.settle();
            assertThat(camel.getRoute("calls")).isNotNull();
            flow.want(new Wish(FILE, null, Set.of("calls"), List.of("a mistake"), List.of(), false));
            flow.settle();
            assertThat(folder.exists()).isTrue();

            flow.want(Wish.gone(FILE));
            flow.settle();
            assertThat(camel.getRoute("calls")).isNull();
            assertThat(folder.exists()).isFalse();
        }
    }
}
