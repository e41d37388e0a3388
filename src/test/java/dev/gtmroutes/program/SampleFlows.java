// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.samples.Sample;

/**
 * Flow files for samples. One flow takes all files and requests for a sample, and another one reads its topic. Each
 * request says in a header which flow it is of.
 */
final class SampleFlows {

    /** The header that names the flow. */
    static final String HEADER = "X-Sample-Flow";

    private static final String HEADERS = "requestHeaders";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    /** @param folder of the flow files */
    SampleFlows(Path folder) {
        this.folder = folder;
    }

    /** A template and its parameters. */
    record Destination(String template, Map<String, String> settings) {

        /** With the values themselves in the place of settings: a preview hides what settings hold. */
        Destination resolved(Map<String, String> values) {
            Map<String, String> resolved = new LinkedHashMap<>(settings);
            values.forEach(
                    (name, value) -> resolved.replaceAll((parameter, text) -> text.replace("{{" + name + "}}", value)));
            return new Destination(template, resolved);
        }
    }

    /** The flow that a sample has behind this door. */
    static String flow(Sample sample, WayIn.Door door) {
        return sample.id() + (door == WayIn.Door.KAFKA ? "-topic" : "");
    }

    /** The destination of a sample, with the header that names this flow beside the headers of the sample. */
    static Destination destination(Sample sample, String flow) {
        Map<String, String> settings = new LinkedHashMap<>(sample.settings());
        settings.merge(HEADERS, HEADER + ":" + flow, (own, added) -> own + "," + added);
        settings.putIfAbsent("retryFor", "1m");
        return new Destination(sample.template(), settings);
    }

    /** Writes a flow from a file in the inbox, or from the topic that is named as the flow is. */
    void write(String flow, WayIn.Door door, List<Destination> destinations) throws IOException {
        String source = door == WayIn.Door.KAFKA
                ? "kamelet:kafka-records-source\n      parameters: {flow: %1$s, topic: %1$s}"
                : "kamelet:inbox-source\n      parameters: {flow: %1$s}";
        String steps = destinations.stream().map(SampleFlows::step).collect(Collectors.joining());
        Files.writeString(folder.resolve(flow + ".yaml"), "- route:\n    id: " + flow + "\n    from:\n      uri: "
                + source.formatted(flow) + "\n      steps:\n" + steps);
    }

    private static String step(Destination destination) {
        Map<String, String> parameters = new LinkedHashMap<>();
        destination.settings().forEach((name, value) -> parameters.put(name, raw(value)));
        try {
            return "        - to:\n            uri: kamelet:" + destination.template() + "\n            parameters: "
                    + JSON.writeValueAsString(parameters) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Camel takes some characters of a value for its own, unless it is wrapped. */
    private static String raw(String value) {
        return value.matches("[\\w.-]*") ? value : "RAW(" + value + ")";
    }
}
