// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL with variables that each record fills: RFC 6570 simple expansion {@code {owner.id}} and form-style query
 * expansion {@code {?a,b}} and {@code {&a}}. {@code {{a}}}, as some products write it, is the same as {@code {a}}.
 * Immutable.
 */
public final class UriTemplate {

    private static final Pattern EXPRESSION = Pattern.compile("\\{([?&]?)([^{}?&][^{}]*)}");
    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = ":/?#[]@!$&'()*+,;=";

    /** @param mixed the text that takes the place of the variables, or null */
    private record Part(String literal, char operator, List<AttributePath> variables, MixedText mixed) {
    }

    private final List<Part> parts = new ArrayList<>();
    private final List<AttributePath> needed = new ArrayList<>();
    private final List<AttributePath> optional = new ArrayList<>();
    private final List<AttributePath> whole = new ArrayList<>();

    /**
     * @param  variable {@code name=text}: a variable that is not an attribute but this text, in which {@code {attribute}}
     *                  stands for a value of the record. The whole of it is percent-encoded as a value. Blank for none
     * @throws IllegalArgumentException if a brace has no partner, a variable stands where the host is, or the text is blank
     */
    public UriTemplate(String template, String variable) {
        String single = template.replace("{{", "{").replace("}}", "}");
        Matcher expressions = EXPRESSION.matcher(single);
        int from = 0;
        while (expressions.find()) {
            addLiteral(single.substring(from, expressions.start()));
            boolean alone = isAlone(single, expressions.start(), expressions.end());
            addExpression(expressions.group(1), expressions.group(2), variable, alone);
            from = expressions.end();
        }
        addLiteral(single.substring(from));
        Matcher host = Pattern.compile("^[a-zA-Z][a-zA-Z0-9+.-]*://[^/?#]*\\{|^//").matcher(single);
        if (host.find() || single.startsWith("{")) {
            throw new IllegalArgumentException("the URL '" + template + "' must begin with a fixed host or path, so that no "
                    + "record determines where it is sent");
        }
    }

    /** Whether an expression is all of a path segment, or all of the value of a query parameter. */
    private static boolean isAlone(String template, int from, int to) {
        boolean begins = from > 0 && (template.charAt(from - 1) == '/' || template.charAt(from - 1) == '=');
        return begins && (to == template.length() || "/?&#".indexOf(template.charAt(to)) >= 0
                || template.startsWith("{?", to) || template.startsWith("{&", to));
    }

    private void addExpression(String operator, String text, String variable, boolean alone) {
        if (!operator.isEmpty()) {
            List<AttributePath> names = AttributePath.list(text);
            parts.add(new Part(null, operator.charAt(0), names, null));
            optional.addAll(names);
        } else if (variable.startsWith(text + "=")) {
            MixedText mixed = new MixedText(variable.substring(variable.indexOf('=') + 1));
            parts.add(new Part(null, ' ', List.of(), mixed));
            needed.addAll(mixed.attributes());
            if (alone && mixed.isAttribute()) {
                whole.addAll(mixed.attributes());
            }
        } else {
            List<AttributePath> names = AttributePath.list(text);
            parts.add(new Part(null, ' ', names, null));
            needed.addAll(names);
            if (alone && names.size() == 1) {
                whole.addAll(names);
            }
        }
    }

    private void addLiteral(String text) {
        if (text.indexOf('{') >= 0 || text.indexOf('}') >= 0) {
            throw new IllegalArgumentException("the URL contains a brace without its counterpart in '" + text + "'");
        }
        if (!text.isEmpty()) {
            parts.add(new Part(encode(text, RESERVED + "%"), ' ', List.of(), null));
        }
    }

    /** The attributes that a record needs to have a URL at all. */
    public List<AttributePath> needed() {
        return List.copyOf(needed);
    }

    /** The attributes of optional query parameters, {@code {?a,b}}. */
    public List<AttributePath> optional() {
        return List.copyOf(optional);
    }

    /** The needed attributes whose values are whole path segments, or whole values of query parameters. */
    public List<AttributePath> whole() {
        return List.copyOf(whole);
    }

    /**
     * @param  values what a record has for the variables that the URL needs
     * @param  others what it has for optional query parameters
     * @return the URL for a record with these attributes; values are percent-encoded, so none can add a path segment or
     *         a query parameter
     * @throws UnfitRecordException if an attribute is not there, is empty, is an object or array, holds half a character, or
     *                   makes a path segment {@code .} or {@code ..}
     */
    public String expand(Map<AttributePath, Attributes.Value> values, Map<AttributePath, Attributes.Value> others)
            throws UnfitRecordException {
        if (parts.size() == 1 && parts.get(0).literal != null) {
            return parts.get(0).literal;
        }
        StringBuilder url = new StringBuilder();
        for (Part each : parts) {
            if (each.literal != null) {
                url.append(each.literal);
            } else if (each.mixed != null) {
                url.append(encode(each.mixed.fill(values), UNRESERVED));
            } else if (each.operator == ' ') {
                for (int i = 0; i < each.variables.size(); i++) {
                    url.append(i == 0 ? "" : ",").append(value(each.variables.get(i), values));
                }
            } else {
                query(url, each, others);
            }
        }
        return withoutDotSegments(url.toString());
    }

    private static String value(AttributePath variable, Map<AttributePath, Attributes.Value> values)
            throws UnfitRecordException {
        return encode(filled(variable, values), UNRESERVED);
    }

    /** @return the text of an attribute that has to be there */
    static String filled(AttributePath variable, Map<AttributePath, Attributes.Value> values)
            throws UnfitRecordException {
        Attributes.Value value = values.get(variable);
        if (value == null || !value.isThere()) {
            throw new UnfitRecordException("the attribute " + variable + ", which the URL requires, is missing or empty");
        }
        return text(variable, value);
    }

    private static void query(StringBuilder url, Part part, Map<AttributePath, Attributes.Value> values)
            throws UnfitRecordException {
        char separator = part.operator;
        for (AttributePath each : part.variables) {
            Attributes.Value value = values.get(each);
            if (value != null && value.json()[0] != 'n') {
                url.append(separator).append(encode(each.text(), UNRESERVED)).append('=')
                        .append(encode(text(each, value), UNRESERVED));
                separator = '&';
            }
        }
    }

    private static String text(AttributePath variable, Attributes.Value value) throws UnfitRecordException {
        if (value.text() == null) {
            throw new UnfitRecordException("the attribute " + variable + ", which the URL requires, is neither text nor a "
                    + "number");
        }
        return WholeText.of(variable, value.text());
    }

    private static String withoutDotSegments(String url) throws UnfitRecordException {
        int query = url.indexOf('?');
        for (String each : (query < 0 ? url : url.substring(0, query)).split("/", -1)) {
            if (each.equals(".") || each.equals("..")) {
                throw new UnfitRecordException("an attribute would add '"
                        + each + "' to the path, so the request would go to a different path");
            }
        }
        return url;
    }

    /** Percent-encodes the UTF-8 bytes of everything but letters, digits and what is let through. */
    private static String encode(String text, String through) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= '0' && each <= '9' || each >= 'a' && each <= 'z' || each >= 'A' && each <= 'Z'
                    || each > 0 && (UNRESERVED.indexOf(each) >= 0 || through.indexOf(each) >= 0);
            if (plain) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(Character.toUpperCase(Character.forDigit(each >> 4 & 15, 16)))
                        .append(Character.toUpperCase(Character.forDigit(each & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
