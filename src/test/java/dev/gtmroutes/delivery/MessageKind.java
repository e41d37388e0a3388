// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleForm;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultMessage;

/** The messages in which routes of other applications bring records. */
enum MessageKind {

    BYTES {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(text(sample).getBytes(StandardCharsets.UTF_8));
        }
    },

    TEXT {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(text(sample));
        }
    },

    STREAM {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(new ByteArrayInputStream(text(sample).getBytes(StandardCharsets.UTF_8)));
        }
    },

    /** A message for each record. */
    MAP {
        @Override
        List<Object> bodies(Sample sample) {
            return sample.records().stream().<Object>map(MessageKind::map).toList();
        }
    },

    /** A message for each record, with an object of a class that Jackson can write. */
    POJO {
        @Override
        List<Object> bodies(Sample sample) {
            return sample.records().stream().<Object>map(record -> new AnyRecord(map(record))).toList();
        }
    },

    LIST {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(sample.records().stream().map(MessageKind::map).toList());
        }
    },

    /** A file that Camel's own file component brings. */
    FILE {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(text(sample));
        }

        @Override
        String from(String id, Path folder) {
            return "file:" + folder + "?initialDelay=0&delay=20";
        }

        @Override
        void hand(Object body, ProducerTemplate producer, String id, Path folder) throws IOException {
            Files.createDirectories(folder);
            Path hidden = Files.writeString(folder.resolve(".records"), (String) body);
            Files.move(hidden, folder.resolve("records.ndjson"), StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        boolean makesBodies() {
            return true;
        }
    },

    /** As messages of HTTP, JMS and files are: where they have no body, they make it from what they came with. */
    MADE {
        @Override
        List<Object> bodies(Sample sample) {
            return List.of(text(sample));
        }

        @Override
        void hand(Object body, ProducerTemplate producer, String id, Path folder) {
            producer.send("direct:" + id,
                    exchange -> exchange.setMessage(new MadeMessage(exchange.getContext(), (String) body)));
        }

        @Override
        boolean makesBodies() {
            return true;
        }
    };

    private static final Pattern ESCAPED_PAIR = Pattern.compile(
            "\\\\u([dD][89abAB]\\p{XDigit}{2})\\\\u([dD][c-fC-F]\\p{XDigit}{2})");

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The bodies of the messages that bring the records of a sample; what a stream holds is read once. */
    abstract List<Object> bodies(Sample sample);

    /** The endpoint of a flow. */
    String from(String id, Path folder) {
        return "direct:" + id;
    }

    /** Brings a message. */
    void hand(Object body, ProducerTemplate producer, String id, Path folder) throws IOException {
        producer.request("direct:" + id, exchange -> exchange.getMessage().setBody(body));
    }

    /** Whether a message makes a body anew when its body is taken away. */
    boolean makesBodies() {
        return false;
    }

    /**
     * A body, or dead letter, in a form to compare. Objects have no text of their own: Jackson writes characters outside the
     * Basic Multilingual Plane as two escapes each, which mean the same.
     */
    String comparable(String json) {
        return !hasObjects() ? json : ESCAPED_PAIR.matcher(json).replaceAll(pair -> new String(new char[] {
                (char) Integer.parseInt(pair.group(1), 16), (char) Integer.parseInt(pair.group(2), 16)}));
    }

    private boolean hasObjects() {
        return this == MAP || this == POJO || this == LIST;
    }

    private static String text(Sample sample) {
        return SampleForm.NDJSON.inputs(sample).get(0).text();
    }

    private static Map<String, Object> map(String record) {
        try {
            return JSON.readValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An object with whatever attributes a record has. */
    static final class AnyRecord {

        private final Map<String, Object> values;

        AnyRecord(Map<String, Object> values) {
            this.values = values;
        }

        @JsonAnyGetter
        public Map<String, Object> values() {
            return values;
        }
    }

    private static final class MadeMessage extends DefaultMessage {

        private final String text;

        MadeMessage(CamelContext camel, String text) {
            super(camel);
            this.text = text;
        }

        @Override
        protected Object createBody() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public DefaultMessage newInstance() {
            return new MadeMessage(getCamelContext(), text);
        }
    }
}
