// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.LineFile;
import dev.gtmroutes.parameter.KameletBean;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.record.KeyAttributes;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that were not delivered and never will be by themselves: NDJSON in
 * {@code <data>/dead-letters/<flow>/<day>.ndjson}, one line per record, for a person to read, mend and send again. The
 * days are those of UTC; a full file is followed by another one. Lines never change: people refer to them by number.
 *
 * <p>Where a topic is given they are messages there, keyed by flow; the files then get only what is too large for it.
 */
public class DeadLetters extends KameletBean implements Rejections {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_ANSWER_CHARS = 4096;
    private static final long FULL_BYTES = 64L << 20;
    /** Flows with several destinations append to the same file. */
    private static final Object APPENDING = new Object();

    private final Disk disk = new Disk();
    private final long fullBytes;
    private Path data;
    private String topic = "";
    private KeyAttributes recordKey = KeyAttributes.NONE;

    /** In files, below {@code data}. */
    public DeadLetters() {
        this(Path.of("data"));
    }

    DeadLetters(Path data) {
        this(data, FULL_BYTES);
    }

    /** @param fullBytes a file that has as many bytes is full */
    DeadLetters(Path data, long fullBytes) {
        this.data = data;
        this.fullBytes = fullBytes;
    }

    /**
     * Where records came from and could not go to.
     *
     * @param destination id of the destination's route
     * @param source      name of their file
     */
    public record Origin(String flow, String destination, String template, String source) {
    }

    @Override
    public void write(Input chunk, List<SourceRecord> records, Rejection rejection) throws IOException {
        write(new Origin(chunk.flow(), chunk.destination().id(), chunk.template(), chunk.source()), records,
                each -> rejection);
    }

    /**
     * Records that a step of a flow could not use; nothing was sent.
     *
     * @param step     id of the step's route
     * @param template what the step is
     * @param source   name of their file
     * @param why      one clear sentence
     * @throws IOException if they cannot be written
     */
    public void reject(String flow, String step, String template, String source, List<SourceRecord> records, String why)
            throws IOException {
        write(new Origin(flow, step, template, source), records, each -> Rejection.unsent(why));
    }

    /**
     * The same where there is no chunk.
     *
     * @param why why each of the records is here
     */
    public void write(Origin origin, List<SourceRecord> records, Function<SourceRecord, Rejection> why) throws IOException {
        if (topic.isBlank()) {
            toFile(origin, records, why);
            return;
        }
        List<SourceRecord> tooLarge = new ArrayList<>();
        for (SourceRecord each : records) {
            try {
                byte[] json = json(origin, each, why.apply(each), Instant.now());
                OutcomeTopics.of(camel).append(topic, origin.flow(), json);
            } catch (OutcomeTopics.TooLargeException e) {
                LOG.warn("{}: a dead letter is too large for the topic and was written to a file: {}", origin.flow(),
                        e.getMessage());
                tooLarge.add(each);
            }
        }
        if (!tooLarge.isEmpty()) {
            toFile(origin, tooLarge, why);
        }
    }

    private void toFile(Origin origin, List<SourceRecord> records, Function<SourceRecord, Rejection> why)
            throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        synchronized (APPENDING) {
            Instant now = Instant.now();
            for (SourceRecord each : records) {
                lines.write(json(origin, each, why.apply(each), now));
                lines.write('\n');
            }
            new LineFile(file(origin.flow(), now), disk).append(lines.toByteArray());
        }
    }

    /** Where the next letter of a flow is written. */
    private Path file(String flow, Instant now) throws IOException {
        Path folder = DeadLetterFile.folder(data, flow);
        DeadLetterFile file = new DeadLetterFile(LocalDate.ofInstant(now, ZoneOffset.UTC), 1);
        while (Files.exists(file.next().path(folder)) || isFull(file.path(folder))) {
            file = file.next();
        }
        return file.path(folder);
    }

    private boolean isFull(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) >= fullBytes;
    }

    private byte[] json(Origin origin, SourceRecord each, Rejection rejection, Instant now) throws IOException {
        // What was not sent comes without the mask of a vendor API.
        Secrets secrets = camel == null ? new Secrets() : Secrets.of(camel);
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(to)) {
            json.writeStartObject();
            json.writeFieldName("record");
            if (each.wellFormed()) {
                json.writeRawValue(new String(Bytes.oneLine(each.bytes()), StandardCharsets.UTF_8));
            } else {
                json.writeString(new String(each.bytes(), StandardCharsets.UTF_8));
            }
            json.writeStringField("state", rejection.state().toString());
            json.writeStringField("reason", secrets.mask(rejection.reason()));
            json.writeNumberField("status", rejection.status());
            json.writeStringField("answer", cut(secrets.mask(rejection.answer(), MOST_ANSWER_CHARS)));
            json.writeStringField("flow", origin.flow());
            json.writeStringField("destination", origin.destination());
            json.writeStringField("template", origin.template());
            RecordPlace.write(json, "sourceFile", origin.source(), each);
            if (rejection.request() != null) {
                json.writeStringField("requestId", rejection.request());
            }
            RecordPlace.writeKey(json, "recordKey", recordKey, each, secrets);
            if (each.origin() != null) {
                json.writeFieldName("message");
                each.origin().write(json);
            }
            json.writeStringField("time", now.toString());
            json.writeEndObject();
        }
        return to.toByteArray();
    }

    private static String cut(String answer) {
        return answer == null || answer.length() <= MOST_ANSWER_CHARS ? answer : answer.substring(0, MOST_ANSWER_CHARS);
    }

    /** The data directory. */
    public void setData(String data) {
        this.data = Path.of(data);
    }

    /** The attributes by which people know a record, comma-separated; blank for none. */
    public void setRecordKey(String recordKey) {
        if (Opening.isKnown(recordKey)) {
            this.recordKey = new KeyAttributes(recordKey);
        }
    }

    /** The Kafka topic for them; blank for files. */
    public void setTopic(String topic) {
        this.topic = topic.strip();
    }
}
