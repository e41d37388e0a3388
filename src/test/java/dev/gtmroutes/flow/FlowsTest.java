// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.BadFlows;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.flow.files.FlowFile;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class FlowsTest {

    @Inject
    Flows flows;

    @Inject
    CamelContext camel;

    DataDirectory data;

    static Stream<Arguments> mistakes() {
        return BadFlows.told().entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeIsToldInOneLineWithFileAndLine(String name, String told) {
        FlowFile file = flows.files().stream().filter(each -> FlowFile.stem(each.path()).equals(name)).findFirst()
                .orElseThrow();

        assertThat(file.problems()).singleElement().asString().contains(told).doesNotContain("\n");
    }

    @Test
    void aBadFileKeepsNothingButItselfFromRunning() {
        assertThat(flows.files().stream().filter(each -> each.isLoaded()).flatMap(each -> each.flows().stream()))
                .contains("calls", "single", "tapped", "inactive");
        assertThat(camel.getRouteController().getRouteStatus("calls").isStarted()).isTrue();
        assertThat(camel.getRoutes()).noneMatch(each -> each.getRouteId().startsWith("bad-"));
        assertThat(camel.getRoutes()).noneMatch(each -> each.getEndpoint().getEndpointUri().contains("inbox/bad-"));
    }

    @Test
    void aFlowThatIsNotActivatedTakesNothing() {
        // It waits for what is loaded last, and so its directory is there.
        assertThat(flows.knows("inactive")).isTrue();
        data.drop("inactive", "waiting.ndjson", "{\"id\":\"waiting\"}\n");
        // Its neighbour takes what is dropped later, so the inactive one has been passed over by then.
        data.deliver("calls", "after-waiting.ndjson", "{\"id\":\"after-waiting\"}\n");

        assertThat(camel.getRouteController().getRouteStatus("inactive").isStopped()).isTrue();
        assertThat(data.inbox("inactive").resolve("waiting.ndjson")).exists();
    }

    @Test
    void aFileThatCannotBeLoadedStillHasAnInbox() {
        assertThat(flows.knows("bad-quote")).isTrue();
        assertThat(flows.knows("nowhere")).isFalse();
    }
}
