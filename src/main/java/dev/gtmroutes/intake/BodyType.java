// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.intake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.inbox.arrival.BodyFormat;
import jakarta.ws.rs.core.MediaType;

/** Which content types are taken as records. */
final class BodyType {

    /** What is taken, for people. */
    static final String TAKEN = "application/json, application/x-ndjson, application/ndjson, application/jsonl, "
            + "application/x-jsonlines, application/json-lines and text/csv, in UTF-8";

    private static final Map<String, BodyFormat> FORMATS = Map.of(
            "application/json", BodyFormat.JSON,
            "application/x-ndjson", BodyFormat.NDJSON,
            "application/ndjson", BodyFormat.NDJSON,
            "application/jsonl", BodyFormat.NDJSON,
            "application/x-jsonlines", BodyFormat.NDJSON,
            "application/json-lines", BodyFormat.NDJSON,
            "text/csv", BodyFormat.CSV);

    private BodyType() {
    }

    /** The form of a body with this {@code Content-Type}; empty if it is missing, unreadable or not taken. */
    static Optional<BodyFormat> of(String contentType) {
        if (contentType == null) {
            return Optional.empty();
        }
        try {
            MediaType type = MediaType.valueOf(contentType);
            String charset = type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8");
            if (!charset.equalsIgnoreCase("utf-8")) {
                return Optional.empty();
            }
            String name = type.getType() + "/" + type.getSubtype();
            return Optional.ofNullable(FORMATS.get(name.toLowerCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
