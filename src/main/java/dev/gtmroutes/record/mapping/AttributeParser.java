// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.AttributeValue;
import dev.gtmroutes.record.mapping.value.JsonConstants;
import dev.gtmroutes.record.mapping.value.JsonText;
import dev.gtmroutes.record.mapping.value.NumberType;
import dev.gtmroutes.record.mapping.value.Reading;
import dev.gtmroutes.record.mapping.value.Span;
import dev.gtmroutes.record.mapping.value.ValueType;

/** Reads what stands in braces: an attribute or a value of the run, its type, and what to do without a value. */
final class AttributeParser {

    private static final String ENDS = ".:|{}\"";
    private static final String DROP = "drop";
    private static final Pattern TYPE_BEHIND = Pattern
            .compile("([^:]*):\\s*(number(?:\\s*[*/].*)?|boolean|json|text|(?:datetime|epoch|list)(?: .*)?)");
    /** A type without an argument that holds blanks: more likely meant than a default of these letters. */
    private static final Pattern TYPE = Pattern.compile("number(?:\\s*[*/].*)?|boolean|json|text|datetime|epoch|list");
    private static final Map<String, AttributeValue.Source> RUN = Map.of("now", Reading::now, "uuid", Reading::uuid, "file",
            Reading::file, "line", Reading::line);

    /** Where an attribute stands among all that the mapping reads. */
    interface Positions {
        int of(AttributePath path);
    }

    private final LineCursor line;
    private final String target;
    private final Positions positions;
    private final Consumer<String> runValues;
    private final Consumer<LineCursor.Mistake> advice;

    /**
     * @param target    for which values are read
     * @param runValues is told the name of each value of the run
     * @param advice    is told what is probably meant otherwise
     */
    AttributeParser(LineCursor line, String target, Positions positions, Consumer<String> runValues,
            Consumer<LineCursor.Mistake> advice) {
        this.line = line;
        this.target = target;
        this.positions = positions;
        this.runValues = runValues;
        this.advice = advice;
    }

    /** The cursor stands at the opening brace. */
    AttributeValue read() throws LineCursor.Mistake {
        int brace = line.at();
        line.takes('{');
        line.skipBlanks();
        if (line.now() == '{') {
            int end = line.line().indexOf("}}", brace);
            throw new LineCursor.Mistake(brace, "write single braces: {attribute}").replace(brace, end < 0 ? brace : end + 2,
                    end < 0 ? "" : line.line().substring(line.at(), end + 1));
        }
        int from = line.at();
        boolean quoted = line.now() == '"';
        AttributePath path = path(brace);
        String name = line.line().substring(from, line.at()).strip();
        ValueType type = line.takes(':') ? new TypeParser(line).read() : null;
        AttributeValue.WithoutValue without = AttributeValue.WithoutValue.AS_IT_IS;
        Span fallback = null;
        if (line.takes('|')) {
            fallback = fallback(name, type);
            without = fallback == null ? AttributeValue.WithoutValue.DROP : AttributeValue.WithoutValue.DEFAULT;
        }
        if (!line.takes('}')) {
            throw line.atEnd() ? new LineCursor.Mistake(brace, "this brace is not closed. Write } behind the attribute")
                    : line.mistake("write } here, or | and a default");
        }
        AttributeValue.Source run = quoted ? null : RUN.get(path.text());
        if (run != null) {
            runValues.accept(path.text());
            return new AttributeValue(null, name, run, type, without, fallback, target);
        }
        int position = positions.of(path);
        return new AttributeValue(path, name, record -> record.attribute(position), type, without, fallback, target);
    }

    private AttributePath path(int brace) throws LineCursor.Mistake {
        List<String> names = new ArrayList<>();
        do {
            line.skipBlanks();
            names.add(name(brace));
            line.skipBlanks();
        } while (line.takes('.'));
        return new AttributePath(String.join(".", names), names);
    }

    private String name(int brace) throws LineCursor.Mistake {
        if (line.now() == '"') {
            return line.quoted();
        }
        int from = line.at();
        String name = line.until(ENDS).strip();
        if (line.atEnd()) {
            throw new LineCursor.Mistake(brace, "this brace is not closed. Write } behind the attribute");
        }
        if (line.now() == '{' || line.now() == '"') {
            throw line.mistake("the name of an attribute with " + line.now() + " in it stands in double quotes: "
                    + "{\"a name\"}, with \\\" for a quote");
        }
        if (name.isEmpty()) {
            throw new LineCursor.Mistake(from, "the name of an attribute is missing. Write it in braces, such as {minutes}");
        }
        if (name.equals("*")) {
            throw new LineCursor.Mistake(from, "{*} stands for the whole record in a body only. Name an attribute here");
        }
        int bracket = name.endsWith("]") ? name.lastIndexOf('[') : -1;
        if (bracket >= 0 && name.substring(bracket + 1, name.length() - 1).matches("\\d*")) {
            throw new LineCursor.Mistake(from, "write the name without brackets: lists are entered, so {attendees.email} is "
                    + "a list of the emails");
        }
        return name;
    }

    /** @return the default as JSON; null for {@code drop} */
    private Span fallback(String name, ValueType type) throws LineCursor.Mistake {
        int bar = line.at() - 1;
        line.skipBlanks();
        int from = line.at();
        Span value;
        int length = "\"[{".indexOf(line.now()) >= 0 && !line.atEnd() ? JsonConstants.lengthAtStart(line.rest()) : -1;
        if (length >= 0) {
            value = Span.of(line.line().substring(from, from + length));
            line.moveTo(from + length);
            line.skipBlanks();
        } else {
            String text = line.until("{}").strip();
            if (line.now() == '{') {
                throw line.mistake("a default is a constant and contains no braces. Put it into double quotes");
            }
            if (text.equals(DROP)) {
                return null;
            }
            Matcher typed = TYPE_BEHIND.matcher(text);
            if (typed.matches()) {
                throw new LineCursor.Mistake(from,
                        "the type stands before the default: {" + name + ":" + typed.group(2) + "|"
                                + typed.group(1) + "}. A default with a colon in it stands in double quotes");
            }
            if (type == null && TYPE.matcher(text).matches()) {
                advice.accept(new LineCursor.Mistake(from, text + " is a default; to convert, write {" + name + ":" + text
                        + "}. A default of this name stands in double quotes").replace(bar, line.at(), ":" + text));
            }
            Optional<Span> json = JsonConstants.parse(text);
            value = json.orElseGet(() -> Span.of(JsonText.quoted(text)));
        }
        return type == null ? value : converted(type, value, from);
    }

    /** A default is the value that is sent, so it is not calculated with, but it is of the type. */
    private Span converted(ValueType type, Span value, int from) throws LineCursor.Mistake {
        if (value.isEmpty()) {
            return value;
        }
        try {
            Span converted = (type instanceof NumberType ? NumberType.PLAIN : type).convert(value, TypeParser.NO_RECORD);
            if (converted == null) {
                throw new LineCursor.Mistake(from, "the default " + type.problem());
            }
            return converted;
        } catch (UnfitRecordException e) {
            throw new LineCursor.Mistake(from, "the default cannot be used: " + e.getMessage());
        }
    }
}
