// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.Batch;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.Request;
import dev.gtmroutes.record.KeyAttributes;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;

/**
 * Writes a response event as JSON. It holds no header of the request, so no credential either.
 *
 * @param request  what was sent
 * @param sent     when
 * @param took     how long the answer took
 * @param attempt  which attempt it was, from 1
 * @param method   the HTTP method
 * @param url      where the request went: base URL and path
 * @param response what came back
 * @param outcomes of the records, in their order
 * @param key      by what a person knows a record
 * @param secrets  what neither the URL nor a key may contain
 */
record EventJson(Request request, Instant sent, Duration took, int attempt, String method, String url,
        ResponseBody response, List<RecordOutcome> outcomes, KeyAttributes key, Secrets secrets) {

    /** The second edition of this form. */
    private static final int VERSION = 2;
    private static final String MIXED = "mixed";
    private static final String OUTCOME = "outcome";
    private static final JsonFactory JSON = new JsonFactory();

    /** @param verdict what becomes of the records */
    static EventJson of(Request request, Duration took, String method, ApiAnswer answer, Verdict verdict,
            KeyAttributes key, Secrets secrets) {
        return new EventJson(request, request.sent(), took, request.attemptNumber(), method,
                answer.url() == null ? request.url() : answer.url(), ResponseBody.of(answer, secrets),
                verdict.outcomes(request), key, secrets);
    }

    int recordCount() {
        return outcomes.size();
    }

    /**
     * @param from     the first record that is listed, from 0
     * @param to       behind the last one
     * @param withBody whether it has the body of the response
     */
    byte[] of(int from, int to, boolean withBody) {
        Input chunk = request.pages().get(0).chunk();
        ByteArrayOutputStream event = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = JSON.createGenerator(event)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("flow", chunk.flow());
            json.writeStringField("destination", chunk.destination().id());
            json.writeStringField("template", chunk.template());
            json.writeStringField("requestId", request.id());
            if (request.parentId() != null) {
                json.writeStringField("parentRequestId", request.parentId());
            }
            json.writeStringField("sentAt", sent.toString());
            json.writeNumberField("durationMs", took.toMillis());
            json.writeNumberField("attempt", attempt);
            json.writeStringField(OUTCOME, outcome());
            json.writeObjectFieldStart("request");
            json.writeStringField("method", method);
            json.writeStringField("url", secrets.mask(url));
            json.writeNumberField("recordCount", recordCount());
            json.writeEndObject();
            json.writeObjectFieldStart("response");
            response.write(json, withBody);
            json.writeEndObject();
            if (to - from < recordCount()) {
                json.writeNumberField("recordsFrom", from);
            }
            records(json, from, to);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return event.toByteArray();
    }

    private String outcome() {
        return outcomes.stream().distinct().count() > 1 ? MIXED : outcomes.get(0).toString();
    }

    /** For a person: which one it is, in a few words. */
    String title() {
        return "request " + request.id() + ", attempt " + attempt + ", " + recordCount() + " records " + outcome();
    }

    private void records(JsonGenerator json, int from, int to) throws IOException {
        json.writeArrayFieldStart("records");
        int place = 0;
        for (Batch page : request.pages()) {
            for (ShapedRecord each : page.records()) {
                if (place >= from && place < to) {
                    record(json, page.chunk(), each.source(), outcomes.get(place));
                }
                place++;
            }
        }
        json.writeEndArray();
    }

    private void record(JsonGenerator json, Input chunk, SourceRecord record, RecordOutcome outcome) throws IOException {
        json.writeStartObject();
        RecordPlace.write(json, "source", chunk.source(), record);
        if (record.origin() != null) {
            record.origin().writePlace(json);
        }
        RecordPlace.writeKey(json, "key", key, record, secrets);
        json.writeStringField(OUTCOME, outcome.toString());
        json.writeEndObject();
    }
}
