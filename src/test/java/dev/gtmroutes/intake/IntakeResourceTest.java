// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.console.IntakeSender;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken and what is not. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class IntakeResourceTest extends IntakeSender {

    @Test
    void aRecordIsOnTheDiskWhenItIsAnswered() throws Exception {
        HttpResponse<String> answer = post("taken", "application/json", "{\"id\":1,\n \"n\":1.0}\n");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("application/json"));
        assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.readTree("{\"flow\":\"taken\",\"bytes\":19}"));
        assertThat(inbox.everything("taken")).contains("{\"id\":1,  \"n\":1.0}\n");
        await().untilAsserted(() -> assertThat(inbox.visible("taken")).singleElement().satisfies(
                file -> assertThat(file.getFileName().toString()).matches("intake-\\d{8}T\\d{9}Z-\\d{6}\\.ndjson")));
    }

    @Test
    void postsOneAfterTheOtherShareAFile() throws Exception {
        for (int i = 0; i < 250; i++) {
            assertThat(post("one-by-one", "application/json", "{\"id\":" + i + "}").statusCode()).isEqualTo(202);
        }

        List<String> expected = IntStream.range(0, 250).mapToObj(i -> "{\"id\":" + i + "}").toList();
        await().untilAsserted(() -> assertThat(inbox.visibleLines("one-by-one")).isEqualTo(expected));
        assertThat(inbox.visible("one-by-one")).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void postsAtTheSameTimeShareAFile() throws IOException {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 50)
                .mapToObj(i -> CLIENT.sendAsync(request("at-once", "application/json", "{\"id\":" + i + "}"),
                        BodyHandlers.ofString()))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(202));
        await().untilAsserted(() -> assertThat(inbox.visibleLines("at-once")).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, 50).mapToObj(i -> "{\"id\":" + i + "}").toList()));
        assertThat(inbox.visible("at-once")).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "application/ndjson", "application/jsonl",
            "application/x-jsonlines", "application/json-lines", "Application/JSON; charset=UTF-8",
            "application/json;charset=\"utf-8\""})
    void jsonTypesAreTaken(String type) throws Exception {
        assertThat(post("forms", type, "{\"id\":1}").statusCode()).isEqualTo(202);
    }

    @Test
    void csvIsTaken() throws Exception {
        assertThat(post("forms", "text/csv; charset=utf-8; header=present", "id,name\n77,\"a, b\"\n").statusCode())
                .isEqualTo(202);
        await().untilAsserted(() -> assertThat(inbox.visibleLines("forms")).contains("id,name", "77,\"a, b\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/vnd.x+json", "*/*", "application/*", "json",
            "application/json; charset=iso-8859-1", "application/json; charset=utf-16", ";;"})
    void otherTypesAreNot(String type) throws Exception {
        assertProblem(post("broken", type, "{\"id\":1}"), 415, "application/x-ndjson");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void aMissingTypeSaysWhatIsTaken() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve("broken"))
                .POST(BodyPublishers.ofString("{}")).build();
        assertProblem(CLIENT.send(request, BodyHandlers.ofString()), 415, "text/csv");
    }

    @ParameterizedTest
    @CsvSource({"unknown", "..%2f..%2fetc", "%2e%2e", ".intake", "a%3Cscript%3E", "a%22b"})
    void anUnknownFlowIsNotFound(String flow) throws Exception {
        HttpResponse<String> answer = post(flow, "application/json", "{}");
        assertThat(answer.statusCode()).isIn(404, 405);
        assertThat(answer.body()).doesNotContain("<script>").doesNotContain("a\"b");
        assertThat(data.resolve("inbox/unknown")).doesNotExist();
    }

    @Test
    void anUnknownFlowIsAProblem() throws Exception {
        assertProblem(post("unknown", "application/json", "{}"), 404,
                "There is no flow with this id. GET /api/flows lists the flows.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t \n"})
    void aBodyWithoutRecordsIsRefused(String body) throws Exception {
        assertProblem(post("broken", "application/x-ndjson", body), 400, "no records");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        for (String method : List.of("GET", "PUT", "DELETE")) {
            HttpRequest request = HttpRequest.newBuilder(intake.resolve("taken"))
                    .method(method, BodyPublishers.noBody()).build();
            assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        }
    }

    @Test
    void aPackedBodyIsUnpacked() throws Exception {
        HttpResponse<String> answer = postBytes("forms", "gzip", gzip("{\"id\":4711}".getBytes(UTF_8)));
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()).get("bytes").asInt()).isEqualTo(11);
        await().untilAsserted(() -> assertThat(inbox.visibleLines("forms")).contains("{\"id\":4711}"));
    }

    @Test
    void aPackedBodyOfSeveralMembersIsUnpackedToItsEnd() throws Exception {
        byte[] first = gzip("{\"id\":4712}\n".getBytes(UTF_8));
        byte[] second = gzip("{\"id\":4713}\n".getBytes(UTF_8));

        HttpResponse<String> answer = postChunks("forms", first, second);

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(JSON.readTree(answer.body()).get("bytes").asInt()).isEqualTo(24);
        await().untilAsserted(() -> assertThat(inbox.visibleLines("forms")).contains("{\"id\":4712}", "{\"id\":4713}"));
        assertProblem(postChunks("broken", first, Arrays.copyOf(second, 5)), 400, "read to its end");
        assertProblem(postChunks("broken", first, "no gzip".getBytes(UTF_8)), 400, "read to its end");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    /** Each part as a chunk of its own, as programs send that pack what they have and send it. */
    private HttpResponse<String> postChunks(String flow, byte[]... parts) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(intake.resolve(flow)).header("Content-Type", "application/x-ndjson")
                .header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArrays(List.of(parts))).build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    @Test
    void aBrokenPackedBodyIsRefused() throws Exception {
        assertProblem(postBytes("broken", "gzip", "{\"id\":1}".getBytes(UTF_8)), 400, "read to its end");
        byte[] whole = gzip(new Repeated(MEBIBYTE, 1 << 20).readAllBytes());
        assertProblem(postBytes("broken", "gzip", Arrays.copyOf(whole, whole.length - 9)), 400, "read to its end");
        assertThat(inbox.everything("broken")).isEmpty();
    }

    @Test
    void anotherEncodingIsNotTaken() throws Exception {
        assertProblem(postBytes("broken", "br", "{\"id\":1}".getBytes(UTF_8)), 415, "gzip");
    }

    @Test
    void aDiskThatTakesNothingIsAProblem() throws Exception {
        // What is only saved is loaded when the program answers already.
        await().until(() -> Files.exists(data.resolve("inbox/full")));
        Files.move(data.resolve("inbox/full"), data.resolve("before-it-was-full"));
        Files.createFile(data.resolve("inbox/full"));
        assertProblem(post("full", "application/json", "{\"id\":1}"), 507, "inbox");
        assertProblem(post("full", "application/json", "{\"id\":\"" + "x".repeat(100_000) + "\"}"), 507, "inbox");
    }
}
