// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.TestDestination;

/** Whoever watches a running program: over HTTP, as a person, Prometheus or Kubernetes does. */
public final class Watcher {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final URI program;
    private final URI management;

    /**
     * @param program    where {@code /api/flows} is
     * @param management where {@code /observe} is
     */
    public Watcher(URI program, URI management) {
        this.program = program;
        this.management = management;
    }

    /** One flow, as {@code GET /api/flows} lists it. */
    public JsonNode flow(String id) {
        for (JsonNode each : TestDestination.json(get(program.resolve("/api/flows")).body())) {
            if (each.path("id").asText().equals(id)) {
                return each;
            }
            for (JsonNode webhook : each.path("responses")) {
                if (webhook.path("id").asText().equals(id)) {
                    return webhook;
                }
            }
        }
        throw new AssertionError("no flow " + id);
    }

    public String state(String flow) {
        return flow(flow).path("state").asText();
    }

    /** {@code POST /api/flows/<change>}. */
    public HttpResponse<String> post(String change, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(program.resolve("/api/flows/" + change))
                .POST(BodyPublishers.noBody());
        return send(headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    /** The text that Prometheus gets. */
    public String metrics() {
        return get(management.resolve("/observe/metrics")).body();
    }

    /**
     * @param  tags as in {@code flow="calls",status="200"}; all of them are in the metric, others may be
     * @return      the number; -1 if there is none
     */
    public double metric(String name, String... tags) {
        for (String line : metrics().split("\n")) {
            if (line.startsWith(name + "{") && Arrays.stream(tags).allMatch(line::contains)) {
                return Double.parseDouble(line.substring(line.lastIndexOf(' ')));
            }
        }
        return -1;
    }

    public HttpResponse<String> health(String kind) {
        return get(management.resolve("/observe/health/" + kind));
    }

    /** What the check of the flows says. */
    public JsonNode check() {
        JsonNode checks = TestDestination.json(health("group/flows").body()).path("checks");
        assertThat(checks).singleElement().satisfies(each -> assertThat(each.path("name").asText()).isEqualTo("flows"));
        return checks.get(0);
    }

    public static HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(request.uri() + " does not answer", e);
        }
    }
}
