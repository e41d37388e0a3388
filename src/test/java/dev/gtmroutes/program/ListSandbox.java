// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The lists of the sandbox of a demo, seen from outside: what they hold, and how they change.
 *
 * @param port of the sandbox
 */
record ListSandbox(int port) {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The records of a list as they are now. @param where selects records, such as {@code &where=id=7}; blank for all */
    List<JsonNode> content(String list, String where) throws IOException, InterruptedException {
        List<JsonNode> records = new ArrayList<>();
        for (String each : send("GET", "/sandbox/lists/" + list + "/content?form=records" + where, "").lines().toList()) {
            records.add(json(each).get("record"));
        }
        return records;
    }

    /** A number about a list: {@code count}, {@code pagesSent} or {@code recordsSent}. */
    long number(String list, String attribute) throws IOException, InterruptedException {
        return json(send("GET", "/sandbox/lists/" + list, "")).get(attribute).asLong();
    }

    /** Changes some records of a list. */
    void change(String list, long records) throws IOException, InterruptedException {
        send("PUT", "/sandbox/lists/" + list + "?change=" + records, "");
    }

    /** What a vendor responds. */
    JsonNode vendor(String method, String path, String body) throws IOException, InterruptedException {
        return json(send(method, path, body));
    }

    /** The elements of an array. */
    static List<JsonNode> records(JsonNode array) {
        List<JsonNode> records = new ArrayList<>();
        array.forEach(records::add);
        return records;
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(text, e);
        }
    }

    private String send(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer sandbox-token").header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s: %s", path, response.body()).isEqualTo(200);
        return response.body();
    }
}
