// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static dev.gtmroutes.sandbox.Caller.CALL;
import static dev.gtmroutes.sandbox.Caller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;

import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Telling the sandbox over HTTP how to misbehave. */
class MisbehaveOverHttpTest {

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
    void takesAndShowsAMisbehaviour() {
        HttpResponse<String> response = misbehave("{\"times\":2,\"vendor\":\"people-ai\","
                + "\"endpoint\":\"people-ai-push-call-activity\",\"status\":503,\"retryAfter\":2,"
                + "\"body\":{\"error\":\"later\"},\"delayMs\":1,\"slowMs\":1}");

        assertThat(response.statusCode()).isEqualTo(200);
        HttpResponse<String> first = caller.put(CALL, "{}");
        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.headers().firstValue("Retry-After")).hasValue("2");
        assertThat(first.body()).isEqualTo("{\"error\":\"later\"}");
        assertThat(caller.look("/sandbox/misbehave").toString()).isEqualTo("{\"latencyMs\":0,\"misbehaviours\":[{"
                + "\"times\":1,\"vendor\":\"people-ai\",\"endpoint\":\"people-ai-push-call-activity\",\"status\":503,"
                + "\"body\":\"{\\\"error\\\":\\\"later\\\"}\",\"retryAfter\":\"2\",\"delayMs\":1,\"slowMs\":1}]}");
        caller.put(CALL, "{}");
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void takesTheFullFormWithZerosAndNulls() {
        misbehave("{\"times\":1,\"endpoint\":null,\"status\":500,\"retryAfter\":null,\"delayMs\":0,\"close\":null}");

        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(500);
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void closesConnections() {
        misbehave("{\"close\":\"after\"}");
        assertThatThrownBy(() -> caller.put(CALL, "{}")).hasRootCauseInstanceOf(java.io.IOException.class);
        misbehave("{\"close\":\"before\"}");
        assertThatThrownBy(() -> caller.put(CALL, "{}")).hasRootCauseInstanceOf(java.io.IOException.class);

        assertThat(sandbox.requests()).extracting(RecordedRequest::accepted).containsExactly(1, 0);
    }

    @Test
    void holdsForEverUntilCleared() {
        misbehave("{\"times\":-1,\"status\":500}");
        misbehave("{\"times\":-1,\"latencyMs\":3}");
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(500);
        assertThat(caller.look("/sandbox/misbehave").get("latencyMs").intValue()).isEqualTo(3);

        assertThat(caller.control("DELETE", "/sandbox/misbehave", "").body())
                .isEqualTo("{\"latencyMs\":0,\"misbehaviours\":[]}");
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "``                             | a misbehaviour is a JSON object",
            "[]                             | a misbehaviour is a JSON object",
            "{} {}                          | malformed JSON: ",
            "{'times':1,'times':2}          | malformed JSON: Duplicate",
            "{'status':500                  | malformed JSON: ",
            "{}                             | nothing to do: set status, delayMs, slowMs or close",
            "{'times':3,'stat':500}         | unknown key 'stat'. Allowed: times, vendor, endpoint, status,",
            "{'times':0,'status':500}       | times must be 1 or more, or -1 for no end",
            "{'times':'3','status':500}     | times must be a whole number",
            "{'times':1.5,'status':500}     | times must be a whole number",
            "{'status':99999999999}         | status must be a whole number",
            "{'status':100}                 | status must be 200 to 599",
            "{'status':500,'endpoint':'x'}  | unknown endpoint 'x' here; there are: people-ai-push-chat-activity,",
            "{'status':500,'endpoint':7}    | endpoint must be a text",
            "{'status':500,'vendor':'x'}    | unknown vendor 'x' here; there are: people-ai",
            "{'delayMs':-1}                 | delayMs must be 0 to 600000",
            "{'slowMs':600001}              | slowMs must be 0 to 600000",
            "{'retryAfter':'2'}             | body and retryAfter require a status",
            "{'close':'sometimes'}          | close must be \"before\" or \"after\"",
            "{'close':'after','status':500} | close sends no response, so it cannot be combined with status or slowMs",
            "{'times':2,'latencyMs':5}      | latencyMs applies to every request, so it can be combined only with times -1",
            "{'status':500,'latencyMs':5}   | latencyMs applies to every request, so it can be combined only with times -1",
            "{'latencyMs':-5}               | latencyMs must be 0 to 600000",
            "{'status':500,'retryAfter':'\\n'} | retryAfter must be printable ASCII",
    })
    void refusesABadOneWithASentence(String body, String why) {
        HttpResponse<String> response = misbehave(body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).get("error").textValue()).startsWith(why);
        assertThat(caller.put(CALL, "{}").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> misbehave(String body) {
        return caller.control("POST", "/sandbox/misbehave", body);
    }
}
