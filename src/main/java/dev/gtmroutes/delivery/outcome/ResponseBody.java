// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.credential.Secrets;

/**
 * What a response event tells of a response.
 *
 * @param status HTTP status, 0 if there was none
 * @param text   the body without secrets; where no response came, why
 * @param json   whether that is one JSON value
 * @param cut    whether it is only the beginning
 */
record ResponseBody(int status, String text, boolean json, boolean cut) {

    /** A longer body is cut. */
    static final int MOST_BYTES = 64 * 1024;

    private static final String CUT = " … (cut)";
    /** Whoever reads the event may refuse deeper ones. */
    private static final int DEEPEST = 100;
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).build())
            .build();

    static ResponseBody of(ApiAnswer answer, Secrets secrets) {
        String text = secrets.mask(answer.text(), MOST_BYTES);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean cut = bytes.length > MOST_BYTES || answer.body().length > ApiAnswer.MOST_SHOWN_BYTES;
        // Asked of the masked text: what is masked in a number, for example, is no JSON any more.
        boolean json = !cut && answer.status() > 0 && answer.isComplete() && isJson(text);
        return new ResponseBody(answer.status(), bytes.length > MOST_BYTES ? beginning(bytes) : text, json,
                cut || answer.completeness() == ApiAnswer.Completeness.CUT);
    }

    private static String beginning(byte[] bytes) {
        int end = MOST_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param withBody whether the body is there; without it, it counts as cut */
    void write(JsonGenerator to, boolean withBody) throws IOException {
        to.writeNumberField("status", status);
        if (withBody && json) {
            to.writeFieldName("json");
            // Its numbers stay as they are. In JSON, a line break is white space between tokens, never part of a value.
            to.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
        } else {
            to.writeStringField("body", withBody ? text : CUT.strip());
        }
        if (cut || !withBody) {
            to.writeBooleanField("cut", true);
        }
    }
}
