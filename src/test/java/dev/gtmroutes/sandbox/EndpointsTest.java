// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Endpoint;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every endpoint of every vendor takes what is right, in each form, and refuses what its data say is wrong. */
class EndpointsTest {

    private static Sandbox sandbox;
    private static Caller caller;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(0);
        caller = new Caller(sandbox);
        // The right requests ask for this one.
        sandbox.exports().take(Duration.ZERO, Duration.ZERO)
                .foreignJob("delta", LocalDate.parse("2025-01-01"), LocalDate.parse("2025-01-14"));
        sandbox.bulkJobs().foreignJob("person/upsert", "first");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void forget() {
        sandbox.forgetRequests();
    }

    static List<RightRequest> rightRequests() {
        return RightRequest.all();
    }

    static Stream<WrongRequest> wrongRequests() {
        return RightRequest.all().stream().flatMap(right -> WrongRequest.like(right).stream());
    }

    /** A template that is added has to be played here, too, or flows that use it can be tried nowhere. */
    @Test
    void itPlaysTheEndpointOfEveryTemplate() {
        List<Endpoint> played = Catalog.load().vendors().stream().flatMap(vendor -> vendor.endpoints().stream()).toList();

        assertThat(SampleCatalog.names("-sink.kamelet.yaml")).filteredOn(each -> !each.endsWith("-request"))
                .isNotEmpty().allSatisfy(each -> assertThat(played)
                        .filteredOn(endpoint -> endpoint.isCalled(each)).hasSize(1));
    }

    @Test
    void thereIsARightRequestForEveryForm() {
        for (Vendor vendor : Catalog.load().vendors()) {
            List<RightRequest> right = RightRequest.all().stream()
                    .filter(request -> request.vendor().name().equals(vendor.name())).toList();
            assertThat(vendor.endpoints()).as(vendor.name()).isNotEmpty();
            for (Endpoint endpoint : vendor.endpoints()) {
                assertThat(right).filteredOn(request -> request.endpoint().name().equals(endpoint.name()))
                        .as(endpoint.name()).hasSameSizeAs(endpoint.takes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rightRequests")
    void takesWhatIsRight(RightRequest right) {
        HttpResponse<String> response = send(right, right.method(), right.path(), right.body());

        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        assertThat(sandbox.requests()).singleElement().satisfies(request -> {
            assertThat(request.endpoint()).isEqualTo(right.endpoint().name());
            assertThat(request.records()).isEqualTo(right.records());
            assertThat(request.accepted()).isEqualTo(right.records());
        });
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void refusesWhatIsWrong(WrongRequest wrong) {
        HttpResponse<String> response = send(wrong.like(), wrong.method(), wrong.path(), wrong.body());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(wrong.status());
        expectRefusal(wrong.like().vendor(), response, wrong.field());
        assertThat(response.headers().firstValue("Allow").isPresent()).isEqualTo(wrong.status() == 405);
        assertThat(sandbox.summary().accepted()).isZero();
    }

    @ParameterizedTest
    @MethodSource("rightRequests")
    void refusesABadCredential(RightRequest right) {
        Vendor.Place place = right.vendor().credential().sentAs().get(0);
        HttpRequest.Builder request = request(right, right.method(), right.path(), right.body())
                .setHeader(place.header(), place.prefix() + "wrong-token");
        HttpResponse<String> response = Caller.send(request);

        assertThat(response.statusCode()).isEqualTo(right.vendor().name().equals("customerly") ? 500 : 401);
        expectRefusal(right.vendor(), response, null);
        assertThat(sandbox.summary().accepted()).isZero();
    }

    private static void expectRefusal(Vendor vendor, HttpResponse<String> response, String field) {
        JsonNode body = Caller.json(response);
        switch (vendor.name()) {
            case "people-ai", "people-ai-pull" -> expectText(body.at("/error"), field);
            case "customerly" -> {
                expectText(body.at("/error/message"), field);
                assertThat(body.at("/error/code").intValue()).isEqualTo(response.statusCode());
            }
            default -> {
                boolean named = response.statusCode() == 422;
                expectText(named ? body.at("/errors/" + field + "/0") : body.at("/error"), named ? null : field);
            }
        }
    }

    private static void expectText(JsonNode text, String part) {
        assertThat(text.isTextual()).isTrue();
        if (part != null && !part.equals("body")) {
            assertThat(text.textValue()).contains("'" + part + "'");
        }
    }

    private static HttpResponse<String> send(RightRequest right, String method, String path, String body) {
        return Caller.send(request(right, method, path, body));
    }

    private static HttpRequest.Builder request(RightRequest right, String method, String path, String body) {
        HttpRequest.Builder request = caller.to(right.vendor(), path);
        if (body.isEmpty()) {
            return request.method(method, BodyPublishers.noBody());
        }
        return request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body));
    }
}
