// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static dev.gtmroutes.sandbox.Caller.BULK;
import static dev.gtmroutes.sandbox.Caller.CALL;
import static dev.gtmroutes.sandbox.Caller.array;
import static dev.gtmroutes.sandbox.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What People.ai's stand-in accepts, and how it refuses the rest. */
class StrictnessTest {

    private static final int TEN_MB = 10 * 1024 * 1024;

    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0);
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void acceptsOneObject() {
        HttpResponse<String> response = caller.put(CALL, "{\"a\":{\"b\":[1,null,\"\u00e9\"]}}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\",\"accepted\":1}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void acceptsOneToHundredObjects(int records) {
        HttpResponse<String> response = caller.put(BULK, array(records));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"status\":\"ok\",\"accepted\":" + records + "}");
    }

    @Test
    void acceptsChunkedBodies() {
        byte[] body = array(100).getBytes(StandardCharsets.UTF_8);

        assertThat(caller.put(BULK, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))).body())
                .contains("\"accepted\":100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            BULK + " | []               | the array is empty; it must have 1 to 100 elements",
            BULK + " | [{},{},3]        | element 2 is a number, not an object",
            BULK + " | [[],{}]          | element 0 is an array, not an object",
            BULK + " | [{},null]        | element 1 is null, not an object",
            BULK + " | [{},'x',true]    | element 1 is a string, not an object",
            BULK + " | {'a':1}          | the body is an object, not an array",
            BULK + " | true             | the body is a boolean, not an array",
            CALL + " | [{}]             | the body is an array, not an object",
            CALL + " | 'text'           | the body is a string, not an object",
            CALL + " | null             | the body is null, not an object",
    })
    void refusesTheWrongShape(String path, String body, String why) {
        HttpResponse<String> response = caller.put(path, body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).get("error").textValue()).isEqualTo(why);
    }

    @Test
    void refusesElementHundredAndOne() {
        HttpResponse<String> response = caller.put(BULK, array(101));

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(json(response).get("error").textValue())
                .isEqualTo("element 100 is one too many; the array must have 1 to 100 elements, 101 were sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "{", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "{\"a\":NaN}", "{\"a\":01}",
            "{} {}", "{}x", "{\"a\":1}]", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"c\":2,\"b\":3}}", "{/**/}",
            "{\"a\":\"\n\"}", "\ufeff{}", "{\"a\":\"\\x\"}"})
    void refusesMalformedJson(String body) {
        HttpResponse<String> response = caller.put(CALL, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").textValue()).startsWith("malformed JSON: ").doesNotContain("\n");
    }

    @Test
    void refusesOtherEncodingsThanUtf8() {
        assertThat(caller.put(CALL, BodyPublishers.ofByteArray("{}".getBytes(StandardCharsets.UTF_16LE))).statusCode())
                .isEqualTo(400);
        assertThat(caller.put(CALL, BodyPublishers.ofByteArray(
                "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1))).statusCode()).isEqualTo(400);
    }

    @Test
    void refusesWhatNoParserWantsToRead() {
        assertThat(caller.put(BULK, "[".repeat(2000) + "]".repeat(2000)).statusCode()).isEqualTo(400);
        assertThat(caller.put(CALL, "{\"" + "n".repeat(60_000) + "\":1}").statusCode()).isEqualTo(400);
    }

    @Test
    void callsMalformedWhatIsAlsoOfTheWrongShape() {
        assertThat(caller.put(BULK, "[1,2").statusCode()).isEqualTo(400);
        assertThat(caller.put(BULK, "[{\"a\":1,\"a\":1},3]").statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "", "sandbox-key2", "Sandbox-Key", "Bearer sandbox-key"})
    void refusesAnotherKey(String key) {
        HttpResponse<String> response = Caller.send(
                caller.peopleAi(CALL).setHeader("X-API-Key", key).PUT(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"error\":\"the API key is missing or wrong\"}");
    }

    @Test
    void refusesNoKeyAndTwoKeys() {
        HttpRequest.Builder none = HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai") + CALL))
                .header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{}"));
        HttpRequest.Builder two = caller.peopleAi(CALL).header("X-API-Key", "sandbox-key")
                .PUT(BodyPublishers.ofString("{}"));

        assertThat(Caller.send(none).statusCode()).isEqualTo(401);
        assertThat(Caller.send(two).statusCode()).isEqualTo(401);
    }

    @Test
    void acceptsTheKeyItWasGivenInsteadOfItsOwn() {
        sandbox.accept("people-ai", "another");

        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(401);
        assertThat(Caller.send(caller.peopleAi(CALL).setHeader("X-API-Key", "another")
                .PUT(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(200);
    }

    @Test
    void looksAtTheKeyBeforeAnythingElse() {
        HttpRequest.Builder request = caller.peopleAi("/nowhere").setHeader("X-API-Key", "wrong")
                .setHeader("Content-Type", "text/plain").POST(BodyPublishers.ofString("{"));

        assertThat(Caller.send(request).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/activities/calls", "/activities/call/", "/activity", "", "/activities/Call",
            "/activities//call"})
    void doesNotKnowOtherPaths(String path) {
        HttpResponse<String> response = caller.put(path, "{}");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).get("error").textValue()).isEqualTo("the sandbox knows no endpoint with this path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v0/public/activities/call", "/salesforce/x", "/people-ai", "/sandboxes"})
    void doesNotKnowPathsOutsideAVendor(String path) {
        assertThat(caller.control("GET", path, "").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "DELETE", "HEAD", "OPTIONS"})
    void refusesOtherMethods(String method) {
        HttpResponse<String> response = Caller.send(caller.peopleAi(CALL).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, PUT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-ndjson", "application/json; charset=iso-8859-1",
            "application/jsonx", "*/*"})
    void refusesOtherContentTypes(String type) {
        HttpResponse<String> response = Caller.send(
                caller.peopleAi(CALL).setHeader("Content-Type", type).PUT(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void refusesAMissingContentType() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai") + CALL))
                .header("X-API-Key", "sandbox-key").PUT(BodyPublishers.ofString("{}"));

        assertThat(Caller.send(request).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "Application/JSON; charset=utf-8", "application/json;charset=\"UTF-8\""})
    void acceptsEveryWayToSayJson(String type) {
        assertThat(Caller.send(caller.peopleAi(CALL).setHeader("Content-Type", type)
                .PUT(BodyPublishers.ofString("{}"))).statusCode()).isEqualTo(200);
    }

    @Test
    void acceptsTenMegabytesAndNotAByteMore() {
        String most = object(TEN_MB);

        assertThat(caller.put(CALL, most).statusCode()).isEqualTo(200);
        assertThat(caller.put(CALL, object(TEN_MB + 1)).statusCode()).isEqualTo(413);
        assertThat(caller.put(CALL, BodyPublishers.ofInputStream(
                () -> new ByteArrayInputStream((most + " ").getBytes(StandardCharsets.UTF_8)))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void acceptsHttp11AndAConnectionThatIsUsedAgain() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < 3; i++) {
            HttpRequest request = caller.peopleAi(CALL).expectContinue(i == 1)
                    .PUT(BodyPublishers.ofString("{}")).build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    private static String object(int length) {
        return "{\"a\":\"" + "x".repeat(length - 8) + "\"}";
    }
}
