// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gtmroutes.record.read.JsonElements;
import dev.gtmroutes.record.read.RecordCheck;

/**
 * What the body of a request is made of: JSON in which strings name attributes of the record.
 *
 * <ul>
 * <li>{@code "{*}"} is the record itself. Inside an array it stands for all records of a request:
 * {@code {"data":["{*}"]}}.
 * <li>{@code "{name}"} is the value of that attribute, as it came. Without the attribute, a member of the body itself is
 * left out; deeper inside, a record that lacks it cannot be sent.
 * <li>{@code "{id}"}, where {@code id} is a variable and no attribute, is what that stands for: the value of an attribute as
 * it came, a number or true or false where the text is that, otherwise text.
 * <li>{@code "{a}/{b}"} is text with values in it; a record that lacks one cannot be sent.
 * <li>An array of one element that holds {@code "{ids[]}"} has that element for each element of the attribute.
 * </ul>
 */
public final class BodyTemplate {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RECORD = "\"{*}\"";
    private static final JsonNode RECORD_NODE = new TextNode("{*}");
    private static final Pattern LITERAL = Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?|true|false");
    private static final Pattern WHOLE = Pattern.compile("\\{([^{}*]+?)(\\[])?}");

    private final byte[] before;
    private final byte[] after;
    private final boolean many;
    private final boolean object;
    private final JsonNode tree;
    private final String variable;
    private final MixedText variableText;
    private final List<AttributePath> attributes = new ArrayList<>();

    /** @throws IllegalArgumentException if the template is not JSON, or mixes the whole record with attributes of it */
    public BodyTemplate(String template) {
        this(template, "");
    }

    /**
     * @param  variable {@code name=text}, as {@link UriTemplate} takes it; blank for none
     * @throws IllegalArgumentException if the template is not JSON, or mixes the whole record with attributes of it
     */
    public BodyTemplate(String template, String variable) {
        int equals = variable.indexOf('=');
        this.variable = equals < 0 ? "" : variable.substring(0, equals);
        // Where the body does not name it, its text is of no concern here.
        boolean named = equals > 0 && template.contains("{" + this.variable + "}");
        this.variableText = named ? new MixedText(variable.substring(equals + 1)) : null;
        JsonNode parsed = parse(template);
        this.object = parsed.isObject() || parsed.equals(RECORD_NODE);
        int at = template.indexOf(RECORD);
        collect(parsed);
        if (at < 0) {
            tree = parsed;
            before = new byte[0];
            after = before;
            many = false;
            return;
        }
        if (!attributes.isEmpty()) {
            throw new IllegalArgumentException("the body " + template + " contains both the whole record and attributes of "
                    + "it");
        }
        tree = null;
        before = template.substring(0, at).getBytes(StandardCharsets.UTF_8);
        after = template.substring(at + RECORD.length()).getBytes(StandardCharsets.UTF_8);
        many = template.substring(0, at).stripTrailing().endsWith("[");
    }

