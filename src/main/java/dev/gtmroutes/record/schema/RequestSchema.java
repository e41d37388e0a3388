// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.resource.DisallowSchemaLoader;
import dev.gtmroutes.disk.FileErrors;

/**
 * The JSON Schema (2020-12) of a request body, from a file. It reads no other file and no URL, whatever its references say.
 * Used by any number of threads.
 */
public final class RequestSchema {

    /** The largest file of a schema, in bytes. */
    public static final int MOST_BYTES = 2_000_000;

    private static final int MOST_FINDINGS = 5;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchema schema;

    private RequestSchema(JsonSchema schema) {
        this.schema = schema;
    }

    /**
     * Reads the schema of a file.
     *
     * @param  asForm whether bodies are forms, in which all values are texts
     * @throws IllegalArgumentException if the file cannot be used; the message says which and why
     */
    public static RequestSchema read(Path file, boolean asForm) {
        try {
            if (!Files.isRegularFile(file)) {
                throw unusable(file, "there is no file with this name. Import the endpoint again, or remove schema from its "
                        + "catalogue file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "it is larger than " + MOST_BYTES / 1_000_000 + " MB");
            }
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            if (UnfoldedSchema.isTooLarge(json)) {
                throw unusable(file, "it has more than " + UnfoldedSchema.MOST_PARTS
                        + " parts once its references are followed");
            }
            return of(file, json, asForm);
        } catch (JsonProcessingException e) {
            throw unusable(file, "it is not valid JSON (line " + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
                    + ")");
        } catch (IOException e) {
            throw unusable(file, FileErrors.text(e));
        }
    }

    private static RequestSchema of(Path file, JsonNode json, boolean asForm) {
        try {
            return of(json, asForm);
        } catch (JsonSchemaException | IllegalArgumentException e) {
            // Such as a pattern that Java refuses, or a reference that is no URI.
            throw unusable(file, line(e));
        } catch (StackOverflowError e) {
            throw unusable(file, "it refers to itself without end");
        }
    }

    private static String line(Exception failure) {
        return FileErrors.text(failure).replaceAll("\\s+", " ");
    }

    private static IllegalArgumentException unusable(Path file, String why) {
        return new IllegalArgumentException("the schema " + file + " cannot be used: " + why);
    }

    private static RequestSchema of(JsonNode json, boolean asForm) {
        if (!json.isObject()) {
            throw new JsonSchemaException("it is not a JSON object");
        }
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.add(DisallowSchemaLoader.getInstance())));
        // Messages are made here, so that no language of the machine changes them.
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().locale(Locale.ROOT).typeLoose(asForm)
                .messageSource((key, text, locale, arguments) -> key).build();
        JsonSchema schema = factory.getSchema(json, config);
        schema.initializeValidators();
        return new RequestSchema(schema);
    }

    /**
     * Compares a body with the schema.
     *
     * @param  json a whole body
     * @return      for each difference, one line: attribute, what it is, what is allowed; no value of the record
     */
    public List<String> findings(byte[] json) {
        try {
            return schema.validate(JSON.readTree(json)).stream().map(SchemaWords::of).distinct().limit(MOST_FINDINGS)
                    .toList();
        } catch (StackOverflowError e) {
            return List.of("the body cannot be compared: its schema refers to itself without end");
        } catch (IOException | JsonSchemaException | IllegalArgumentException e) {
            return List.of("the body cannot be compared: " + line(e));
        }
    }
}
