// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.samples.RecordingServer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.component.PropertyConfigurerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code camel export} makes all routes once and starts none, to see what they need; where a setting is missing, it puts a
 * text of its own in its place (KameletMain with ExportPropertiesParser, in camel-kamelet-main). Here a plain Camel does the
 * same.
 */
class ExportTest {

    private static final Kamelets KAMELETS = Kamelets.in(Path.of("routes/kamelets"));

    private static final String ONE = """
            - route:
                id: exported
                from:
                  uri: direct:in
                  steps:
                    - to: {uri: kamelet:people-ai-push-call-activity-sink}
            """;

    @TempDir
    Path directory;

    private final List<CamelContext> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(CamelContext::stop);
    }

    /** Settings that are missing are this text, as there. */
    private static final class ExportParser extends DefaultPropertiesParser {

        @Override
        public String parseProperty(String key, String value, PropertiesLookup properties) {
            return value == null ? PropertyConfigurerSupport.MAGIC_VALUE : value;
        }
    }

    private CamelContext exporting() {
        DefaultCamelContext camel = PlainCamel.create();
        ((PropertiesComponent) camel.getPropertiesComponent()).setPropertiesParser(new ExportParser());
        camel.setAutoStartup(false);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("classpath:kamelets");
        started.add(camel);
        return camel;
    }

    private static void add(CamelContext camel, String flow) throws Exception {
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("file:flow.yaml", flow));
    }

    /**
     * Flows from each source to a template, and from a source to each template, with every parameter from a missing setting.
     */
    static Stream<String> flows() {
        List<String> sources = names("source");
        return Stream.concat(sources.stream().map(each -> flow(each, "people-ai-push-call-activity-sink")),
                names("sink").stream().filter(each -> !each.equals("http-delivery-sink"))
                        .map(each -> flow("inbox-source", each)));
    }

    private static List<String> names(String type) {
        return KAMELETS.all().stream().filter(each -> each.type().equals(type)).map(KameletDefinition::fileName).toList();
    }

    private static String flow(String source, String sink) {
        return """
                - route:
                    id: exported
                    from:
                      uri: kamelet:%s
                      parameters: {%s}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters: {%s}
                """.formatted(source, parameters(source), sink, parameters(sink));
    }

    /**
     * All texts from missing settings. Camel itself converts no such text to a number or a flag of a bean, an API is an
     * endpoint, and the name of a credential is part of one.
     */
    private static String parameters(String kamelet) {
        StringBuilder parameters = new StringBuilder();
        for (Parameter each : KAMELETS.find(kamelet).orElseThrow().parameters()) {
            boolean text = each.schema().get("type").text().equals("string")
                    && !Set.of("api", "credential").contains(each.name());
            if (text || each.required()) {
                parameters.append(parameters.isEmpty() ? "" : ", ").append(each.name()).append(": ")
                        .append(text ? "\"{{missing." + each.name() + "}}\""
                                : each.name().equals("api") ? each.schema().get("example").text() : "true");
            }
        }
        return parameters.toString();
    }

    @ParameterizedTest
    @MethodSource("flows")
    void aFlowWithSettingsThatAreMissingIsMade(String flow) throws Exception {
        CamelContext camel = exporting();
        add(camel, flow);
        camel.start();

        assertThat(camel.getRoutes()).extracting(route -> route.getRouteId()).contains("exported")
                .hasSizeGreaterThan(2);
        assertThat(camel.getRoutes()).allSatisfy(route -> assertThat(
                camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted()).isFalse());
    }

    private CamelContext notStartedByItself(String... settings) {
        DefaultCamelContext camel = PlainCamel.create();
        camel.setAutoStartup(false);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("classpath:kamelets");
        Properties all = new Properties();
        all.setProperty("gtm.data", directory.toString());
        for (int i = 0; i < settings.length; i += 2) {
            all.setProperty(settings[i], settings[i + 1]);
        }
        camel.getPropertiesComponent().setOverrideProperties(all);
        started.add(camel);
        return camel;
    }

    private Exception sent(String... settings) throws Exception {
        CamelContext camel = notStartedByItself(settings);
        add(camel, """
                - route:
                    id: exported
                    from:
                      uri: direct:in
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters: {batchTimeout: "{{wait}}", orderBy: a, groupBy: b}
                """);
        camel.start();
        camel.getRouteController().startAllRoutes();
        return camel.createProducerTemplate().send("direct:in", each -> each.getMessage().setBody("{\"n\":1}"))
                .getException();
    }

    /** A Camel that starts its routes later says with the first message what others say as they make the route. */
    @Test
    void valuesThatMakeNoSenseTogetherAreToldWithTheFirstMessage() throws Exception {
        assertThat(sent("people-ai.api-key", "some-key", "wait", "1000"))
                .hasMessageContaining("orderBy cannot be combined with groupBy");
    }

    @Test
    void aMissingCredentialPausesTheFlowThatIsStartedLater() throws Exception {
        CamelContext camel = notStartedByItself();
        add(camel, ONE);
        camel.start();
        camel.getRouteController().startAllRoutes();
        camel.createProducerTemplate().asyncSendBody("direct:in", "{\"n\":1}");

        await().untilAsserted(() -> assertThat(DestinationRegistry.of(camel).all()).singleElement()
                .satisfies(each -> assertThat(each.halt()).hasValueSatisfying(halt -> assertThat(halt.reason())
                        .contains("setting people-ai.api-key is missing. Enter it in the console"))));
    }

    @Test
    void aFlowThatIsStartedLaterDelivers() throws Exception {
        try (RecordingServer api = new RecordingServer()) {
            CamelContext camel = notStartedByItself("people-ai.api-key", "some-key", "people-ai.base-url", api.url(),
                    "people-ai.rate-limit", "none");
            add(camel, ONE);
            camel.start();
            camel.getRouteController().startAllRoutes();
            camel.createProducerTemplate().sendBody("direct:in", "{\"n\":1}\n{\"n\":2}\n");

            assertThat(api.arrived()).extracting(RecordingServer.Arrived::body).containsExactlyInAnyOrder("{\"n\":1}",
                    "{\"n\":2}");
            assertThat(Files.exists(directory.resolve("dead-letters"))).isFalse();
        }
    }
}
