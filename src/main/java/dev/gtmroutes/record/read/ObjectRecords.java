// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.PlacedRecord;
import dev.gtmroutes.record.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Records that are objects in memory, or JSON of one record each. */
final class ObjectRecords implements Records {

    private static final String NO_CONTENT = "the message is empty, like messages that delete a key (tombstones)";
    private static final String NOT_WRITABLE = "the object cannot be written as JSON: it has no attributes, refers to"
            + " itself, or one of its attributes cannot be read";

    private final Iterator<?> elements;
    private final ObjectMapper mapper;
    private final RecordCounter ordinals;
    private final RecordSize longest;

    ObjectRecords(Iterator<?> elements, ObjectMapper mapper, RecordCounter ordinals, RecordSize longest) {
        this.longest = longest;
        this.elements = elements;
        this.mapper = mapper;
        this.ordinals = ordinals;
    }

    @Override
    public SourceRecord read() {
        while (elements.hasNext()) {
            Object element = elements.next();
            if (!ordinals.skipNext()) {
                return element instanceof PlacedRecord placed ? placed(placed) : record(content(element));
            }
        }
        return null;
    }

    private SourceRecord placed(PlacedRecord placed) {
        SourceRecord record = placed.content() == null ? ordinals.bad(new byte[0], 0, NO_CONTENT)
                : record(placed.content());
        return new SourceRecord(record.bytes(), record.index(), record.line(), record.problem(), placed.origin());
    }

    /** Batching consumers hand over exchanges or messages, whose bodies are the records. */
    private static Object content(Object element) {
        if (element instanceof Exchange exchange) {
            return exchange.getMessage().getBody();
        }
        return element instanceof Message message ? message.getBody() : element;
    }

    private SourceRecord record(Object element) {
        byte[] bytes;
        try {
            bytes = json(element);
        } catch (JsonProcessingException e) {
            byte[] name = element.getClass().getName().getBytes(StandardCharsets.UTF_8);
            return ordinals.bad(name, 0, NOT_WRITABLE);
        }
        ByteWindow in = ByteWindow.over(bytes, 0, bytes.length, 1);
        in.longest = longest;
        int from = Bytes.skipBlankAndMarks(bytes, 0, bytes.length);
        int to = Bytes.trimEnd(bytes, from, bytes.length);
        String problem = in.overlong(from, to) ? in.longest.exceeded() : RecordCheck.problem(bytes, -1, from, to);
        if (problem != null) {
            return ordinals.bad(in.raw(to), 0, problem);
        }
        return ordinals.good(to - from == bytes.length ? bytes : in.copy(from, to), 0);
    }

    private byte[] json(Object element) throws JsonProcessingException {
        if (element instanceof byte[] bytes) {
            return bytes;
        }
        return element instanceof CharSequence text ? text.toString().getBytes(StandardCharsets.UTF_8)
                : mapper.writeValueAsBytes(element);
    }

}
