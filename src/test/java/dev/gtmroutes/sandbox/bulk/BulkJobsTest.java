// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Salesloft's bulk jobs in the sandbox. */
class BulkJobsTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final Caller caller = new Caller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl("salesloft") + path))
                .header("Authorization", "Bearer sandbox-token");
        return Caller.send(body.isEmpty() ? request.method(method, BodyPublishers.noBody())
                : request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    private JsonNode data(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Caller.json(response).get("data");
    }

    private JsonNode job() {
        return data("GET", "/bulk_jobs/1", "");
    }

    private void create() {
        data("POST", "/bulk_jobs", "{\"type\":\"person/upsert\",\"name\":\"ours\"}");
    }

    private static String records(int count) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add("{\"email_address\":\"" + (i % 3 == 2 ? "bad" : "p" + i + "@x.example") + "\",\"n\":1.50}");
        }
        return "{\"data\":[" + String.join(",", records) + "]}";
    }

    @Test
    void aJobIsOpenThenExecutingThenDone() {
        create();
        assertThat(job().at("/state").asText()).isEqualTo("open");
        assertThat(data("POST", "/bulk_jobs/1/job_data", records(150)).toString()).isEqualTo("{\"records\":150}");
        assertThat(job().at("/total").asInt()).isEqualTo(150);
        assertThat(data("GET", "/bulk_jobs?state[]=open", "")).hasSize(1);
        assertThat(data("GET", "/bulk_jobs/1/results", "")).isEmpty();

        sandbox.bulkJobs().take(Duration.ofHours(1));
        assertThat(data("PUT", "/bulk_jobs/1", "{\"ready_to_execute\":true}").at("/state").asText()).isEqualTo("executing");
        assertThat(send("POST", "/bulk_jobs/1/job_data", records(1)).statusCode()).isEqualTo(422);
        assertThat(send("PUT", "/bulk_jobs/1", "{\"ready_to_execute\":true}").statusCode()).isEqualTo(422);
        assertThat(data("GET", "/bulk_jobs/1/results", "")).isEmpty();
        sandbox.passTime(Duration.ofMinutes(30));
        assertThat(job().at("/processed").asInt()).isBetween(75, 80);

        sandbox.passTime(Duration.ofHours(1));
        assertThat(job().at("/state").asText()).isEqualTo("done");
        assertThat(job().at("/errors").asInt()).isEqualTo(50);
        assertThat(data("GET", "/bulk_jobs?state[]=open", "")).isEmpty();
    }

    @Test
    void listsGoOnAfterAnId() {
        create();
        data("POST", "/bulk_jobs/1/job_data", records(150));
        JsonNode first = data("GET", "/bulk_jobs/1/job_data?per_page=500", "");
        assertThat(first).hasSize(100);
        assertThat(first.get(0).at("/status").asText()).isEqualTo("pending");
        assertThat(first.get(0).at("/record").toString()).isEqualTo("{\"email_address\":\"p0@x.example\",\"n\":1.5}");
        long last = first.get(99).get("id").asLong();
        assertThat(data("GET", "/bulk_jobs/1/job_data?per_page=100&id[gt]=" + last, "")).hasSize(50);
        assertThat(data("GET", "/bulk_jobs/1/job_data?id[gt]=" + (last + 50), "")).isEmpty();
    }

    @Test
    void resultsTellEachRecord() {
        create();
        data("POST", "/bulk_jobs/1/job_data", records(3));
        sandbox.bulkJobs().take(Duration.ZERO);
        data("PUT", "/bulk_jobs/1", "{\"ready_to_execute\":true}");
        JsonNode results = data("GET", "/bulk_jobs/1/results", "");
        assertThat(results.findValuesAsText("status")).containsExactly("success", "success", "error");
        assertThat(results.get(2).get("error").asText()).isEqualTo("Email address is invalid");
        assertThat(results.get(0).at("/resource/upsert_type").asText()).isEqualTo("create");
    }

    @Test
    void settingsStallAJobAndLoseResults() {
        create();
        data("POST", "/bulk_jobs/1/job_data", records(4));
        assertThat(caller.control("PUT", "/sandbox/bulk-jobs?executingMs=0&stall=1&loseResults=1", "").statusCode())
                .isEqualTo(200);
        data("PUT", "/bulk_jobs/1", "{\"ready_to_execute\":true}");
        sandbox.passTime(Duration.ofDays(1));
        assertThat(job().at("/state").asText() + job().at("/processed")).isEqualTo("executing2");
        caller.control("PUT", "/sandbox/bulk-jobs?stall=0", "");
        assertThat(caller.look("/sandbox/bulk-jobs").get(0).get("state").asText()).isEqualTo("done");
        assertThat(data("GET", "/bulk_jobs/1/results", "")).hasSize(3);
        assertThat(caller.control("PUT", "/sandbox/bulk-jobs?x=1", "").statusCode()).isEqualTo(400);
    }

    @Test
    void anAnswerOf5xxComesAfterTheRequestWasCarriedOutAnd4xxInstead() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint("salesloft-create-bulk-job").status(503));
        assertThat(send("POST", "/bulk_jobs", "{\"type\":\"person/upsert\"}").statusCode()).isEqualTo(503);
        assertThat(sandbox.bulkJobs().jobs()).hasSize(1);
        sandbox.misbehave(Misbehaviour.times(1).endpoint("salesloft-create-bulk-job").status(429));
        assertThat(send("POST", "/bulk_jobs", "{\"type\":\"person/upsert\"}").statusCode()).isEqualTo(429);
        assertThat(sandbox.bulkJobs().jobs()).hasSize(1);
    }

    @Test
    void anOpenJobGetsAnotherName() {
        create();
        assertThat(data("PUT", "/bulk_jobs/1", "{\"name\":\"people of November\"}").at("/name").asText())
                .isEqualTo("people of November");
        assertThat(job().at("/state").asText() + job().at("/name").asText()).isEqualTo("openpeople of November");
        data("PUT", "/bulk_jobs/1", "{\"ready_to_execute\":true}");
        assertThat(send("PUT", "/bulk_jobs/1", "{\"name\":\"too late\"}").statusCode()).isEqualTo(422);
    }

    @Test
    void aTemplateThatSharesAnEndpointMisbehavesByItsOwnName() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint("salesloft-complete-task").status(503));
        assertThat(send("PUT", "/tasks/8", "{\"current_state\":\"completed\"}").statusCode()).isEqualTo(503);
        assertThat(send("PUT", "/tasks/8", "{\"current_state\":\"completed\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void aCancelledJobExecutesNothing() {
        create();
        data("POST", "/bulk_jobs/1/job_data", records(2));
        assertThat(send("DELETE", "/bulk_jobs/1", "").statusCode()).isEqualTo(204);
        assertThat(data("GET", "/bulk_jobs/1/job_data", "").findValuesAsText("status")).containsOnly("cancelled");
    }
}
