// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.ExportCaller;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jobs of the export API: what starts one, how they go on, and how many there may be. */
class SimulatedExportsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LocalDate DAY = LocalDate.parse("2025-03-01");

    private final Sandbox sandbox = Sandbox.start(0).setTime(Instant.parse("2026-06-15T12:00:00Z"));
    private final ExportCaller caller = new ExportCaller(sandbox);

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aJobWaitsRunsAndCompletes() {
        sandbox.exports().take(MINUTE, HOUR).fragments(7);
        JsonNode started = Caller.json(caller.start("snapshot", "2025-01-01", "2025-12-31"));
        String id = started.get("job_id").textValue();

        assertThat(started.get("state").textValue()).isEqualTo("Queued");
        assertThat(started.get("export_type").textValue()).isEqualTo("snapshot");
        assertThat(started.get("output_format").textValue()).isEqualTo("JSONLines");
        assertThat(started.get("activity_type").textValue()).isEqualTo("all");
        assertThat(started.get("start_date").textValue()).isEqualTo("2025-01-01");
        assertThat(started.get("end_date").textValue()).isEqualTo("2025-12-31");
        assertThat(started.get("job_created_time").textValue()).matches("2026-06-15T12:0\\d:\\d\\dZ");
        assertThat(started.get("job_start_time").isNull()).isTrue();
        assertThat(started.get("results_size").isNull()).isTrue();

        sandbox.passTime(MINUTE);
        assertThat(caller.state(id)).isEqualTo("Running");
        assertThat(caller.job(id).get("job_start_time").isTextual()).isTrue();
        sandbox.passTime(HOUR);
        JsonNode completed = caller.job(id);
        assertThat(completed.get("state").textValue()).isEqualTo("Completed");
        assertThat(completed.get("job_end_time").textValue()).matches("2026-06-15T13:0\\d:\\d\\dZ");
        assertThat(completed.get("fragments").intValue()).isEqualTo(7);
        assertThat(completed.get("results_size").longValue()).isEqualTo(365L * 20 * 700);
    }

    @Test
    void twoRunAtATimeAndForeignOnesCount() {
        sandbox.exports().take(Duration.ZERO, HOUR);
        String foreign = sandbox.exports().foreignJob("delta", DAY, DAY);
        String first = caller.started();
        sandbox.passTime(MINUTE);
        String second = caller.started();
        assertThat(caller.state(foreign)).isEqualTo("Running");
        assertThat(caller.state(first)).isEqualTo("Running");
        assertThat(caller.state(second)).isEqualTo("Queued");

        sandbox.passTime(HOUR);
        assertThat(caller.state(first)).isEqualTo("Completed");
        assertThat(caller.state(second)).isEqualTo("Running");
        assertThat(caller.job(second).get("job_start_time")).isEqualTo(caller.job(foreign).get("job_end_time"));
        sandbox.passTime(HOUR);
        assertThat(caller.state(second)).isEqualTo("Completed");
    }

    @Test
    void tenMayWaitOrRun() {
        sandbox.exports().take(Duration.ZERO, HOUR);
        IntStream.range(0, 4).forEach(each -> sandbox.exports().foreignJob("delta", DAY, DAY));
        IntStream.range(0, 6).forEach(each -> assertThat(caller.start("delta", "2025-01-01", "2025-01-02").statusCode())
                .isEqualTo(200));
        HttpResponse<String> refused = caller.start("delta", "2025-01-01", "2025-01-02");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(refused.body()).isEqualTo("{\"error\":\"there are 10 jobs queued or running already\"}");
        sandbox.exports().end("export-000001", "Canceled");
        assertThat(caller.start("delta", "2025-01-01", "2025-01-02").statusCode()).isEqualTo(200);
        assertThat(Caller.json(caller.get(""))).hasSize(11);
    }

    @Test
    void nobodyKnowsAJobAfterTenDays() {
        sandbox.exports().take(Duration.ZERO, Duration.ZERO);
        String old = caller.started();
        sandbox.passTime(Duration.ofDays(9));
        String young = caller.started();
        assertThat(Caller.json(caller.get(""))).hasSize(2);
        sandbox.passTime(Duration.ofDays(1));

        assertThat(Caller.json(caller.get(""))).singleElement()
                .satisfies(job -> assertThat(job.get("job_id").textValue()).isEqualTo(young));
        assertThat(caller.get("/" + old).statusCode()).isEqualTo(404);
        assertThat(caller.get("/" + old + "/data?fragment=0").statusCode()).isEqualTo(404);
        assertThat(caller.get("/" + young + "/data?fragment=0").statusCode()).isEqualTo(200);
    }

    @Test
    void jobsFailVanishAndEndInUnknownStates() {
        sandbox.exports().take(Duration.ZERO, MINUTE).endNext(1, "Failed").endNext(1, "Archived").loseNext(1);
        String failed = caller.started();
        String strange = caller.started();
        String lost = caller.started();
        String good = caller.started();
        assertThat(caller.state(failed)).isEqualTo("Running");
        sandbox.passTime(MINUTE.multipliedBy(3));

        assertThat(caller.state(failed)).isEqualTo("Failed");
        assertThat(caller.get("/" + failed + "/data?fragment=0").statusCode()).isEqualTo(409);
        assertThat(caller.state(strange)).isEqualTo("Archived");
        assertThat(caller.get("/" + lost).body()).isEqualTo("{\"error\":\"unknown job " + lost + "\"}");
        assertThat(caller.state(good)).isEqualTo("Completed");
        sandbox.exports().end(good, "Canceled").lose(strange);
        assertThat(caller.state(good)).isEqualTo("Canceled");
        assertThat(caller.get("/" + strange).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "snapshot | 2025-01-01 | 2026-01-01 | a snapshot spans at most 1 year, not 366 days",
            "delta    | 2025-01-01 | 2025-01-15 | a delta spans at most 14 days, not 15",
            "delta    | 2025-01-02 | 2025-01-01 | the end_date is before the start_date",
            "all      | 2025-01-02 | 2025-01-03 | 'export_type' must be one of: snapshot, delta",
            "delta    | 2025-1-2   | 2025-01-03 | 'start_date' must be a date: yyyy-MM-dd",
            "delta    | 2025-01-02 | 2025-02-30 | 'end_date' must be a date: yyyy-MM-dd",
    })
    void refusesARangeItDoesNotExport(String type, String from, String to, String why) {
        HttpResponse<String> refused = caller.start(type, from, to);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Caller.json(refused).get("error").textValue()).isEqualTo(why);
        assertThat(Caller.json(caller.get(""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                                      | 'output_format' is missing or not a text",
            "{'output_format':'CSV'}                 | 'output_format' must be one of: JSONLines",
            "{'output_format':'JSONLines'}           | 'start_date' is missing or not a text",
            "{'output_format':'JSONLines','limit':1} | unknown attribute 'limit'. Allowed: start_date, end_date, "
                    + "activity_type, output_format, export_type",
    })
    void refusesWrongFields(String body, String why) {
        HttpResponse<String> refused = caller.post(body.replace('\'', '"'));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Caller.json(refused).get("error").textValue()).isEqualTo(why);
    }

    @Test
    void takesBearerTokensOnly() {
        HttpResponse<String> token = Caller.send(HttpRequest.newBuilder(URI.create(sandbox.tokenUrl("people-ai")))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=sandbox-client&client_secret=sandbox-secret")));
        String issued = Caller.json(token).get("access_token").textValue();

        assertThat(sandbox.tokenUrl("people-ai")).isEqualTo(sandbox.url() + "/people-ai/auth/v1/tokens");
        assertThat(sandbox.baseUrl("people-ai-pull")).isEqualTo(sandbox.url() + "/people-ai/pull/v1");
        assertThat(Caller.json(token).has("refresh_token")).isFalse();
        assertThat(Caller.json(token).get("expires_in").intValue()).isEqualTo(7200);
        assertThat(list("Authorization", "Bearer " + issued)).isEqualTo(200);
        assertThat(list("X-API-Key", issued)).isEqualTo(401);
        assertThat(list("Authorization", issued)).isEqualTo(401);
        sandbox.revokeTokens("people-ai");
        assertThat(list("Authorization", "Bearer " + issued)).isEqualTo(401);
    }

    private int list(String header, String value) {
        return Caller.send(HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai-pull")
                + "/export/activities/jobs")).header(header, value).GET()).statusCode();
    }

    @Test
    void startsAJobAlsoWhereItsAnswerIsLost() {
        sandbox.misbehave(Misbehaviour.times(1).endpoint("people-ai-start-export").status(503));
        assertThat(caller.start("delta", "2025-01-01", "2025-01-02").statusCode()).isEqualTo(503);

        assertThat(sandbox.exports().jobs()).hasSize(1);
        sandbox.misbehave(Misbehaviour.times(1).endpoint("people-ai-export").status(401));
        assertThat(caller.get("/export-000001").statusCode()).isEqualTo(401);
        assertThat(caller.get("/export-000001").statusCode()).isEqualTo(200);
    }

    @Test
    void isSetOverHttp() {
        Caller http = new Caller(sandbox);
        assertThat(http.control("PUT", "/sandbox/exports?queuedMs=0&runningMs=0&fragments=2&activitiesPerDay=5", "")
                .statusCode()).isEqualTo(200);
        String id = caller.started();

        assertThat(caller.job(id).get("fragments").intValue()).isEqualTo(2);
        assertThat(http.look("/sandbox/exports").at("/0/results_size").longValue()).isEqualTo(7L * 5 * 700);
        assertThat(http.control("PUT", "/sandbox/exports?fragment=2", "").body()).contains("unknown setting 'fragment'");
        assertThat(http.control("PUT", "/sandbox/exports?fragments=0", "").body()).contains("1 to 10000 fragments");
        assertThat(http.control("PUT", "/sandbox/exports?fragments=x", "").statusCode()).isEqualTo(400);
        assertThat(http.control("DELETE", "/sandbox/exports", "").statusCode()).isEqualTo(405);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> sandbox.exports().end("export-9", "Failed")).hasMessage("unknown job export-9");
        assertThatThrownBy(() -> sandbox.exports().fragments(0)).hasMessage("a job has 1 to 10000 fragments, not 0");
        assertThatThrownBy(() -> sandbox.exports().take(MINUTE, MINUTE.negated()))
                .hasMessage("the duration of a job must not be negative");
        assertThatThrownBy(() -> sandbox.passTime(MINUTE.negated())).hasMessage("time cannot go backwards");
    }
}
