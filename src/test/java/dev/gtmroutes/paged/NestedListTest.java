// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.gtmroutes.PlainCamel;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Kamelet that begins with {@code rest-records-source}: Camel would drop what it hands on to {@code kamelet:sink}. */
class NestedListTest {

    @TempDir
    private Path data;

    private final List<Object> bodies = new CopyOnWriteArrayList<>();

    private CamelContext camel(ListServer server) throws Exception {
        CamelContext camel = PlainCamel.create();
        Properties properties = new Properties();
        properties.putAll(Map.of("salesloft.access-token", "secret", "salesloft.base-url", server.url(), "gtm.data",
                data.toString(), "salesloft.rate-limit", "none", "gtm.retry-max-delay", "50ms"));
        camel.getPropertiesComponent().setOverrideProperties(properties);
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("things-source")
                        .from("kamelet:rest-records-source/{{routeId}}:list"
                                + "?api=RAW(kamelet:salesloft-api-action/salesloft-default)&name=things"
                                + "&path=/page&paging=page")
                        .to("kamelet:sink");
                from("kamelet:things-source/flow:0").routeId("flow")
                        .process(exchange -> bodies.add(exchange.getMessage().getBody()));
            }
        });
        camel.start();
        return camel;
    }

    @Test
    void isRefusedRatherThanLosingRecords() throws Exception {
        try (ListServer server = new ListServer().filled(60);
                ListServer other = new ListServer().filled(60);
                CamelContext camel = camel(server);
                ListFlow flow = new ListFlow(data.resolve("other"), other, "path=/page&paging=page", ListFlow.TAKE)) {
            await().until(() -> flow.lines().size() == 60);

            assertThat(bodies).isEmpty();
            assertThat(server.requests()).isEmpty();
            assertThat(data.resolve("state/lists")).doesNotExist();
            assertThat(camel.getStatus().isStarted()).isTrue();
        }
    }
}
