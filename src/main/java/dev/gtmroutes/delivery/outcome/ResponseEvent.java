// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.Request;

/**
 * What a response webhook is told of one attempt, and whether it is safe that it will be: no record has an outcome before
 * that.
 */
public final class ResponseEvent {

    /** A longer body is cut. */
    static final int MOST_BODY_BYTES = 64 * 1024;

    private static final String CUT = " … (cut)";
    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] json;
    private boolean stored;
    private String problem = "a response event was not written to its outbox";
    private Exception cause = new IllegalStateException(problem);

    private ResponseEvent(byte[] json) {
        this.json = json;
    }

    /** The event as JSON. */
    public byte[] json() {
        return json;
    }

    /** It is on the disk. */
    public void stored() {
        stored = true;
    }

    /**
     * It is not on the disk.
     *
     * @param why one line for a person, without secrets
     */
    public void notStored(String why, Exception cause) {
        this.problem = why;
        this.cause = cause;
    }

    boolean isStored() {
        return stored;
    }

    /** Why it is not on the disk, as one line for a person. */
    public String problem() {
        return problem;
    }

    Exception cause() {
        return cause;
    }

    /**
     * @param  url where the request went: base URL and path
     * @return     the event; it holds no header of the request, so no credential either
     */
    static ResponseEvent of(Request request, String method, String url, ApiAnswer answer) {
        Input chunk = request.pages().get(0).chunk();
        ByteArrayOutputStream event = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(event)) {
            json.writeStartObject();
            json.writeStringField("flow", chunk.flow());
            json.writeStringField("template", chunk.template());
            json.writeStringField("requestId", request.id());
            json.writeStringField("sentAt", request.sent().toString());
            json.writeNumberField("durationMs", (System.nanoTime() - request.sentNanos()) / 1_000_000);
            json.writeNumberField("attempt", request.attempt());
            json.writeObjectFieldStart("request");
            json.writeStringField("method", method);
            json.writeStringField("url", url);
            json.writeNumberField("recordCount", request.recordCount());
            json.writeEndObject();
            json.writeObjectFieldStart("response");
            json.writeNumberField("status", answer.status());
            json.writeStringField("body", cut(answer.text()));
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResponseEvent(event.toByteArray());
    }

    private static String cut(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MOST_BODY_BYTES) {
            return body;
        }
        int end = MOST_BODY_BYTES - CUT.getBytes(StandardCharsets.UTF_8).length;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }
}
