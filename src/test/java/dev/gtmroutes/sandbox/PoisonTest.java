// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static dev.gtmroutes.sandbox.Caller.BULK;
import static dev.gtmroutes.sandbox.Caller.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Misbehaviour that depends on the records, or meets only a share of the requests; and the account of what was done. */
class PoisonTest {

    private static final String GOOD_BAD_GOOD = "[{\"id\":\"a\"},{\"id\":\"b\",\"poison\":true},{\"id\":\"c\"}]";

    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(0).countBy("id");
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aRequestThatHoldsPoisonIsRefused() {
        sandbox.misbehave(Misbehaviour.forEver().poison("poison", "true"));

        assertThat(caller.put(BULK, GOOD_BAD_GOOD).statusCode()).isEqualTo(422);
        assertThat(caller.put(BULK, "[{\"id\":\"a\",\"poison\":false},{\"id\":\"c\"}]").statusCode()).isEqualTo(200);
        assertThat(caller.put(CALL, "{\"id\":\"b\",\"poison\":true}").statusCode()).isEqualTo(422);
        assertThat(sandbox.carriedOut()).isEqualTo(Map.of("a", 1, "c", 1));
        assertThat(sandbox.summary().accepted()).isEqualTo(2);
    }

    @Test
    void theStatusCanBeAnotherAndTheAttributeANestedOne() {
        sandbox.misbehave(Misbehaviour.times(1).poison("owner.name", "Mallory").status(409, "{\"error\":\"who?\"}"));

        assertThat(caller.put(BULK, "[{\"owner\":{\"name\":\"Alice\"}}]").statusCode()).isEqualTo(200);
        HttpResponse<String> refused = caller.put(BULK, "[{\"owner\":{\"name\":\"Mallory\"}}]");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).isEqualTo("{\"error\":\"who?\"}");
        assertThat(caller.put(BULK, "[{\"owner\":{\"name\":\"Mallory\"}}]").statusCode()).isEqualTo(200);
    }

    @Test
    void anItemisedRefusalSpeaksOfEachRecord() {
        sandbox.misbehave(Misbehaviour.forEver().poison("poison", "true").itemised());

        HttpResponse<String> refused = caller.put(BULK, GOOD_BAD_GOOD);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).isEqualTo("{\"results\":[{\"code\":424,\"id\":\"a\",\"message\":\"another record of the "
                + "request was refused\"},{\"code\":422,\"id\":\"b\",\"message\":\"the record is poison: "
                + "poison=true\"},{\"code\":424,\"id\":\"c\",\"message\":\"another record of the request was refused\"}]}");
        assertThat(sandbox.carriedOut()).isEmpty();
    }

    @Test
    void anItemisedSuccessCarriesOutTheOthers() {
        sandbox.misbehave(Misbehaviour.forEver().poison("poison", "true").itemised().status(207));

        HttpResponse<String> answer = caller.put(BULK, GOOD_BAD_GOOD);

        assertThat(answer.statusCode()).isEqualTo(207);
        assertThat(answer.body()).contains("{\"code\":200,\"id\":\"a\",\"message\":\"ok\"}",
                "{\"code\":422,\"id\":\"b\",\"message\":\"the record is poison: poison=true\"}");
        assertThat(sandbox.carriedOut()).containsOnlyKeys("a", "c");
        assertThat(sandbox.summary().accepted()).isEqualTo(2);
    }

    @Test
    void recordsInAWrapperAreFoundToo() {
        sandbox.misbehave(Misbehaviour.forEver().vendor("customerly").poison("email", "bad@example.com"));

        assertThat(customerly("{\"users\":[{\"email\":\"good@example.com\"}]}")).isEqualTo(200);
        assertThat(customerly("{\"users\":[{\"email\":\"good@example.com\"},{\"email\":\"bad@example.com\"}]}"))
                .isEqualTo(422);
    }

    private int customerly(String body) {
        return Caller.send(HttpRequest.newBuilder(
                URI.create(sandbox.baseUrl("customerly") + "/users"))
                .header("Authentication", "Bearer sandbox-token").header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))).statusCode();
    }

    @Test
    void aShareOfTheRequestsIsMetEvenlySpread() {
        sandbox.misbehave(Misbehaviour.forEver().share(0.1).status(503));

        List<Integer> statuses = IntStream.range(0, 100).mapToObj(i -> caller.put(CALL, "{}").statusCode()).toList();

        assertThat(Collections.frequency(statuses, 503)).isEqualTo(10);
        assertThat(statuses.subList(0, 10)).endsWith(503).containsOnlyOnce(503);
    }

    @Test
    void aShareCanHaveACountToo() {
        sandbox.misbehave(Misbehaviour.times(2).share(0.25).status(503));

        List<Integer> statuses = IntStream.range(0, 20).mapToObj(i -> caller.put(CALL, "{}").statusCode()).toList();

        assertThat(Collections.frequency(statuses, 503)).isEqualTo(2);
        assertThat(statuses.indexOf(503)).isEqualTo(3);
        assertThat(statuses.lastIndexOf(503)).isEqualTo(7);
    }

    @Test
    void carriedOutIsCountedForEachOfManyRecords() {
        for (int from = 0; from < 100_000; from += 100) {
            StringBuilder body = new StringBuilder("[");
            for (int id = from; id < from + 100; id++) {
                body.append(id == from ? "" : ",").append("{\"id\":").append(id).append('}');
            }
            caller.put(BULK, body.append(']').toString());
        }
        caller.put(CALL, "{\"id\":99999}");

        assertThat(sandbox.carriedOut()).hasSize(100_000);
        assertThat(sandbox.carriedOut("7")).isEqualTo(1);
        assertThat(sandbox.carriedOut("99999")).isEqualTo(2);
        assertThat(sandbox.carriedOut("100000")).isZero();
    }

    @Test
    void whatIsClosedAfterItWasCarriedOutCounts() {
        sandbox.misbehave(Misbehaviour.times(1).close(Misbehaviour.Close.AFTER));
        sandbox.misbehave(Misbehaviour.times(1).close(Misbehaviour.Close.BEFORE));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> caller.put(CALL, "{\"id\":\"x\"}")).hasRootCauseInstanceOf(IOException.class);
        }
        assertThat(sandbox.carriedOut("x")).isEqualTo(1);
    }

    @Test
    void itCanBeAskedAndToldOverHttp() {
        assertThat(caller.control("PUT", "/sandbox/carried-out?by=n", "").statusCode()).isEqualTo(200);
        assertThat(caller.control("POST", "/sandbox/misbehave",
                "{\"times\":-1,\"share\":0.5,\"poison\":\"poison=true\",\"itemised\":true}").body())
                .contains("\"share\":0.5", "\"poison\":\"poison=true\"", "\"itemised\":true", "\"status\":422");
        caller.put(CALL, "{\"n\":7}");

        assertThat(caller.look("/sandbox/carried-out").toString()).isEqualTo("{\"7\":1}");
        assertThat(caller.control("PUT", "/sandbox/carried-out", "").statusCode()).isEqualTo(400);
        assertThat(caller.control("POST", "/sandbox/misbehave", "{\"poison\":\"true\"}").body())
                .contains("poison must be an attribute and its value, such as poison=true");
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> Misbehaviour.forEver().share(0)).hasMessage("share must be more than 0 and at most 1");
        assertThatThrownBy(() -> sandbox.misbehave(Misbehaviour.forEver().status(422).itemised()))
                .hasMessage("itemised requires poison and no body");
        assertThatThrownBy(() -> sandbox.misbehave(Misbehaviour.forEver().poison("a", "b").close(Misbehaviour.Close.AFTER)))
                .hasMessage("close and poison cannot be combined");
    }
}
