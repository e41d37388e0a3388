// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.samples.SampleChecks;

/** What other programs ask of the packaged program over HTTP: its intake, its counts and its previews. */
final class ProgramApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    ProgramApi(int port) {
        this.url = "http://127.0.0.1:" + port;
    }

    /** What a flow counts, all its destinations together. */
    record Counts(long delivered, long rejected, String state) {

        static final Counts NONE = new Counts(0, 0, "");

        long settled() {
            return delivered + rejected;
        }
    }

    /** Hands records to a flow. */
    void intake(String flow, String contentType, String records) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/intake/" + flow, contentType, records);
        if (answer.statusCode() != 202) {
            throw new AssertionError("the intake answered " + answer.statusCode() + ": " + answer.body());
        }
    }

    /** The counts of all flows, by their ids. */
    Map<String, Counts> counts() throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(URI.create(url + "/api/flows")).build(),
                BodyHandlers.ofString());
        Map<String, Counts> counts = new HashMap<>();
        for (JsonNode flow : JSON.readTree(response.body())) {
            long delivered = 0;
            long rejected = 0;
            for (JsonNode destination : flow.path("destinations")) {
                delivered += destination.path("delivered").asLong();
                rejected += destination.path("rejected").asLong() + destination.path("held").asLong();
            }
            counts.put(flow.path("id").asText(), new Counts(delivered, rejected,
                    flow.path("state").asText() + " " + flow.path("reason").asText()));
        }
        return counts;
    }

    /**
     * What a preview shows.
     *
     * @param requests each as {@link SampleChecks#previewed}
     * @param refused  the lines of the records that would not be sent
     */
    record Shown(List<String> requests, List<Integer> refused) {
    }

    /** What the program shows for these records; where it refuses them, what it says in the place of a request. */
    Shown preview(SampleFlows.Destination destination, String records) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/api/samples", "application/json", JSON.writeValueAsString(Map.of("template",
                destination.template(), "parameters", destination.settings(), "records", records)));
        if (answer.statusCode() != 200) {
            return new Shown(List.of("answered " + answer.statusCode() + ": " + answer.body()), List.of());
        }
        JsonNode response = JSON.readTree(answer.body());
        Shown shown = new Shown(new ArrayList<>(), new ArrayList<>());
        for (JsonNode request : response.path("requests")) {
            Map<String, String> headers = new HashMap<>();
            request.path("headers").properties().forEach(header -> headers.put(header.getKey(), header.getValue().asText()));
            shown.requests().add(SampleChecks.previewed(request.path("method").asText(), request.path("url").asText(),
                    headers, request.path("body").asText()));
        }
        response.path("refused").forEach(record -> shown.refused().add(record.path("line").asInt()));
        return shown;
    }

    /** The body of what it responds to a GET. */
    String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString()).body();
    }

    HttpResponse<String> post(String path, String contentType, String body)
            throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
