// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static dev.gtmroutes.sandbox.Caller.BULK;
import static dev.gtmroutes.sandbox.Caller.BULK_ENDPOINT;
import static dev.gtmroutes.sandbox.Caller.CALL;
import static dev.gtmroutes.sandbox.Caller.CALL_ENDPOINT;
import static dev.gtmroutes.sandbox.Caller.array;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import dev.gtmroutes.sandbox.server.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox keeps of the requests it received, and how it shows it. */
class RecordingTest {

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
    void keepsTheRawRequest() {
        byte[] body = "[ {\"id\":1.50} ,{}]\n".getBytes();
        Instant before = Instant.now();
        caller.put(BULK, BodyPublishers.ofByteArray(body));

        assertThat(sandbox.requests()).singleElement().satisfies(request -> {
            assertThat(request.sequence()).isEqualTo(1);
            assertThat(request.time()).isBetween(before, Instant.now());
            assertThat(request.vendor()).isEqualTo("people-ai");
            assertThat(request.endpoint()).isEqualTo(BULK_ENDPOINT);
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/people-ai/v0/public" + BULK);
            assertThat(request.header("x-api-key")).isEqualTo("sandbox-key");
            assertThat(request.records()).isEqualTo(2);
            assertThat(request.accepted()).isEqualTo(2);
            assertThat(request.status()).isEqualTo(200);
            assertThat(request.misbehaved()).isFalse();
            assertThat(request.bodySize()).isEqualTo(body.length);
            assertThat(request.body()).isEqualTo(body);
        });
    }

    @Test
    void keepsTheQueryAsItCame() {
        caller.put(CALL + "?from=a%20b", "{}");

        assertThat(sandbox.requests()).singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/people-ai/v0/public" + CALL + "?from=a%20b"));
    }

    @Test
    void showsRequestsAsJson() {
        Caller.send(caller.peopleAi(CALL).header("X-Two", "a").header("X-Two", "b")
                .PUT(BodyPublishers.ofString("{\"name\":\"\u00e9\"}")));

        JsonNode request = caller.look("/sandbox/requests").get("requests").get(0);
        assertThat(request.get("sequence").longValue()).isEqualTo(1);
        assertThat(Instant.parse(request.get("time").textValue())).isBeforeOrEqualTo(Instant.now());
        assertThat(request.get("vendor").textValue()).isEqualTo("people-ai");
        assertThat(request.get("endpoint").textValue()).isEqualTo(CALL_ENDPOINT);
        assertThat(request.get("method").textValue()).isEqualTo("PUT");
        assertThat(request.get("path").textValue()).isEqualTo("/people-ai/v0/public" + CALL);
        assertThat(request.get("headers").get("X-API-Key").textValue()).isEqualTo("***");
        assertThat(request.get("headers").get("X-Two").textValue()).isEqualTo("a, b");
        assertThat(request.get("records").intValue()).isEqualTo(1);
        assertThat(request.get("accepted").intValue()).isEqualTo(1);
        assertThat(request.get("status").intValue()).isEqualTo(200);
        assertThat(request.get("body").textValue()).isEqualTo("{\"name\":\"\u00e9\"}");
    }

