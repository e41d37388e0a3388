// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.openapi.runtime.io.Format;
import io.smallrye.openapi.runtime.io.OpenApiParser;
import io.smallrye.openapi.runtime.io.OpenApiSerializer;

/**
 * A document as SmallRye's parser of OpenAPI understands it: what has the wrong shape for its place is gone. The parser
 * follows no reference and opens no file or address.
 */
final class ParsedDocument {

    /** In its form, a schema keeps all its keywords, those of 3.0 too, which the parser would drop or rewrite otherwise. */
    private static final String LENIENT = "3.1.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ParsedDocument() {
    }

    /** @param document that has bounds in size and depth */
    static JsonNode of(Path file, ObjectNode document) throws ImportException {
        byte[] text = document.deepCopy().put("openapi", LENIENT).toString().getBytes(StandardCharsets.UTF_8);
        try {
            return JSON.readTree(OpenApiSerializer.serialize(
                    OpenApiParser.parse(new ByteArrayInputStream(text), Format.JSON, null), Format.JSON));
        } catch (IOException | RuntimeException e) {
            throw new ImportException(file + ": it cannot be read as an OpenAPI document: " + e.getMessage());
        }
    }
}
