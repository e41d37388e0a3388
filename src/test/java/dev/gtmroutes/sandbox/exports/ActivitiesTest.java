// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paged reads of activities and their participants. */
class ActivitiesTest {

    private final Sandbox sandbox = Sandbox.start(0).setTime(Instant.parse("2025-06-15T12:00:00Z"));
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> get(String path) {
        return Caller.send(caller.peopleAi("/activities" + path).GET());
    }

    private JsonNode page(String path) {
        return Caller.json(get(path));
    }

    private static List<String> values(JsonNode page, String attribute) {
        List<String> values = new ArrayList<>();
        page.get("data").forEach(record -> values.add(record.get(attribute).textValue()));
        return values;
    }

    @Test
    void pagesAreTheWhole() {
        JsonNode whole = page("?from=2025-01-01&to=2025-01-05");
        List<String> uids = new ArrayList<>();
        for (int offset = 0; offset < 100; offset += 30) {
            JsonNode page = page("?from=2025-01-01&to=2025-01-05&limit=30&offset=" + offset);
            uids.addAll(values(page, "uid"));
            assertThat(page.at("/meta/limit").intValue()).isEqualTo(30);
            assertThat(page.at("/meta/offset").intValue()).isEqualTo(offset);
            assertThat(page.at("/meta/total").intValue()).isEqualTo(100);
        }

        assertThat(uids).hasSize(100).doesNotHaveDuplicates().isEqualTo(values(whole, "uid"));
        assertThat(page("?from=2025-01-01&to=2025-01-05&offset=500").get("data")).isEmpty();
        assertThat(page("?from=2020-01-01").get("data")).hasSize(1000);
    }

    @ParameterizedTest
    @CsvSource({
            "/email?from=2025-01-01&to=2025-01-05, 35", "/meeting?from=2025-01-01&to=2025-01-05, 35",
            "/call?from=2025-01-01&to=2025-01-05, 30", "/participants?from=2025-01-01&to=2025-01-05, 200",
            "?ingested-from=2025-01-02&ingested-to=2025-01-02, 20",
            "?from=2025-01-02&to=2025-01-02&ingested-from=2025-01-03, 2",
            "?last-n-days=1, 29", "?From=2025-01-01&start=x&account-ids=1, 609",
    })
    void findsWhatIsAskedForAndIgnoresWhatItDoesNotKnow(String path, int total) {
        assertThat(page(path).at("/meta/total").intValue()).isEqualTo(total);
    }

    @Test
    void withoutARangeItIsTheLastThirtyDays() {
        List<String> days = values(page(""), "timestamp");

        assertThat(days.get(0)).startsWith("2025-05-16");
        assertThat(days.get(days.size() - 1)).startsWith("2025-06-15T12");
        sandbox.passTime(Duration.ofHours(3));
        assertThat(values(page(""), "timestamp")).hasSizeGreaterThan(days.size());
        sandbox.activities().delete("2025-06-01-000000");
        assertThat(values(page(""), "uid")).doesNotContain("2025-06-01-000000").hasSizeGreaterThan(days.size());
    }

    @ParameterizedTest
    @CsvSource({"limit=0", "limit=100001", "limit=x", "offset=-1", "from=2025-13-01", "ingested-to=yesterday"})
    void refusesWhatCannotBeMeant(String query) {
        HttpResponse<String> refused = get("?" + query);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Caller.json(refused).get("error").textValue()).contains("'" + query.replaceAll("=.*", "") + "'");
    }

    @Test
    void takesBothFormsOfTheCredential() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai") + "/activities"));

        assertThat(Caller.send(request.copy().header("Authorization", "Bearer sandbox-key")).statusCode()).isEqualTo(200);
        assertThat(Caller.send(request.copy().header("Authorization", "sandbox-key")).statusCode()).isEqualTo(401);
        assertThat(Caller.send(request).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesTheSixthRequestOfASecond() {
        sandbox.limitRate("people-ai", 5, 3600);
        for (int i = 0; i < 5; i++) {
            assertThat(get("?limit=1").statusCode()).isEqualTo(200);
        }
        HttpResponse<String> refused = get("?limit=1");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void refusesTheEleventhRequestAtATime() throws IOException {
        sandbox.limitRate("people-ai", 100_000, 1);
        List<Socket> unfinished = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Socket socket = new Socket("127.0.0.1", sandbox.port());
            unfinished.add(socket);
            socket.getOutputStream().write("PUT /people-ai/v0/public/activities/call HTTP/1.1\r\nContent-Length: 9\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        }
        await().until(() -> get("?limit=1").statusCode() == 429);
        unfinished.get(0).close();
        await().until(() -> get("?limit=1").statusCode() == 200);
        for (Socket each : unfinished) {
            each.close();
        }
    }
}