    @Test
    void neverEchoesACredential() {
        String secret = "a-secret-of-someone";
        HttpResponse<String> refused = Caller.send(caller.peopleAi(CALL + "/" + secret + "?key=" + secret)
                .setHeader("X-API-Key", secret).header("Authorization", "Bearer other-secret")
                .header("X-Copy", secret + " other-secret")
                .PUT(BodyPublishers.ofString("{\"key\":\"" + secret + "\",\"token\":\"other-secret\"}")));
        HttpResponse<String> shown = caller.control("GET", "/sandbox/requests", "");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body() + refused.headers()).doesNotContain(secret, "other-secret");
        assertThat(shown.body()).doesNotContain(secret, "other-secret").contains("key=***");
        assertThat(sandbox.requests().toString()).doesNotContain(secret);
    }

    @Test
    void countsRecordsOfRefusedRequestsAsNotAccepted() {
        Caller.send(caller.peopleAi(BULK).setHeader("X-API-Key", "wrong").PUT(BodyPublishers.ofString(array(7))));
        caller.put(BULK, "[{},1,{}]");
        caller.put(BULK, "[{},");

        assertThat(sandbox.requests()).extracting(RecordedRequest::records).containsExactly(7, 3, 0);
        assertThat(sandbox.requests()).extracting(RecordedRequest::accepted).containsExactly(0, 0, 0);
        assertThat(sandbox.requests()).extracting(RecordedRequest::status).containsExactly(401, 422, 400);
    }

    @Test
    void keepsNoBodyThatIsTooLong() {
        caller.put(CALL, " ".repeat(10 * 1024 * 1024 + 1));

        assertThat(sandbox.requests()).singleElement().satisfies(request -> {
            assertThat(request.status()).isEqualTo(413);
            assertThat(request.bodySize()).isEqualTo(10 * 1024 * 1024 + 1);
            assertThat(request.body()).isEmpty();
        });
        assertThat(caller.look("/sandbox/requests").get("requests").get(0).get("body").isNull()).isTrue();
    }

    @Test
    void sumsUp() {
        caller.put(BULK, array(3));
        caller.put(BULK, array(4));
        caller.put(BULK, "[]");
        caller.put(CALL, "{}");
        caller.put("/nowhere", "{}");

        Summary summary = sandbox.summary();
        assertThat(summary.requests()).isEqualTo(5);
        assertThat(summary.accepted()).isEqualTo(8);
        assertThat(summary.endpoint(BULK_ENDPOINT)).isEqualTo(new Summary.Count(3, 7));
        assertThat(summary.endpoint(CALL_ENDPOINT)).isEqualTo(new Summary.Count(1, 1));
        assertThat(summary.endpoint("unknown")).isEqualTo(new Summary.Count(1, 0));
        assertThat(summary.endpoint("never seen")).isEqualTo(new Summary.Count(0, 0));
        assertThat(summary.status(200)).isEqualTo(3);
        assertThat(summary.status(500)).isZero();
        assertThat(caller.look("/sandbox/summary").toString()).isEqualTo("{\"requests\":5,\"accepted\":8,"
                + "\"byEndpoint\":{\"people-ai-push-batch-call-activities\":{\"requests\":3,\"accepted\":7},"
                + "\"people-ai-push-call-activity\":{\"requests\":1,\"accepted\":1},"
                + "\"unknown\":{\"requests\":1,\"accepted\":0}},"
                + "\"byStatus\":{\"200\":3,\"404\":1,\"422\":1}}");
    }

    @Test
    void showsTheNewestOrTheFirstAfterANumber() {
        for (int i = 0; i < 5; i++) {
            caller.put(CALL, "{}");
        }

        assertThat(sequences("")).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(sequences("?limit=2")).containsExactly(4L, 5L);
        assertThat(sequences("?limit=2&since=1")).containsExactly(2L, 3L);
        assertThat(sequences("?since=3")).containsExactly(4L, 5L);
        assertThat(sequences("?since=5")).isEmpty();
        assertThat(sequences("?limit=0")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=-1", "limit=x", "limit=", "limit=1001", "since=-1", "since=1.5",
            "since=99999999999999999999", "limit=%zz"})
    void refusesABadLimitOrSince(String query) throws Exception {
        // java.net.URI refuses broken percent-encoding itself, so that one is checked on a bare socket.
        String answer = RawSocket.exchange(sandbox.port(), "GET /sandbox/requests?" + query + " HTTP/1.0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.0 400").contains("{\"error\":\"");
    }

    @Test
    void forgets() {
        caller.put(CALL, "{}");
        assertThat(caller.control("DELETE", "/sandbox/requests", "").statusCode()).isEqualTo(200);

        assertThat(sandbox.requests()).isEmpty();
        assertThat(sandbox.summary().requests()).isZero();
        assertThat(sandbox.summary().byStatus()).isEmpty();

        caller.put(CALL, "{}");
        assertThat(sandbox.requests()).extracting(RecordedRequest::sequence).containsExactly(2L);

        sandbox.forgetRequests();
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void keepsTheLastThousandAndCountsAll() {
        AtomicLong heard = new AtomicLong();
        sandbox.onRequest(request -> heard.addAndGet(request.accepted()));
        for (int i = 0; i < 1010; i++) {
            caller.put(CALL, "{\"i\":" + i + "}");
        }

        List<RecordedRequest> kept = sandbox.requests();
        assertThat(kept).hasSize(1000);
        assertThat(kept.get(0).sequence()).isEqualTo(11);
        assertThat(kept.get(999).body()).asString().isEqualTo("{\"i\":1009}");
        assertThat(sandbox.summary().requests()).isEqualTo(1010);
        assertThat(heard).hasValue(1010);
    }

    @Test
    void keepsAtMost64MegabytesOfBodies() {
        String nineMegabytes = "{\"a\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}";
        for (int i = 0; i < 8; i++) {
            caller.put(CALL, nineMegabytes);
        }

        assertThat(sandbox.requests()).hasSize(8).allMatch(request -> request.bodySize() == nineMegabytes.length());
        assertThat(sandbox.requests()).filteredOn(request -> request.body().length == 0)
                .extracting(RecordedRequest::sequence).containsExactly(1L);
        assertThat(caller.look("/sandbox/requests?limit=1&since=0").get("requests").get(0).get("body").isNull())
                .isTrue();
    }

    @Test
    void tellsListenersBeforeItAnswers() {
        List<String> heard = new CopyOnWriteArrayList<>();
        sandbox.onRequest(request -> heard.add(new String(request.body())));
        sandbox.onRequest(request -> {
            throw new IllegalStateException("a listener that fails");
        });

        assertThat(caller.put(CALL, "{\"n\":1}").statusCode()).isEqualTo(200);
        assertThat(heard).containsExactly("{\"n\":1}");
        caller.put("/nowhere", "x");
        assertThat(heard).containsExactly("{\"n\":1}", "x");
    }

    @Test
    void doesNotRecordRequestsAboutItself() {
        caller.look("/");
        caller.look("/sandbox/summary");
        caller.control("GET", "/sandbox/nothing", "");

        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void saysWhatItIs() {
        JsonNode index = caller.look("/");

        assertThat(index.at("/vendors/people-ai/baseUrl").textValue()).isEqualTo(sandbox.baseUrl("people-ai"))
                .isEqualTo("http://127.0.0.1:" + sandbox.port() + "/people-ai/v0/public");
        assertThat(index.at("/vendors/people-ai/endpoints").toString()).contains("PUT /activities/call/_bulk");
        assertThat(index.at("/vendors/people-ai/settings/people-ai.base-url").textValue())
                .isEqualTo(sandbox.baseUrl("people-ai"));
        assertThat(index.at("/vendors/people-ai/settings/people-ai.api-key").textValue()).isEqualTo("sandbox-key");
        assertThat(index.toString()).contains("/sandbox/requests");
    }

    @Test
    void refusesOtherMethodsAndPagesOfItsOwn() {
        HttpResponse<String> post = caller.control("POST", "/sandbox/requests", "");

        assertThat(post.statusCode()).isEqualTo(405);
        assertThat(post.headers().firstValue("Allow")).hasValue("DELETE, GET");
        assertThat(caller.control("PUT", "/", "").statusCode()).isEqualTo(405);
        assertThat(caller.control("DELETE", "/sandbox/summary", "").statusCode()).isEqualTo(405);
        assertThat(caller.control("PUT", "/sandbox/misbehave", "").statusCode()).isEqualTo(405);
        assertThat(caller.control("GET", "/sandbox", "").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAnUnknownVendor() {
        assertThatThrownBy(() -> sandbox.baseUrl("peopleai"))
                .hasMessage("unknown vendor 'peopleai' here; there are: "
                        + Catalog.load().vendors().stream().map(Vendor::name)
                                .collect(Collectors.joining(", ")));
    }

    private List<Long> sequences(String query) {
        return caller.look("/sandbox/requests" + query).get("requests").findValues("sequence").stream()
                .map(JsonNode::longValue).toList();
    }
}
