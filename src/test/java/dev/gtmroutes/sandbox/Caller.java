// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.catalogue.Vendor;

/** Calls a sandbox the way any HTTP client would. */
public final class Caller {

    public static final String CALL = "/activities/call";
    public static final String BULK = "/activities/call/_bulk";
    public static final String CALL_ENDPOINT = "people-ai-push-call-activity";
    public static final String BULK_ENDPOINT = "people-ai-push-batch-call-activities";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Sandbox sandbox;

    public Caller(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** A request to a People.ai path with everything a good one has, still without method and body. */
    public HttpRequest.Builder peopleAi(String path) {
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl("people-ai") + path))
                .header("X-API-Key", "sandbox-key")
                .header("Content-Type", "application/json");
    }

    /** A request to any vendor with its first kind of credential, still without anything else. */
    HttpRequest.Builder to(Vendor vendor, String path) {
        Vendor.Place place = vendor.credential().sentAs().get(0);
        return HttpRequest.newBuilder(URI.create(sandbox.baseUrl(vendor.name()) + path))
                .header(place.header(), place.prefix() + vendor.credential().key());
    }

    public HttpResponse<String> put(String path, String body) {
        return send(peopleAi(path).PUT(BodyPublishers.ofString(body)));
    }

    HttpResponse<String> put(String path, BodyPublisher body) {
        return send(peopleAi(path).PUT(body));
    }

    /** A request to the sandbox itself. */
    public HttpResponse<String> control(String method, String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(sandbox.url() + path))
                .method(method, BodyPublishers.ofString(body)));
    }

    public JsonNode look(String path) {
        HttpResponse<String> response = control("GET", path, "");
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return json(response);
    }

    public static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array of so many records. */
    public static String array(int records) {
        return "[" + "{\"a\":1},".repeat(records).replaceAll(",$", "") + "]";
    }
}
