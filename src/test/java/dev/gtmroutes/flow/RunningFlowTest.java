// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.flow.RunningFlow.Wish;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a flow whose file is gone. */
class RunningFlowTest {

    private static final Path FILE = Path.of("calls.yaml");

    @TempDir
    Path data;

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

            flow.want(new Wish(FILE, new FlowVersion(FILE, """
                    - route:
                        id: calls
                        from:
                          uri: direct:calls
                          steps:
                            - to: {uri: "log:calls"}
                    """, Set.of("calls"), Map.of(), Map.of()), Set.of("calls"), List.of(), List.of(), false));
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
