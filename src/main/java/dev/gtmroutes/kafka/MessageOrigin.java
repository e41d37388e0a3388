// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.record.RecordPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A message of a topic, as its dead letter tells it: its position, its key and its headers. */
record MessageOrigin(ConsumerRecord<byte[], byte[]> message) implements RecordPosition {

    @Override
    public String place() {
        return message.topic() + ", partition " + message.partition() + ", offset " + message.offset();
    }

    @Override
    public void writePlace(JsonGenerator json) throws IOException {
        json.writeStringField("topic", message.topic());
        json.writeNumberField("partition", message.partition());
        json.writeNumberField("offset", message.offset());
    }

    /** A header that comes several times is written as often. */
    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        writePlace(json);
        json.writeStringField("timestamp", Instant.ofEpochMilli(message.timestamp()).toString());
        json.writeStringField("key", text(message.key()));
        json.writeArrayFieldStart("headers");
        for (Header each : message.headers()) {
            json.writeStartObject();
            json.writeStringField("name", each.key());
            json.writeStringField("value", text(each.value()));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** @return null for null; what is no text, as {@code base64:} and its encoded bytes */
    private static String text(byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return "base64:" + Base64.getEncoder().encodeToString(bytes);
        }
    }
}
