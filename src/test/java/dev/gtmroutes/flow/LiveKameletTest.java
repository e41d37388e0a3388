// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.flow.files.FlowFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Templates, vendor APIs and the delivery that are edited while flows use them. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LiveKameletTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String HEADERS = "requestHeaders: \"RAW({{requestHeaders}})\"";

    @Inject
    Flows flows;

    @Inject
    CamelContext camel;

    TestDestination destination;
    DataDirectory data;
    private LiveRoutes live;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
    }

    /** A template with parts of its own: other flows do not use them. */
    private Path template(String name, UnaryOperator<String> edit) {
        return live.kamelet(name + "-sink", "people-ai/people-ai-push-call-activity-sink", text -> edit.apply(text
                .replace("kamelet:people-ai-api-action/people-ai-", "kamelet:" + name + "-api-action/" + name + "-")
                .replace("kamelet:http-delivery-sink", "kamelet:" + name + "-delivery-sink")));
    }

    private Path api(String name, UnaryOperator<String> edit) {
        return live.kamelet(name + "-api-action", "people-ai/people-ai-api-action", text -> edit.apply(text
                .replace("default: \"\"", "default: \"{{people-ai.api-key}}\"")));
    }

    private Path delivery(String name, UnaryOperator<String> edit) {
        return live.kamelet(name + "-delivery-sink", "delivery/http-delivery-sink", edit);
    }

    private void flowWithOwnParts(String name) {
        delivery(name, text -> text);
        api(name, text -> text);
        template(name, text -> text);
        live.write(name, LiveRoutes.flow(name, "1", name + "-sink"));
        live.awaitVersion(name, "1");
    }

    private void awaitProblem(String told) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(flows.problems()).anyMatch(each -> each.toString().contains(told)));
    }

    private void awaitNoProblem(String file) {
        await().atMost(SOON).until(() -> flows.problems().stream().noneMatch(each -> each.toString().contains(file)));
    }

    @Test
    void anEditOfATemplateReachesItsFlowsAndNoOthers() {
        flowWithOwnParts("lt");
        Route neighbour = camel.getRoute("calls");
        Route api = camel.getRoute("lt-default");

        template("lt", text -> text.replace(HEADERS, "requestHeaders: \"X-Version:template\""));

        live.awaitVersion("lt", "template");
        assertThat(camel.getRoute("calls")).isSameAs(neighbour);
        assertThat(camel.getRoute("lt-default")).as("the vendor API, with its token").isSameAs(api);
    }

    @Test
    void anEditOfTheDeliveryReachesItsFlows() {
        flowWithOwnParts("ld");

        delivery("ld", text -> text.replace("requestHeaders: \"{{requestHeaders}}\"",
                "requestHeaders: \"X-Delivery:2,{{requestHeaders}}\""));

        live.awaitHeader("ld", "x-delivery", "2");
    }

    @Test
    void anEditOfAVendorApiReachesItsFlowsAndThesePauseForNoStep() {
        flowWithOwnParts("la");
        Route flow = camel.getRoute("la");

        api("la", text -> text.replace("userAgent: gtm-routes", "userAgent: edited"));

        live.awaitHeader("la", "user-agent", "edited");
        assertThat(camel.getRoute("la")).isSameAs(flow);
        live.awaitVersion("la", "1");

        // The flow is edited afterwards, and uses the edited API.
        live.write("la", LiveRoutes.flow("la", "2", "la-sink"));
        live.awaitVersion("la", "2");
        live.awaitHeader("la", "user-agent", "edited");
    }

    @Test
    void aBadEditOfATemplateLeavesItsFlowsAndTheseCanBeEditedMeanwhile() {
        flowWithOwnParts("lb");

        Path file = template("lb", text -> text.replace(HEADERS, "requestHeaders: \"RAW({{noSuchParameter}})\""));
        awaitProblem("lb-sink.kamelet.yaml");
        await().atMost(SOON).until(() -> flows.files().stream().filter(each -> each.flows().contains("lb"))
                .allMatch(FlowFile::isOutdated));
        live.awaitVersion("lb", "1");

        live.write("lb", LiveRoutes.flow("lb", "2", "lb-sink"));
        live.awaitVersion("lb", "2");

        template("lb", text -> text.replace(HEADERS, "requestHeaders: \"X-Version:mended\""));
        live.awaitVersion("lb", "mended");
        awaitNoProblem(file.getFileName().toString());
    }

    @Test
    void anApiThatCannotBeMadeLeavesTheOneBefore() {
        flowWithOwnParts("lf");

        api("lf",
                text -> text.replace("responseTimeout: \"{{responseTimeout}}\"", "noSuchTimeout: \"{{responseTimeout}}\""));
        awaitProblem("noSuchTimeout");
        live.awaitVersion("lf", "1");

        api("lf", text -> text.replace("          - process: {ref: \"{{mask}}\"}\n", ""));
        awaitProblem("a response that contains the credential puts it into a dead letter");
        live.awaitVersion("lf", "1");

        api("lf", text -> text.replace("userAgent: gtm-routes", "userAgent: mended"));
        live.awaitHeader("lf", "user-agent", "mended");
        awaitNoProblem("lf-api-action");
    }

    @Test
    void aTemplateThatIsDeletedStaysInUseUntilItIsBack() throws Exception {
        flowWithOwnParts("lg");

        Path file = template("lg", text -> text);
        Files.delete(file);
        awaitProblem("unknown Kamelet lg-sink");
        live.awaitVersion("lg", "1");

        template("lg", text -> text.replace(HEADERS, "requestHeaders: \"X-Version:back\""));
        live.awaitVersion("lg", "back");
        awaitNoProblem("lg");
    }

    @Test
    void anApiThatIsLostIsReportedUntilItIsThereAgain() {
        String agent = "{{sys:gtm-test-agent}}";
        System.setProperty("gtm-test-agent", "of-the-system");
        delivery("lh", text -> text);
        api("lh", text -> text.replace("userAgent: gtm-routes", "userAgent: \"" + agent + "\""));
        template("lh", text -> text);
        live.write("lh", LiveRoutes.flow("lh", "1", "lh-sink"));
        live.awaitHeader("lh", "user-agent", "of-the-system");

        System.clearProperty("gtm-test-agent");
        api("lh", text -> text.replace("userAgent: gtm-routes", "userAgent: \"edited-" + agent + "\""));
        awaitProblem("lh-api-action.kamelet.yaml");
        awaitProblem("flows that call lh-api-action deliver no records until the file is corrected");
        data.drop("lh", "waiting.ndjson", "{\"test\":\"lh-waiting\"}\n");

        // What was missing is there again, and some other file is edited.
        System.setProperty("gtm-test-agent", "back");
        live.write("lh-other", LiveRoutes.flow("lh-other", "1"));
        awaitNoProblem("lh-api-action");
        data.awaitDone("lh", "waiting.ndjson");
        live.awaitHeader("lh", "user-agent", "edited-back");
        System.clearProperty("gtm-test-agent");
    }

    @Test
    void anApiThatIsDeletedIsReportedAndUsedUntilItIsBack() throws Exception {
        flowWithOwnParts("li");

        Path file = api("li", text -> text);
        Files.delete(file);
        awaitProblem("unknown Kamelet li-api-action");
        live.awaitVersion("li", "1");

        api("li", text -> text.replace("userAgent: gtm-routes", "userAgent: back"));
        live.awaitHeader("li", "user-agent", "back");
        awaitNoProblem("li-");
    }
}
