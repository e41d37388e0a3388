// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** What is in a list at present: the truth to which what a reader got can be compared. */
public final class ListContent {

    private final SimulatedList list;
    private final List<SimulatedRecord> records;

    /** @param where {@code attribute=value}: only the records that have it; null = all */
    public ListContent(SimulatedList list, String where) {
        this.list = list;
        List<SimulatedRecord> all = list.all(list.selection().sort(list.form().key(), true));
        String[] part = where == null ? null : where.split("=", 2);
        if (part != null && part.length < 2) {
            throw new IllegalArgumentException("where must be attribute=value");
        }
        this.records = part == null ? all : all.stream()
                .filter(each -> list.json(each).at("/" + part[0].replace('.', '/')).asText().equals(part[1])).toList();
    }

    /** {@code {"key":…,"hash":…}} for each record, with the record itself if it is asked for, each with a line end. */
    public Iterator<byte[]> lines(boolean withRecords) {
        return records.stream().map(each -> {
            JsonNode record = list.json(each);
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", list.key(each)).put("hash", hash(record));
            if (withRecords) {
                line.set("record", record);
            }
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }).iterator();
    }

    /** {@code {"count":…,"hash":…}}: the hash is the sum of those of the records, whatever their order. */
    public String total() {
        return JsonNodeFactory.instance.objectNode().put("count", records.size())
                .put("hash", sum(records.stream().map(each -> hash(list.json(each))))).toString();
    }

    /** The sum of hashes, without what does not fit into 64 bits. */
    public static String sum(Stream<String> hashes) {
        return HexFormat.of().toHexDigits(hashes.mapToLong(HexFormat::fromHexDigitsToLong).sum());
    }

    /** Eight bytes of the SHA-256 of a record, written without spaces and with its attributes by name. */
    public static String hash(JsonNode record) {
        StringBuilder text = new StringBuilder();
        write(record, text);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().toHexDigits(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(JsonNode node, StringBuilder text) {
        if (node.isContainerNode()) {
            text.append(node.isObject() ? '{' : '[');
            String between = "";
            TreeSet<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                write(TextNode.valueOf(name), text.append(between));
                write(node.get(name), text.append(':'));
                between = ",";
            }
            for (int i = 0; i < node.size() && node.isArray(); i++) {
                write(node.get(i), text.append(i == 0 ? "" : ","));
            }
            text.append(node.isObject() ? '}' : ']');
        } else if (node.isTextual()) {
            JsonStringEncoder.getInstance().quoteAsString(node.textValue(), text.append('"'));
            text.append('"');
        } else {
            text.append(node.asText());
        }
    }
}
