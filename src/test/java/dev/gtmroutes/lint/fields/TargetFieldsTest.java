// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;

class TargetFieldsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static TargetFields fields(String parameters) {
        return new TargetFields(KameletDefinition.of(YamlFile.of(Path.of("x-sink.kamelet.yaml"), """
                spec:
                  template:
                    from:
                      uri: kamelet:source
                      steps:
                        - to:
                            uri: kamelet:http-delivery-sink
                            parameters: {template: x, %s}
                """.formatted(parameters))), value -> value);
    }

    private static List<String> shown(String parameters, String schema, String... samples) throws Exception {
        JsonNode read = schema == null ? null : JSON.readTree(schema);
        return fields(parameters).of(read, Stream.of(samples).map(each -> each.getBytes(StandardCharsets.UTF_8)).toList())
                .stream().map(each -> each.target() + " " + each.type() + (each.isRequired() ? " required" : "")).toList();
    }

    @Test
    void theSampleNamesFieldsAndTheTemplateWhatIsRequired() throws Exception {
        assertThat(shown("required: \"participants,id,a|b,extra\", allowed: direction=in|out", null,
                "{\"id\": 1, \"direction\": \"in\", "
                        + "\"participants\": [{\"email\": \"a\"}], \"at\": \"2026-04-03T12:30:00Z\"}"))
                .containsExactly("id Number required", "participants[].email Text required", "extra  required",
                        "direction in or out", "at Time");
    }

    @Test
    void theSchemaSaysMore() throws Exception {
        String schema = """
                {"type": "object", "required": ["data"], "properties": {
                   "data": {"type": "array", "items": {"$ref": "#/$defs/x"}}},
                 "$defs": {"x": {"required": ["id", "who"],
                   "allOf": [{"properties": {"all": {"type": "boolean"}}}], "properties": {
                   "id": {"type": ["integer", "null"], "description": "The id."}, "kind": {"enum": ["a", "b"]},
                   "who": {"type": "object", "required": ["name"], "properties": {
                     "name": {"type": "string"}, "age": {"type": "number"}}},
                   "list": {"type": "array", "items": {"properties": {
                     "x": {"type": "string", "format": "date-time"}}}}}}}}""";
        assertThat(shown("body: '{\"data\": [\"{*}\"]}', batch: \"true\"", schema, "{\"id\": 5, \"more\": 1}"))
                .containsExactly(
                        "id Number required", "who.name Text required", "kind a or b", "who.age Number", "list[].x Time",
                        "all Yes or no", "more Number");
        assertThat(shown("batch: \"true\"", "{\"items\": {\"properties\": {\"a\": {\"type\": \"string\"}}}}"))
                .containsExactly("a Text");
    }

    @Test
    void theVendorsOwnFormHasItsOwnRequirements() throws Exception {
        assertThat(shown("required: a, vendorRequired: b, bodyFormat: vendor", null)).containsExactly("b  required");
        assertThat(shown("required: a, vendorRequired: b, bodyFormat: record", null)).containsExactly("a  required");
    }

    @Test
    void aSchemaThatRefersToItselfEnds() throws Exception {
        assertThat(shown("x: y", "{\"properties\": {\"a\": {\"$ref\": \"#/properties/a\"}, \"b\": {\"$ref\": \"#\"}}}"))
                .isNotEmpty();
    }
}
