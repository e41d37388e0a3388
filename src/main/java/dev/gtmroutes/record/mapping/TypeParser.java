// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.parameter.DidYouMean;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.value.BooleanType;
import dev.gtmroutes.record.mapping.value.DateTimePattern;
import dev.gtmroutes.record.mapping.value.JsonType;
import dev.gtmroutes.record.mapping.value.ListType;
import dev.gtmroutes.record.mapping.value.NumberType;
import dev.gtmroutes.record.mapping.value.Reading;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.mapping.value.Span;
import dev.gtmroutes.record.mapping.value.TextType;
import dev.gtmroutes.record.mapping.value.ValueType;
import dev.gtmroutes.record.read.RecordSize;

/** Reads a type with its argument: what stands behind the colon in braces. */
final class TypeParser {

    /** For what is converted once, when the mapping is read. */
    static final Reading NO_RECORD = new Reading(new SourceRecord(new byte[0], 0, 0, null), RunValues.NONE,
            RecordSize.DEFAULT, new Span[0]);

    private static final List<String> TYPES = List.of("number", "boolean", "json", "text", "datetime", "epoch", "list");
    private static final Map<String, String> MEANT = Map.ofEntries(Map.entry("int", "number"),
            Map.entry("integer", "number"),
            Map.entry("float", "number"), Map.entry("decimal", "number"), Map.entry("double", "number"),
            Map.entry("bool", "boolean"), Map.entry("string", "text"), Map.entry("str", "text"),
            Map.entry("date", "datetime"), Map.entry("time", "datetime"), Map.entry("timestamp", "epoch"),
            Map.entry("unix", "epoch"), Map.entry("array", "list"), Map.entry("split", "list"),
            Map.entry("object", "json"));
    private static final Pattern ARITHMETIC = Pattern.compile("([*/])\\s*(\\d{1,18}(?:\\.\\d{1,18})?)");

    private final LineCursor line;

    TypeParser(LineCursor line) {
        this.line = line;
    }

    ValueType read() throws LineCursor.Mistake {
        line.skipBlanks();
        int from = line.at();
        String word = line.until(" \t*/+-|}\"").strip();
        if (!TYPES.contains(word)) {
            throw new LineCursor.Mistake(from, unknown(word)).replace(from, line.at(), meant(word));
        }
        line.skipBlanks();
        int at = line.at();
        return switch (word) {
            case "number" -> number(argument(), at);
            case "list" -> list(at);
            case "datetime", "epoch" -> time(word, argument(), at);
            default -> plain(word, argument(), at);
        };
    }

    private static String unknown(String word) {
        String types = "Types are " + String.join(", ", TYPES);
        if (word.isEmpty()) {
            return "the type is missing behind the colon. " + types + ". A name with a colon in it stands in double quotes: "
                    + "{\"a:b\"}";
        }
        String meant = MEANT.get(word.toLowerCase(Locale.ROOT));
        return "'" + word + "' is not a type" + (meant != null ? ": did you mean " + meant + "?"
                : DidYouMean.suggestion(word, TYPES, ". " + types + ". A name with a colon in it stands in double quotes"));
    }

    /** The type that was probably meant; the same word for none. */
    private static String meant(String word) {
        String known = MEANT.get(word.toLowerCase(Locale.ROOT));
        String suggested = DidYouMean.suggestion(word, TYPES, "");
        return known != null || suggested.isEmpty() || word.isEmpty() ? Objects.requireNonNullElse(known, word)
                : TYPES.stream().filter(each -> suggested.endsWith(" " + each + "?")).findFirst().orElse(word);
    }

    private String argument() {
        return line.until("|}").strip();
    }

    private static ValueType number(String argument, int at) throws LineCursor.Mistake {
        if (argument.isEmpty()) {
            return NumberType.PLAIN;
        }
        Matcher arithmetic = ARITHMETIC.matcher(argument);
        if (!arithmetic.matches()) {
            throw new LineCursor.Mistake(at,
                    "behind number, only * or / and a number can stand, such as {minutes:number*60}");
        }
        BigDecimal by = new BigDecimal(arithmetic.group(2));
        if (arithmetic.group(1).equals("*")) {
            return new NumberType(by, null);
        }
        if (by.signum() == 0) {
            throw new LineCursor.Mistake(at, "a number cannot be divided by 0");
        }
        return new NumberType(null, by);
    }

    private ValueType list(int at) throws LineCursor.Mistake {
        String separator = line.now() == '"' ? line.quoted() : argument();
        line.skipBlanks();
        if (separator.isEmpty() && line.at() > at) {
            throw new LineCursor.Mistake(at, "the separator of a list has at least one character");
        }
        return new ListType(separator.isEmpty() ? ListType.USUAL : separator);
    }

    private static ValueType time(String word, String argument, int at) throws LineCursor.Mistake {
        try {
            return DateTimePattern.type(word, argument);
        } catch (IllegalArgumentException e) {
            throw new LineCursor.Mistake(at, e.getMessage());
        }
    }

    private static ValueType plain(String word, String argument, int at) throws LineCursor.Mistake {
        if (!argument.isEmpty()) {
            throw new LineCursor.Mistake(at, "behind " + word + ", only | or } can stand");
        }
        return switch (word) {
            case "boolean" -> new BooleanType();
            case "json" -> new JsonType();
            default -> new TextType();
        };
    }
}
