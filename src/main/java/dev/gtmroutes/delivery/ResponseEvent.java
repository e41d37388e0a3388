package dev.gtmroutes.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

/** What a response webhook is told of one attempt. */
final class ResponseEvent {

    private static final JsonFactory JSON = new JsonFactory();

    private ResponseEvent() {
    }

    /**
     * @param  url where the request went: base URL and path
     * @return     the event as JSON; it holds no header of the request, so no credential either
     */
    static byte[] of(Request request, String method, String url, Answer answer) {
        Chunk chunk = request.pages().get(0).chunk();
        ByteArrayOutputStream event = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(event)) {
            json.writeStartObject();
            json.writeStringField("flow", chunk.flow());
            json.writeStringField("template", chunk.template());
            json.writeStringField("requestId", request.id());
            json.writeStringField("sentAt", request.sent().toString());
            json.writeNumberField("durationMs", Duration.between(request.sent(), Instant.now()).toMillis());
            json.writeNumberField("attempt", request.attempt());
            json.writeObjectFieldStart("request");
            json.writeStringField("method", method);
            json.writeStringField("url", url);
            json.writeNumberField("recordCount", request.recordCount());
            json.writeEndObject();
            json.writeObjectFieldStart("response");
            json.writeNumberField("status", answer.status());
            json.writeStringField("body", answer.body());
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return event.toByteArray();
    }
}
