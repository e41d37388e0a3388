// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.Sandbox;

/** Reads lists of a sandbox as any client would, and asks the sandbox what is in them. */
final class ListCaller {

    private final Sandbox sandbox;
    private final Caller caller;
    private final String vendor;

    ListCaller(Sandbox sandbox, String vendor) {
        this.sandbox = sandbox;
        this.caller = new Caller(sandbox);
        this.vendor = vendor;
    }

    /** The path is below the vendor's base URL, or a whole URL; brackets need not be encoded. */
    HttpResponse<String> get(String path) {
        String url = path.startsWith("http") ? path : sandbox.baseUrl(vendor) + path;
        String key = vendor.equals("people-ai") ? "sandbox-key" : "sandbox-token";
        return Caller.send(HttpRequest.newBuilder(URI.create(url.replace("[", "%5B").replace("]", "%5D")))
                .header("Authorization", "Bearer " + key));
    }

    JsonNode page(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return Caller.json(response);
    }

    /** The values of one attribute of the records of a page. */
    static List<String> values(JsonNode records, String path) {
        List<String> values = new ArrayList<>();
        records.forEach(each -> values.add(each.at("/" + path.replace('.', '/')).asText()));
        return values;
    }

    /** What a control request answers. */
    JsonNode put(String list, String settings) {
        HttpResponse<String> response = caller.control("PUT", "/sandbox/lists/" + list + "?" + settings, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Caller.json(response);
    }

    JsonNode look(String path) {
        return caller.look("/sandbox/lists" + path);
    }

    HttpResponse<String> control(String method, String path) {
        return caller.control(method, "/sandbox/lists" + path, "");
    }

    /** What is in a list at present: hashes by key. */
    Map<String, String> content(String list) {
        Map<String, String> content = new TreeMap<>();
        control("GET", "/" + list + "/content").body().lines().map(ListCaller::read)
                .forEach(each -> content.put(each.get("key").textValue(), each.get("hash").textValue()));
        return content;
    }

    /** The same of records that were read. */
    static Map<String, String> hashes(List<JsonNode> records, String key) {
        Map<String, String> hashes = new TreeMap<>();
        records.forEach(each -> hashes.put(each.get(key).asText(), ListContent.hash(each)));
        return hashes;
    }

    private static JsonNode read(String line) {
        try {
            return new JsonMapper().readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
