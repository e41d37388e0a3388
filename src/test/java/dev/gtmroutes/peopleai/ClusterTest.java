// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.peopleai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Instances that share a directory of locks and one for state: a source reads on one of them. */
class ClusterTest {

    private static final String SOURCE = "people-ai-activities-source?startDate=2025-01-01&endDate=2025-01-05&pageSize=20";

    @TempDir
    private Path directory;

    private final Sandbox sandbox = Sandbox.start(0);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private PagedFlow instance(String name, boolean takes) throws Exception {
        return PagedFlow.inCluster(directory.resolve(name), directory.resolve("locks"), sandbox, SOURCE, chunk -> {
            if (!takes && chunk.getMessage().getHeader("CamelFileName", String.class).endsWith("p000002.ndjson")) {
                throw new RuntimeCamelException("no more");
            }
        }, "gtm.state", directory.resolve("state").toString());
    }

    private List<String> pages() {
        return sandbox.requests().stream().map(RecordedRequest::path)
                .map(path -> path.replaceAll(".*&offset=(\\d+)&.*", "$1")).toList();
    }

    private boolean isOver() throws Exception {
        Path state = directory.resolve("state/people-ai-activities/flow.json");
        return Files.exists(state) && Files.readString(state).contains("\"begun\" : null");
    }

    @Test
    void oneOfTwoInstancesReads() throws Exception {
        try (PagedFlow one = instance("one", true); PagedFlow two = instance("two", true)) {
            await().atMost(Duration.ofSeconds(30)).until(this::isOver);

            assertThat(Stream.of(one, two).map(each -> each.uids().size())).containsExactlyInAnyOrder(0, 100);
            assertThat(pages()).containsExactly("0", "20", "40", "60", "80");
        }
    }

    @Test
    void anotherInstanceGoesOnWhereTheFirstWasStopped() throws Exception {
        PagedFlow one = instance("one", false);
        await().atMost(Duration.ofSeconds(30)).until(() -> one.uids().size() == 40 && pages().size() == 3);
        try (PagedFlow two = instance("two", true)) {
            one.close();
            await().atMost(Duration.ofSeconds(30)).until(this::isOver);

            assertThat(one.uids()).hasSize(40);
            assertThat(two.uids()).hasSize(60).doesNotContainAnyElementsOf(one.uids());
            assertThat(pages())
                    .as("the page that the first did not deliver goes on as it was, in the folder that both share")
                    .containsExactly("0", "20", "40", "60", "80");
        }
    }
}
