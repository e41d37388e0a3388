// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows that read pages from People.ai and are edited in the middle of one. Each test reads a month of its own. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LivePagedSourceTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern UID = Pattern.compile("\"uid\":\"([^\"]*)\"");
    private static final String DESTINATION = "people-ai-push-batch-call-activities";
    private static final int PAGE = 60;

    @Inject
    CamelContext camel;

    TestDestination destination;
    Sandbox sandbox;
    DataDirectory data;
    private LiveRoutes live;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
        sandbox.misbehave(Misbehaviour.forEver().endpoint(DESTINATION).delayMs(50));
    }

    @AfterEach
    void behaveAgain() {
        sandbox.clearMisbehaviours();
    }

    /** Five days of a month, which are 100 records on two pages. */
    private static String flow(String id, String month, String parameters) {
        return """
                - route:
                    id: %1$s
                    autoStartup: true
                    from:
                      uri: kamelet:people-ai-activities-source
                      parameters: {startDate: "%2$s-01", endDate: "%2$s-05", pageSize: %3$d}
                      steps:
                        - to:
                            uri: kamelet:%4$s-sink
                            parameters: {maxInFlight: 1, %5$s}
                """.formatted(id, month, PAGE, DESTINATION, parameters);
    }

    /** Starts a flow, and returns when some records of its first page have arrived, but not all. */
    private String startedInMidPage(String id, String month) {
        String flow = flow(id, month, "batchSize: 2");
        live.write(id, flow);
        await().atMost(SOON).until(() -> uids(month).size() >= 6);
        return flow;
    }

    /** As often as each was accepted. */
    private List<String> uids(String month) {
        return destination.requestsWith("\"uid\":\"" + month).stream().filter(each -> each.accepted() > 0)
                .flatMap(each -> UID.matcher(TestDestination.text(each)).results()).map(each -> each.group(1)).toList();
    }

    private List<String> pages(String month) {
        return destination.requestsWith("").stream().map(RecordedRequest::path)
                .filter(path -> path.contains("from=" + month)).toList();
    }

    private Path state(String id) {
        return data.path().resolve("state/people-ai-activities/" + id + ".json");
    }

    private void awaitEnd(String id) {
        await().atMost(SOON).until(() -> Files.exists(state(id))
                && Files.readString(state(id)).contains("\"begun\" : null"));
    }

    @Test
    void theNewVersionGoesOnInsideThePage() {
        String month = "2025-02";
        String flow = startedInMidPage("paged-edited", month);
        live.write("paged-edited", flow.replace("batchSize: 2", "batchSize: 3"));
        await().atMost(SOON).until(() -> destination.requestsWith("\"uid\":\"" + month).stream()
                .anyMatch(each -> each.accepted() == 3));
        assertThat(pages(month)).as("still inside the first page").hasSize(1);
        live.write("paged-edited", flow.replace("batchSize: 2", "batchSize: 10, requestHeaders: \"X-Version:3\""));
        awaitEnd("paged-edited");

        assertThat(uids(month)).hasSize(100).doesNotHaveDuplicates();
        assertThat(pages(month)).as("no page was asked for twice").hasSize(2);
        live.delete("paged-edited");
    }

    @Test
    void anotherPageSizeCountsFromTheNextPageOn() {
        String month = "2025-03";
        String flow = startedInMidPage("paged-size", month);
        live.write("paged-size", flow.replace("pageSize: 60", "pageSize: 25").replace("batchSize: 2", "batchSize: 10"));
        awaitEnd("paged-size");

        assertThat(uids(month)).hasSize(100).doesNotHaveDuplicates();
        assertThat(pages(month)).extracting(each -> each.replaceAll(".*limit=(\\d+)&offset=(\\d+).*", "$1 $2"))
                .containsExactly("60 0", "25 60", "25 85");
        live.delete("paged-size");
    }

    @Test
    void aVersionThatReadsSomethingElseDeliversThePageInWorkFirst() {
        String flow = startedInMidPage("paged-other", "2025-04");
        live.write("paged-other", flow.replace("2025-04", "2025-05").replace("batchSize: 2", "batchSize: 50"));
        awaitEnd("paged-other");

        assertThat(uids("2025-04")).hasSize(PAGE).doesNotHaveDuplicates();
        assertThat(uids("2025-05")).hasSize(100).doesNotHaveDuplicates();
        live.delete("paged-other");
    }

    @Test
    void aFlowThatWasDeletedGoesOnInsideThePageThatIsOnTheDisk() {
        String month = "2025-06";
        String flow = startedInMidPage("paged-gone", month);
        live.delete("paged-gone");
        await().atMost(SOON).until(() -> camel.getRoutes().stream()
                .noneMatch(each -> each.getId().contains("paged-gone")));
        List<String> before = uids(month);
        live.write("paged-gone", flow.replace("batchSize: 2", "batchSize: 50"));
        awaitEnd("paged-gone");

        assertThat(before).hasSizeLessThan(PAGE);
        assertThat(uids(month)).hasSize(100).doesNotHaveDuplicates().contains(before.toArray(String[]::new));
        assertThat(pages(month)).as("no page was asked for twice").hasSize(2);
        live.delete("paged-gone");
    }
}
