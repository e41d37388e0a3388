// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.read;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import org.apache.camel.CamelContext;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/**
 * What a message body is to the reader: either text to be read, or objects that are records.
 *
 * @param text    the text, or null
 * @param objects the objects, or null
 * @param name    the name of the file that the body is, or null
 */
record MessageContent(ByteWindow text, Iterator<?> objects, String name) {

    /**
     * @throws UncheckedIOException if a file cannot be opened
     */
    static MessageContent of(Object body, CamelContext camel) {
        if (body == null) {
            return text(new byte[0]);
        }
        if (body instanceof WrappedFile<?> file) {
            return file.getFile() instanceof File local && CheckedFile.isRemembered(file)
                    ? file(local.toPath(), () -> CheckedFile.open(file, local.toPath()))
                    : of(file.getFile() instanceof File local ? local : file.getBody(), camel);
        }
        if (body instanceof File file) {
            return of(file.toPath(), camel);
        }
        if (body instanceof Path path) {
            return file(path, () -> Files.newInputStream(path));
        }
        if (body instanceof InputStream in) {
            return new MessageContent(ByteWindow.over(in), null, null);
        }
        if (body instanceof byte[] bytes) {
            return text(bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return text(bytes);
        }
        if (body instanceof CharSequence text) {
            return text(text.toString().getBytes(StandardCharsets.UTF_8));
        }
        if (camel != null && (body instanceof StreamCache || body instanceof Reader)) {
            InputStream in = camel.getTypeConverter().convertTo(InputStream.class, body);
            return new MessageContent(ByteWindow.over(in == null ? new ByteArrayInputStream(new byte[0]) : in), null, null);
        }
        return new MessageContent(null, elements(body), null);
    }

    /** The application's own mapper if there is exactly one, as it knows how its objects are written. */
    static ObjectMapper mapper(CamelContext camel) {
        ObjectMapper own = camel == null ? null : camel.getRegistry().findSingleByType(ObjectMapper.class);
        return own != null ? own : Default.MAPPER;
    }

    /** Made on first use, as finding modules takes long. */
    private static final class Default {
        static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules()
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    }

    private static Iterator<?> elements(Object body) {
        if (body instanceof JsonNode && !(body instanceof ArrayNode)) {
            return List.of(body).iterator();
        }
        if (body instanceof Iterator<?> iterator) {
            return iterator;
        }
        if (body instanceof Iterable<?> iterable) {
            return iterable.iterator();
        }
        if (body instanceof BaseStream<?, ?> stream) {
            return stream.iterator();
        }
        return body instanceof Object[] array ? Arrays.asList(array).iterator() : List.of(body).iterator();
    }

    private static MessageContent text(byte[] bytes) {
        return new MessageContent(ByteWindow.over(bytes, 0, bytes.length, 1), null, null);
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    private static MessageContent file(Path path, Opening opening) {
        try {
            return new MessageContent(ByteWindow.over(opening.open()), null, path.getFileName().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open " + path + ": " + e.getMessage(), e);
        }
    }
}
