// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.model.Model;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vendor APIs that users wrote for the first edition: a copy of one of ours, and a route of their own. */
class FirstEditionTest {

    private static final String COPY = "kamelet:acme-api-action/people-ai-default";

    @TempDir
    Path data;
    private final CamelContext camel = PlainCamel.create();
    private ScriptedApi api;

    @BeforeEach
    void start() throws Exception {
        api = new ScriptedApi();
        Properties settings = new Properties();
        settings.putAll(
                Map.of("people-ai.api-key", "first-key", "people-ai.base-url", api.url(), "gtm.data", data.toString(),
                        "people-ai.rate-limit", "none", "gtm.response-timeout", "3s", "gtm.retry-max-delay", "100ms"));
        camel.getPropertiesComponent().setOverrideProperties(settings);
        camel.getComponent("kamelet", KameletComponent.class).setLocation("classpath:kamelets,classpath:first-edition");
    }

    @AfterEach
    void stop() {
        camel.stop();
        api.close();
    }

    private InputSummary deliver(String vendor, String parameters, int records) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow")
                        .to("kamelet:http-delivery-sink/flow:1?template=first&method=POST&path=/things"
                                + "&api=" + vendor + parameters);
                from("direct:own").routeId("own").removeHeader("X-Secret")
                        .process(each -> {
                            each.getMessage().setHeader(Exchange.HTTP_URI, api.url() + each.getProperty("GtmUrl"));
                            each.getMessage().setHeader("X-API-Key", "own-key");
                        })
                        .to("http://own?throwExceptionOnFailure=false").removeHeader("X-API-Key");
                from("direct:silent").routeId("silent").to("direct:own").removeHeaders("*");
            }
        });
        camel.start();
        Exchange done = camel.createProducerTemplate().request("direct:flow",
                each -> each.getMessage().setBody(Delivery.records(records)));
        if (done.getException() != null) {
            throw done.getException();
        }
        return done.getProperty(InputSummary.PROPERTY, InputSummary.class);
    }

    @Test
    void aCopyOfOneOfOursDelivers() throws Exception {
        api.script(each -> each.number() == 1 ? Reply.of(503) : each.has(2) ? Reply.of(422, "{\"key\":\"first-key\"}")
                : Reply.of(200));

        InputSummary account = deliver(COPY, "&onceOnly=true", 3);

        assertThat(account.delivered()).isEqualTo(2);
        assertThat(account.rejected()).isEqualTo(1);
        assertThat(api.asked()).allSatisfy(each -> assertThat(each.headers().get("X-api-key")).containsExactly("first-key"));
        assertThat(new DataDirectory(data).deadLetters("flow", each -> true)).singleElement()
                .satisfies(each -> assertThat(each.path("answer").asText()).isEqualTo("{\"key\":\"***\"}"));
    }

    @Test
    void itTellsOfARequestThatMayHaveBeenCarriedOut() throws Exception {
        api.script(each -> each.has(2) ? Reply.none() : Reply.of(200));

        InputSummary account = deliver(COPY, "&onceOnly=true", 3);

        assertThat(account.held()).isEqualTo(1);
        assertThat(account.delivered()).isEqualTo(2);
        assertThat(api.asked()).hasSize(3);
    }

    @Test
    void aRouteOfTheirOwnGetsHeadersAndABody() throws Exception {
        api.script(each -> each.number() == 1 ? Reply.of(503) : each.has(2) ? Reply.of(422) : Reply.of(200));

        InputSummary account = deliver("direct:own", "&batch=true&batchSize=2", 4);

        assertThat(account.delivered()).isEqualTo(3);
        assertThat(account.rejected()).isEqualTo(1);
        assertThat(api.asked()).allSatisfy(each -> assertThat(each.headers().get("X-api-key")).containsExactly("own-key"));
        assertThat(api.asked()).allSatisfy(each -> assertThat(each.path()).isEqualTo("/things"));
    }

    @Test
    void nobodyTellsTheEditionOfAKameletThatIsBeingExchanged() throws Exception {
        deliver(COPY, "", 1);
        assertThat(FirstEdition.find(camel, COPY)).isPresent();

        camel.getCamelContextExtension().getContextPlugin(Model.class).removeRouteTemplateDefinitions("acme-api-action");

        assertThat(FirstEdition.find(camel, COPY)).isEmpty();
        assertThat(FirstEdition.find(camel, "direct:own")).contains(true);
    }

    @Test
    void whatLeavesNoStatusMayHaveBeenCarriedOut() throws Exception {
        InputSummary account = deliver("direct:silent", "&onceOnly=true", 2);

        assertThat(account.held()).isEqualTo(2);
        assertThat(api.asked()).hasSize(2);
        assertThat(new DataDirectory(data).deadLetters("flow", each -> true))
                .allSatisfy(each -> assertThat(each.path("reason").asText())
                        .startsWith("no response (the vendor API leaves no status)"));
    }
}
