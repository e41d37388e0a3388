// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tools such as Kaoto, and Camel K, check files by schemas: all of ours are valid by them. */
class SchemaTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonSchema ROUTES = schema("/schema/camelYamlDsl.json");
    private static final JsonSchema KAMELET = schema("/schema/kamelet-v1.json");

    private static JsonSchema schema(String resource) {
        try (InputStream file = SchemaTest.class.getResourceAsStream(resource)) {
            JsonNode schema = new ObjectMapper().readTree(file);
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** All YAML files of the project that Camel reads. */
    static Stream<Path> files() throws IOException {
        return Stream.of("routes", "examples", "src").map(Path::of).flatMap(SchemaTest::below)
                .filter(SchemaTest::isForCamel);
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().matches(".*\\.ya?ml") && !each.toString().contains("/target/"))
                    .sorted().toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Catalogue files and OpenAPI documents are not for Camel; the first edition's Kamelet stays as its users have it. */
    private static boolean isForCamel(Path file) {
        return !file.startsWith("routes/catalogue") && !file.startsWith("src/security")
                && !file.startsWith("src/test/resources/openapi")
                && !file.toString().contains("first-edition");
    }

    @ParameterizedTest
    @MethodSource("files")
    void isValidByTheSchemasOfCamel(Path file) throws IOException {
        JsonNode content = YAML.readTree(file.toFile());
        if (content.path("kind").asText().equals("Kamelet")) {
            assertThat(problems(KAMELET, content)).isEmpty();
            assertThat(problems(ROUTES, routes(content.at("/spec/template")))).isEmpty();
        } else {
            assertThat(content.isArray()).as("a Kamelet or a list of routes").isTrue();
            assertThat(problems(ROUTES, content)).isEmpty();
        }
    }

    /** A template has the parts of a file of routes, each once. */
    private static ArrayNode routes(JsonNode template) {
        ArrayNode parts = YAML.createArrayNode();
        template.properties().forEach(each -> parts.addObject().set(each.getKey(), each.getValue()));
        return parts;
    }

    private static List<String> problems(JsonSchema schema, JsonNode content) {
        return schema.validate(content).stream().map(ValidationMessage::toString).toList();
    }

    @Test
    void theSchemasTellWhatIsWrong() throws IOException {
        assertThat(problems(ROUTES, YAML.readTree("- route: {id: a, from: {uri: 'x:y', steps: [{lgo: {message: a}}]}}")))
                .isNotEmpty();
        JsonNode kamelet = YAML
                .readTree(Files.readString(files().filter(each -> each.toString().endsWith("-sink.kamelet.yaml"))
                        .findFirst().orElseThrow()).replaceFirst("type: string", "type: string, maximum: 5"));
        assertThat(problems(KAMELET, kamelet)).singleElement().asString().contains("maximum");
    }
}
