// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.disk.Sha256;

/**
 * A version of the file of a flow.
 *
 * @param number  from 1, and higher for later versions of the same flow
 * @param saved   when; null if nobody knows
 * @param account who saved it; empty if an editor did
 * @param kind    how it came
 * @param hash    the same for the same text
 * @param text    what was in the file; null if that is too large to be kept
 */
public record StoredVersion(int number, Instant saved, String account, Kind kind, String hash, String text) {

    /** Larger texts are not kept. */
    static final int MOST_BYTES = 256 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a version came. */
    public enum Kind {
        CREATED,
        EDITED,
        /** An earlier version was put back. */
        RESTORED,
        /** The file was changed or created outside of the program. */
        FILE_CHANGE,
        /** The file as it was when the program began to keep its versions. */
        FOUND
    }

    static StoredVersion of(int number, Instant saved, String account, Kind kind, String text) {
        boolean isSmall = text.length() <= MOST_BYTES && text.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
        return new StoredVersion(number, saved, account, kind, Sha256.hex(text), isSmall ? text : null);
    }

    /** Whether it is this text. */
    public boolean is(String other) {
        return hash.equals(Sha256.hex(other));
    }

    /** Whether it can be shown and restored. */
    public boolean isKept() {
        return text != null;
    }

    byte[] json() throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("saved", saved == null ? null : saved.toString()).put("account", account)
                .put("kind", kind.name().toLowerCase(Locale.ROOT)).put("hash", hash).put("text", text);
        return JSON.writeValueAsBytes(json);
    }

    /** @throws IOException if it is none */
    static StoredVersion read(int number, byte[] bytes) throws IOException {
        try {
            JsonNode json = JSON.readTree(bytes);
            String saved = json.path("saved").textValue();
            return new StoredVersion(number, saved == null ? null : Instant.parse(saved), json.path("account").asText(),
                    Kind.valueOf(json.path("kind").asText().toUpperCase(Locale.ROOT)), json.path("hash").asText(),
                    json.path("text").textValue());
        } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
            throw new IOException("is not a version of a flow", e);
        }
    }
}
