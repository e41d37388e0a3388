// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records posted over HTTP, all the way to the destination. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class IntakeFlowTest {

    @TestHTTPResource("/intake/")
    URI intake;

    TestDestination destination;
    DataDirectory data;

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> post(String flow, String type, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(intake.resolve(flow)).header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    /** Records that nothing would ever read must not be acknowledged. */
    @ParameterizedTest
    @CsvSource({"elsewhere, reads the folder", "elsewhere-off, reads the folder",
            "exported, its records come from people-ai-export-activities-source"})
    void aFlowThatDoesNotReadTheInboxTakesNoPosts(String flow, String why) throws Exception {
        HttpResponse<String> answer = post(flow, "application/json", "{\"test\":\"stranded\"}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(why).contains("Nothing was saved");
        assertThat(data.inbox(flow)).doesNotExist();
    }

    @Test
    void aFileInTheFolderThatAFlowReadsInsteadIsDelivered() throws Exception {
        Path file = Files.createDirectories(data.path().resolve("drops/elsewhere")).resolve("intake-1.ndjson");
        Files.writeString(file, "{\"test\":\"dropped\"}\n");

        await().atMost(Duration.ofSeconds(30)).until(() -> destination.accepted("dropped").size() == 1);
    }

    @Test
    void oneRecordPerRequestStillMakesLargeBatches() throws Exception {
        for (int i = 1; i <= 250; i++) {
            String record = "{\"test\":\"posted\",\"n\":" + i + "}";
            HttpResponse<String> answer = post("posted", "application/json", record);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(TestDestination.json(answer.body()).path("bytes").asInt()).isEqualTo(record.length());
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> destination.accepted("posted").size() == 250);

        // Three, if nothing kept the posts from following each other quickly.
        assertThat(destination.requests("posted")).hasSizeLessThan(25).extracting(RecordedRequest::records)
                .allMatch(records -> records <= 100);
        assertThat(destination.accepted("posted").stream().map(each -> each.path("n").asInt()).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 250).boxed().toList());
    }

    @Test
    void everyFormArrives() throws Exception {
        post("posted", "application/x-ndjson", "{\"test\":\"forms\",\"n\":1}\r\n\r\n{\"test\":\"forms\",\"n\":2}");
        post("posted", "application/json", "[{\"test\":\"forms\",\"n\":3},{\"test\":\"forms\",\"n\":4}]");
        post("posted", "text/csv; charset=utf-8", "test,n\nforms,5\n");
        post("posted", "application/json", "{\n  \"test\":\"forms\",\n  \"n\":6\n}");

        await().atMost(Duration.ofSeconds(30)).until(() -> destination.accepted("forms").size() == 6);
        assertThat(destination.accepted("forms").stream().map(each -> each.path("n").asInt()).sorted())
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void aFaultyRecordAmongGoodOnesIsRejectedWithTheLineOfItsRequest() throws Exception {
        post("posted", "application/x-ndjson", "{\"test\":\"faulty\",\"n\":1}\n{\"n\":\n{\"test\":\"faulty\",\"n\":3}\n");

        await().atMost(Duration.ofSeconds(30)).until(() -> destination.accepted("faulty").size() == 2);
        assertThat(data.deadLetters("posted", each -> each.path("record").asText().equals("{\"n\":"))).singleElement()
                .satisfies(each -> assertThat(each.path("line").asInt()).isEqualTo(2));
    }

    @Test
    void aFlowThatDoesNotRunStillTakesRecordsIn() throws Exception {
        assertThat(post("inactive", "application/json", "{\"test\":\"inactive\"}").statusCode()).isEqualTo(202);
        assertThat(post("bad-quote", "application/json", "{\"test\":\"bad\"}").statusCode()).isEqualTo(202);
        assertThat(post("nowhere", "application/json", "{}").statusCode()).isEqualTo(404);
    }
}
