// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import dev.gtmroutes.lint.yaml.YamlFault;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a JSON or YAML file of strangers: its size, depth and number of parts have bounds before its tree is built. */
final class DocumentReader {

    static final int MOST_BYTES = 20_000_000;
    static final int MOST_DEPTH = 100;
    static final int MOST_PARTS = 2_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MOST_DEPTH).maxStringLength(1_000_000)
                    .build())
            .build());

    private DocumentReader() {
    }

    static JsonNode read(Path file) throws ImportException {
        String text = text(file);
        String content = text.stripLeading();
        return content.startsWith("{") || content.startsWith("[") ? json(file, content) : yaml(file, text);
    }

    private static String text(Path file) throws ImportException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new ImportException("file not found: " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new ImportException(file + ": the file is larger than " + MOST_BYTES / 1_000_000
                        + " MB. Remove what is not to be imported");
            }
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ImportException(file + ": the file is not UTF-8 text. Save it as UTF-8");
        } catch (IOException e) {
            throw new ImportException(FileErrors.text(e));
        }
    }

    private static JsonNode json(Path file, String text) throws ImportException {
        try {
            count(file, text);
            return JSON.readTree(text);
        } catch (StreamConstraintsException e) {
            throw tooMuch(file, e.getMessage().contains("nesting") ? "is nested more than " + MOST_DEPTH + " levels deep"
                    : "contains a text or number that is too long");
        } catch (JsonProcessingException e) {
            throw new ImportException(file + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr())
                    + ": not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ImportException(file + ": " + FileErrors.text(e));
        }
    }

    /** The tree of many small parts would be much larger than the file. */
    private static void count(Path file, String text) throws IOException, ImportException {
        try (JsonParser parser = JSON.createParser(text)) {
            for (int parts = 0; parser.nextToken() != null; parts++) {
                if (parts > MOST_PARTS) {
                    throw tooMuch(file, "has more than " + MOST_PARTS + " parts");
                }
            }
        }
    }

    private static JsonNode yaml(Path file, String text) throws ImportException {
        try {
            return YamlJson.of(BoundedYaml.compose(text, file.toString(), MOST_BYTES)
                    .orElseThrow(() -> new ImportException(file + ": the file is empty")));
        } catch (MarkedYamlEngineException e) {
            throw new ImportException(file + ":" + YamlFault.line(e) + ": not valid YAML: " + YamlFault.of(e));
        } catch (YamlEngineException e) {
            throw new ImportException(file + ": not valid YAML: " + YamlFault.meaning(String.valueOf(e.getMessage())));
        }
    }

    private static ImportException tooMuch(Path file, String what) {
        return new ImportException(file + ": the file " + what + ". It is not read");
    }
}
