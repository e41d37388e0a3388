// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads a {@code <template>.sample.json}. Records and bodies are taken as they are written there, byte for byte. */
public final class SampleFile {

    /** What the names of sample files end with. */
    public static final String SUFFIX = ".sample.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final SampleVendor vendor;
    private final byte[] bytes;
    private final JsonNode tree;

    private SampleFile(Path file, SampleVendor vendor) throws IOException {
        this.file = file;
        this.vendor = vendor;
        this.bytes = Files.readAllBytes(file);
        this.tree = JSON.readTree(bytes);
    }

    /** @return the cases of this file, in their order */
    static List<Sample> read(Path file, SampleVendor vendor) {
        try {
            SampleFile sample = new SampleFile(file, vendor);
            List<Sample> cases = new ArrayList<>();
            for (int i = 0; i < sample.tree.path("cases").size(); i++) {
                cases.add(sample.sample(i));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + e.getMessage(), e);
        }
    }

    private Sample sample(int number) throws IOException {
        JsonNode node = tree.path("cases").get(number);
        String at = "/cases/" + number;
        List<String> records = new ArrayList<>();
        for (int i = 0; i < node.path("records").size(); i++) {
            records.add(text(at + "/records/" + i));
        }
        List<Sample.Request> requests = new ArrayList<>();
        for (int i = 0; i < node.path("requests").size(); i++) {
            requests.add(request(node.path("requests").get(i), at + "/requests/" + i));
        }
        List<Sample.Rejected> rejected = new ArrayList<>();
        for (JsonNode each : node.path("rejected")) {
            rejected.add(new Sample.Rejected(each.path("record").asInt(), each.path("reason").asText()));
        }
        String template = file.getFileName().toString().replace(SUFFIX, "");
        return new Sample(vendor, template, template + "-" + (number + 1),
                node.path("name").asText(), texts(node.path("settings")), records, requests, rejected);
    }

    private Sample.Request request(JsonNode node, String at) throws IOException {
        String body = node.has("text") ? node.get("text").asText() : node.hasNonNull("body") ? text(at + "/body") : "";
        return new Sample.Request(node.path("method").asText(), node.path("path").asText(), texts(node.path("headers")),
                body);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties().forEach(each -> texts.put(each.getKey(), each.getValue().textValue()));
        return texts;
    }

    /** @return the text of the value at this pointer as it stands in the file */
    private String text(String pointer) throws IOException {
        JsonPointer wanted = JsonPointer.compile(pointer);
        try (JsonParser parser = JSON.createParser(bytes)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token != JsonToken.FIELD_NAME && parser.getParsingContext().pathAsPointer().equals(wanted)) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    int end = (int) parser.currentLocation().getByteOffset();
                    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
                }
            }
        }
        throw new IOException("nothing at " + pointer);
    }
}