    private static JsonNode parse(String template) {
        try {
            return JSON.readTree(template);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body " + template + " is not JSON: "
                    + RecordCheck.fault(template, e).replace("not valid JSON: ", ""));
        }
    }

    private void collect(JsonNode node) {
        if (node.isTextual()) {
            for (Matcher each = WHOLE.matcher(node.asText()); each.find();) {
                if (isVariable(each.group(1))) {
                    attributes.addAll(variableText.attributes());
                } else {
                    attributes.add(AttributePath.of(each.group(1)));
                }
            }
        }
        node.forEach(this::collect);
    }

    private boolean isVariable(String name) {
        return variableText != null && name.equals(variable);
    }

    /** Whether a body is a JSON object, if a record is one. */
    public boolean isObject() {
        return object;
    }

    /** The attributes it asks for. */
    public List<AttributePath> attributes() {
        return List.copyOf(attributes);
    }

    /** Whether a body can hold more than one record. */
    public boolean holdsMany() {
        return many;
    }

    /** Bytes of a body beside its records and the commas between them. */
    public int overhead() {
        return before.length + after.length;
    }

    /** @return the part of a body that one record makes: the record's own bytes where the template takes it whole */
    public byte[] part(byte[] record, Map<AttributePath, Attributes.Value> values) throws UnfitRecordException {
        if (tree == null) {
            return record;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            if (tree.isObject()) {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> each : tree.properties()) {
                    if (has(each.getValue(), values)) {
                        write(json, each.getKey(), each.getValue(), values, null);
                    }
                }
                json.writeEndObject();
            } else {
                write(json, null, tree, values, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @return a whole body of these parts, in their order */
    public byte[] body(List<byte[]> parts) {
        int length = overhead() + Math.max(0, parts.size() - 1);
        for (byte[] each : parts) {
            length += each.length;
        }
        ByteBuffer body = ByteBuffer.allocate(length).put(before);
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                body.put((byte) ',');
            }
            body.put(parts.get(i));
        }
        return body.put(after).array();
    }

    /** Whether a member at the top level stays: not if it is the value, or the list, of an attribute that is not there. */
    private boolean has(JsonNode member, Map<AttributePath, Attributes.Value> values) {
        Matcher whole = WHOLE.matcher(member.isTextual() ? member.asText() : "");
        AttributePath attribute = whole.matches() ? attribute(whole.group(1))
                : member.isArray() && member.size() == 1 ? repeated(member.get(0)) : null;
        return attribute == null || values.containsKey(attribute);
    }

    /** The attribute that a name stands for, or null if it is a variable that is more, or less, than one attribute. */
    private AttributePath attribute(String name) {
        if (!isVariable(name)) {
            return AttributePath.of(name);
        }
        return variableText.isAttribute() ? variableText.attributes().get(0) : null;
    }

    /** @param element the element of the array attribute in work, where there is one */
    private void write(JsonGenerator json, String name, JsonNode node, Map<AttributePath, Attributes.Value> values,
            String element) throws IOException, UnfitRecordException {
        if (node.isTextual()) {
            text(json, name, node.asText(), values, element);
            return;
        }
        AttributePath repeated = node.isArray() && node.size() == 1 ? repeated(node.get(0)) : null;
        if (name != null) {
            json.writeFieldName(name);
        }
        if (node.isObject()) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> each : node.properties()) {
                write(json, each.getKey(), each.getValue(), values, element);
            }
            json.writeEndObject();
        } else if (node.isArray()) {
            json.writeStartArray();
            for (String each : repeated == null ? List.<String>of() : elements(repeated, values)) {
                write(json, null, node.get(0), values, each);
            }
            for (int i = 0; repeated == null && i < node.size(); i++) {
                write(json, null, node.get(i), values, element);
            }
            json.writeEndArray();
        } else {
            json.writeRawValue(node.toString());
        }
    }

    private void text(JsonGenerator json, String name, String text, Map<AttributePath, Attributes.Value> values,
            String element) throws IOException, UnfitRecordException {
        Matcher whole = WHOLE.matcher(text);
        String value;
        if (!whole.matches()) {
            value = JSON.writeValueAsString(interpolated(text, values));
        } else if (whole.group(2) != null) {
            value = element;
        } else {
            value = valueOf(whole.group(1), values);
        }
        if (name != null) {
            json.writeFieldName(name);
        }
        json.writeRawValue(value);
    }

    /** @return the JSON of what a name stands for */
    private String valueOf(String name, Map<AttributePath, Attributes.Value> values)
            throws IOException, UnfitRecordException {
        AttributePath attribute = attribute(name);
        if (attribute == null) {
            String text = variableText.fill(values);
            return variableText.isFixed() && LITERAL.matcher(text).matches() ? text : JSON.writeValueAsString(text);
        }
        Attributes.Value found = values.get(attribute);
        if (found == null) {
            throw missing(attribute.text());
        }
        return new String(found.json(), StandardCharsets.UTF_8);
    }

    private static UnfitRecordException missing(String attribute) {
        return new UnfitRecordException("the attribute " + attribute + ", which the body requires, is missing");
    }

    private String interpolated(String text, Map<AttributePath, Attributes.Value> values) throws UnfitRecordException {
        StringBuilder filled = new StringBuilder();
        Matcher each = WHOLE.matcher(text);
        while (each.find()) {
            each.appendReplacement(filled, Matcher.quoteReplacement(textOf(each.group(1), values)));
        }
        return each.appendTail(filled).toString();
    }

    private String textOf(String name, Map<AttributePath, Attributes.Value> values) throws UnfitRecordException {
        if (isVariable(name)) {
            return variableText.fill(values);
        }
        Attributes.Value value = values.get(AttributePath.of(name));
        if (value == null || value.text() == null) {
            throw missing(name);
        }
        return WholeText.of(name, value.text());
    }

    private static AttributePath repeated(JsonNode node) {
        if (node.isTextual()) {
            Matcher whole = WHOLE.matcher(node.asText());
            return whole.matches() && whole.group(2) != null ? AttributePath.of(whole.group(1)) : null;
        }
        for (JsonNode each : node) {
            AttributePath found = repeated(each);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static List<String> elements(AttributePath attribute, Map<AttributePath, Attributes.Value> values)
            throws IOException, UnfitRecordException {
        Attributes.Value found = values.get(attribute);
        if (found == null) {
            throw missing(attribute.text());
        }
        byte[] json = found.json();
        if (json[0] == 'n') {
            return List.of();
        }
        if (json[0] != '[') {
            throw new UnfitRecordException("the attribute " + attribute + " is not a list");
        }
        return JsonElements.of(json);
    }
}
