// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * Gives attributes at the top level of records other names, and adds attributes that a record lacks. All other bytes
 * stay as they came. Immutable, for any number of threads.
 */
public final class AttributeNames {

    private static final String CONDITION = " if ";

    private final Map<String, String> renamed;
    private final Map<String, String> added;
    private final Map<String, String> conditions = new LinkedHashMap<>();

    /**
     * @param rename {@code old=new}, comma-separated; blank for none
     * @param add    {@code name=text}, comma-separated: added as text where the record has no such attribute; a blank
     *               text adds nothing. {@code name=text if other}: only where the record has the attribute {@code other},
     *               neither null nor empty
     * @throws IllegalArgumentException if an entry has no equals sign
     */
    public AttributeNames(String rename, String add) {
        this.renamed = pairs(rename);
        this.added = pairs(add);
        added.values().removeIf(String::isEmpty);
        added.replaceAll((name, text) -> {
            int condition = text.indexOf(CONDITION);
            if (condition < 0) {
                return text;
            }
            conditions.put(name, text.substring(condition + CONDITION.length()).strip());
            return text.substring(0, condition).strip();
        });
    }

    private static Map<String, String> pairs(String list) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String each : list.split(",")) {
            if (!each.isBlank()) {
                int equals = each.indexOf('=');
                if (equals < 1) {
                    throw new IllegalArgumentException("'" + each.strip() + "' is not of the form name=value");
                }
                pairs.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
            }
        }
        return pairs;
    }

    /** @return the same array where nothing changes */
    public byte[] apply(byte[] record) {
        if (renamed.isEmpty() && added.isEmpty()) {
            return record;
        }
        Map<String, String> lacking = new LinkedHashMap<>(added);
        Map<String, String> unmet = new LinkedHashMap<>(conditions);
        ByteArrayOutputStream out = new ByteArrayOutputStream(record.length + 64);
        int copied = 0;
        boolean empty = true;
        try (JsonParser parser = RecordCheck.JSON.createParser(record)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                empty = false;
                lacking.remove(name);
                int start = (int) parser.currentTokenLocation().getByteOffset();
                JsonToken token = parser.nextToken();
                if (unmet.containsValue(name) && isThere(parser, token)) {
                    unmet.values().removeIf(name::equals);
                }
                if (renamed.containsKey(name)) {
                    int end = closingQuote(record, start + 1) + 1;
                    out.write(record, copied, start - copied);
                    out.writeBytes(quoted(renamed.get(name)));
                    copied = end;
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        lacking.keySet().removeAll(unmet.keySet());
        int close = lastBrace(record);
        out.write(record, copied, close - copied);
        for (Map.Entry<String, String> each : lacking.entrySet()) {
            out.writeBytes(empty ? new byte[0] : new byte[] {','});
            out.writeBytes(quoted(each.getKey()));
            out.write(':');
            out.writeBytes(quoted(each.getValue()));
            empty = false;
        }
        out.write(record, close, record.length - close);
        return out.toByteArray();
    }

    private static boolean isThere(JsonParser parser, JsonToken token) throws IOException {
        return token != JsonToken.VALUE_NULL && (token != JsonToken.VALUE_STRING || !parser.getText().isEmpty());
    }

    private static byte[] quoted(String text) {
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    private static int closingQuote(byte[] record, int from) {
        int i = from;
        while (record[i] != '"') {
            i += record[i] == '\\' ? 2 : 1;
        }
        return i;
    }

    private static int lastBrace(byte[] record) {
        int i = record.length - 1;
        while (record[i] != '}') {
            i--;
        }
        return i;
    }
}
