// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.gtmroutes.record.read.RecordReader;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodiesTest {

    /** A plain object. */
    public record Call(String id, int durationSeconds) {
    }

    /** Refuses to be written. */
    public static final class Broken {
        public String getId() {
            throw new IllegalStateException("no id");
        }
    }

    private static List<String> read(Object body) throws Exception {
        return Reading.texts(Reading.all(body, null));
    }

    @Test
    void readsTextOfEveryKind(@TempDir Path directory) throws Exception {
        String json = "{\"a\":\"é\"}";
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("calls.json"), bytes);
        GenericFile<File> camelFile = new GenericFile<>();
        camelFile.setFile(file.toFile());
        ByteBuffer buffer = ByteBuffer.allocateDirect(40).put(bytes).flip();
        for (Object body : new Object[] {json, new StringBuilder(json), bytes, buffer, new ByteArrayInputStream(bytes),
                file, file.toFile(), camelFile}) {
            assertThat(read(body)).as(body.getClass().getName()).containsExactly(json);
        }
        assertThat(buffer.hasRemaining()).isTrue();
        Files.delete(file);
    }

    @Test
    void theFilesOwnNameIsAHint(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("list.csv"), "email\nx\n");
        assertThat(read(file)).containsExactly("{\"email\":\"x\"}");
    }

    @Test
    void nothingHoldsNoRecords() throws Exception {
        for (Object body : new Object[] {null, "", new byte[0], List.of(), new Object[0], ByteBuffer.allocate(0)}) {
            assertThat(read(body)).isEmpty();
        }
    }

    @Test
    void readsObjects() throws Exception {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", "1");
        map.put("at", Instant.ofEpochSecond(0));
        String mapJson = "{\"id\":\"1\",\"at\":\"1970-01-01T00:00:00Z\"}";
        Call call = new Call("2", 30);
        String callJson = "{\"id\":\"2\",\"durationSeconds\":30}";
        String text = "{\"n\":1.50}";
        assertThat(read(map)).containsExactly(mapJson);
        assertThat(read(call)).containsExactly(callJson);
        List<Object> list = List.of(map, call, " " + text + "\n", text.getBytes(StandardCharsets.UTF_8),
                new ObjectMapper().readTree(text));
        String[] expected = {mapJson, callJson, text, text, "{\"n\":1.5}"};
        assertThat(read(list)).containsExactly(expected);
        assertThat(read(list.iterator())).containsExactly(expected);
        assertThat(read(list.toArray())).containsExactly(expected);
        assertThat(read(list.stream())).containsExactly(expected);
        assertThat(read(new ObjectMapper().readTree("[{\"a\":1},{\"a\":2}]"))).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(read(new ObjectMapper().readTree("{\"a\":1}"))).containsExactly("{\"a\":1}");
    }

    @Test
    void badElementsAreBadAlone() throws Exception {
        List<SourceRecord> records = Reading.all(
                Arrays.asList(Map.of("a", 1), null, "[1]", 5, new Broken(), "{\"a\":", "", Map.of("a", 2)), null);
        assertThat(Reading.describe(records)).containsExactly("0@0 {\"a\":1}", "1@0 !not a JSON object but null",
                "2@0 !not a JSON object but an array", "3@0 !not a JSON object but a number",
                "4@0 !the object cannot be written as JSON: it has no attributes, refers to itself, or one of its"
                        + " attributes cannot be read",
                "5@0 !not valid JSON: it ends too early at column 6 of the record",
                "6@0 !not a JSON object but nothing", "7@0 {\"a\":2}");
    }

    @Test
    void readsTheBodiesOfABatchOfExchanges() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            List<Exchange> batch = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Exchange exchange = new DefaultExchange(camel);
                exchange.getMessage().setBody("{\"a\":" + i + "}");
                batch.add(exchange);
            }
            assertThat(read(batch)).containsExactly("{\"a\":0}", "{\"a\":1}");
        }
    }

    @Test
    void camelConvertsWhatOnlyItKnowsAndLendsItsMapper() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.getRegistry().bind("mapper",
                    new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
            camel.start();
            try (RecordReader reader = RecordReader.open(new StringReader("{\"a\":1}"), null, camel)) {
                assertThat(Reading.text(reader.next())).isEqualTo("{\"a\":1}");
            }
            try (RecordReader reader = RecordReader.open(new Call("2", 30), null, camel)) {
                assertThat(Reading.text(reader.next())).isEqualTo("{\"id\":\"2\",\"duration_seconds\":30}");
            }
        }
    }

    @Test
    void closingClosesWhatCanBeClosed() throws Exception {
        List<String> closed = new ArrayList<>();
        RecordReader.open(Stream.of("{}").onClose(() -> closed.add("stream")), null, null).close();
        RecordReader.open(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.add("bytes");
            }
        }, null, null).close();
        assertThat(closed).containsExactly("stream", "bytes");
    }
}
