// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;

/**
 * One page of a paged read, {@code {"data":[…],"meta":{"total":…}}}.
 *
 * @param records each as the bytes it came in, on one line and without a line end
 * @param total   how many records all pages have; -1 if the page does not say so
 */
record ActivityPage(List<byte[]> records, long total) {

    private static final int MOST_BYTES = 256 * 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * Reads a page to its end.
     *
     * @throws IOException if it breaks off, or is no page; the message is one line
     */
    static ActivityPage read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("the page is longer than 256 MB. Decrease Page Size");
        }
        try (JsonParser parser = JSON.createParser(bytes)) {
            return page(parser, bytes);
        } catch (JsonProcessingException e) {
            throw new IOException("the response is not complete JSON: "
                    + e.getOriginalMessage().lines().findFirst().orElse(""), e);
        }
    }

    private static ActivityPage page(JsonParser parser, byte[] bytes) throws IOException {
        List<byte[]> records = null;
        long total = -1;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("the response is not a page: it is not a JSON object");
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("data") && value == JsonToken.START_ARRAY) {
                records = elements(parser, bytes);
            } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                total = total(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (records == null) {
            throw new IOException("the response is not a page: it has no array 'data'");
        }
        return new ActivityPage(records, total);
    }

    private static List<byte[]> elements(JsonParser parser, byte[] bytes) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new IOException("the response is not a page: its array 'data' contains a value that is not an object");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            elements.add(line(bytes, start, (int) parser.currentLocation().getByteOffset()));
        }
        return elements;
    }

    /** Inside a string, JSON has no line ends: all there are can be blanks. */
    private static byte[] line(byte[] bytes, int from, int to) {
        byte[] line = new byte[to - from];
        for (int i = 0; i < line.length; i++) {
            byte each = bytes[from + i];
            line[i] = each == '\n' || each == '\r' ? (byte) ' ' : each;
        }
        return line;
    }

    private static long total(JsonParser parser) throws IOException {
        long total = -1;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && name.equals("total")) {
                total = parser.getLongValue();
            }
            parser.skipChildren();
        }
        return total;
    }
}
