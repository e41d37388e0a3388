// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a body that differs from its schema, and of a schema that cannot be used. */
class RequestSchemaTest {

    private static final String SCHEMA = """
            {"type": "object", "required": ["owner"], "additionalProperties": false, "properties": {
              "owner": {"type": "object", "required": ["id"], "properties": {"id": {"type": ["integer", "null"]}}},
              "kind": {"enum": ["call", "email", 7]}, "v": {"const": "2"}, "note": {"type": "string", "maxLength": 3},
              "tags": {"type": "array", "items": {"type": "string"}}, "when": {"type": "string", "format": "date-time"}}}
            """;

    @TempDir
    Path directory;

    private Path file(String schema) throws IOException {
        return Files.writeString(directory.resolve("schema.json"), schema);
    }

    private List<String> findings(String schema, String body) throws IOException {
        return RequestSchema.read(file(schema), false).findings(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
            "{}; the attribute owner is missing",
            "{\"owner\":{}}; the attribute owner.id is missing",
            "{\"owner\":{\"id\":\"secret\"}}; the attribute owner.id has the wrong type. Allowed: integer, null",
            "{\"owner\":{\"id\":1},\"x\":1}; the attribute x is not an attribute of this request",
            "{\"owner\":{\"id\":1},\"kind\":\"secret\"}; the attribute kind has another value. Allowed: call, email, 7",
            "{\"owner\":{\"id\":1},\"v\":\"secret\"}; the attribute v has another value. Allowed: 2",
            "{\"owner\":{\"id\":1},\"note\":\"secret\"}; the attribute note has another value. Allowed: maxLength 3",
            "{\"owner\":{\"id\":1},\"tags\":[\"a\",1]}; the attribute tags has the wrong type. Allowed: string",
            "[]; the body has the wrong type. Allowed: object"})
    void aDifferenceIsToldByAttributeWithoutItsValue(String body, String told) throws IOException {
        assertThat(findings(SCHEMA, body)).containsExactly(told);
    }

    @Test
    void aFormatIsNoReasonToRejectARecord() throws IOException {
        assertThat(findings(SCHEMA, "{\"owner\":{\"id\":null},\"when\":\"soon\"}")).isEmpty();
    }

    @Test
    void aSchemaWithoutEndIsToldAndNotFollowed() throws IOException {
        String endless = """
                {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}}
                """;

        assertThat(findings(endless, "{}"))
                .containsExactly("the body cannot be compared: its schema refers to itself without end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"allOf\": [%s, %s]", "\"properties\": {\"default\": %s, \"a\": %s}"})
    void aSchemaThatIsTooLargeWithItsReferencesIsNotFollowed(String parts) throws IOException {
        String definitions = IntStream.range(0, 40).mapToObj(i -> "\"s" + i + "\": {"
                + parts.formatted("{\"$ref\": \"#/$defs/s" + (i + 1) + "\"}", "{\"$ref\": \"#/$defs/s" + (i + 1) + "\"}")
                + "}, ").collect(Collectors.joining());
        Path file = file("{\"$ref\": \"#/$defs/s0\", \"$defs\": {" + definitions + "\"s40\": {}}}");

        assertThatThrownBy(() -> RequestSchema.read(file, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the schema " + file + " cannot be used: it has more than 200000 parts once its references are "
                        + "followed");
    }

    @Test
    void aFileThatCannotBeUsedIsToldInOneLine() throws IOException {
        Path file = directory.resolve("schema.json");
        assertThatThrownBy(() -> RequestSchema.read(file, false)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the schema " + file + " cannot be used: there is no file with this name. Import the endpoint "
                        + "again, or remove schema from its catalogue file");
        file("{\n\"type\": }");
        assertThatThrownBy(() -> RequestSchema.read(file, false)).hasMessageContaining("it is not valid JSON (line 2)");
        file("[]");
        assertThatThrownBy(() -> RequestSchema.read(file, false)).hasMessageContaining("it is not a JSON object");
        file("{\"pattern\": \"(\", \"items\": {\"$ref\": \"a b:{}\"}}");
        assertThatThrownBy(() -> RequestSchema.read(file, false)).isInstanceOf(IllegalArgumentException.class)
                .message().startsWith("the schema " + file + " cannot be used: ").doesNotContain("\n");
        file("{\"$ref\": \"file:///etc/passwd\"}");
        assertThatThrownBy(() -> RequestSchema.read(file, false)).isInstanceOf(IllegalArgumentException.class)
                .message().contains("cannot be used").doesNotContain("\n");
    }
}
