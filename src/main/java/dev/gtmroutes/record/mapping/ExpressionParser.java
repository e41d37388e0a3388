// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.record.mapping.value.Constant;
import dev.gtmroutes.record.mapping.value.Expression;
import dev.gtmroutes.record.mapping.value.JsonConstants;
import dev.gtmroutes.record.mapping.value.JsonText;
import dev.gtmroutes.record.mapping.value.MixedValue;
import dev.gtmroutes.record.mapping.value.Span;

/** Reads the right side of an assignment. */
final class ExpressionParser {

    private static final Pattern BRACES = Pattern.compile("\\{[\\p{L}_\"][^{}]*}");

    private static final String UNTYPED = "\\{([^{}|:\"]+)(?::(?!\\s*text\\b)[^{}|]*)?(?:\\|[^{}]*)?}";
    private static final String NUMBER = "(\\d+(?:\\.\\d+)?)";
    /** A dash without a blank before it is a part of an id more often than a minus. */
    private static final Pattern CALCULATED = Pattern.compile(UNTYPED + "\\s*([*/+]|(?<=\\s)-)\\s*" + NUMBER);
    private static final Pattern MULTIPLIED = Pattern.compile(NUMBER + "\\s*\\*\\s*" + UNTYPED);

    private final LineCursor line;
    private final AttributeParser attributes;

    /** @param line stands behind the equals sign */
    ExpressionParser(LineCursor line, AttributeParser attributes) {
        this.line = line;
        this.attributes = attributes;
    }

    Expression read() throws LineCursor.Mistake {
        line.skipBlanks();
        if (line.atEnd()) {
            throw line.mistake("the right side is empty. Write a value, or \"\" for an empty text");
        }
        if (line.now() == '=') {
            throw line.mistake("write one = only. A text that begins with = stands in double quotes");
        }
        Optional<Span> constant = JsonConstants.parse(line.rest());
        if (constant.isPresent()) {
            return constant(constant.get());
        }
        String text = line.rest();
        checkQuotes(text);
        checkEnd(text);
        checkCalculation(text);
        return mixed();
    }

    private Constant constant(Span json) throws LineCursor.Mistake {
        if (JsonConstants.repeatsName(json)) {
            throw line.mistake("this object has a name twice. Remove one");
        }
        if (JsonConstants.hasText(json, each -> BRACES.matcher(each).find())) {
            throw line.mistake(json.isText()
                    ? "a text in quotes is sent as it is, so the braces in it stand for no value. Remove the quotes, or "
                            + "write \\u007b for an opening brace"
                    : "a constant is sent as it is, so the braces in it stand for no value. Write a line of its own for "
                            + "each value, such as owner.id = {id}");
        }
        return new Constant(json);
    }

    private void checkQuotes(String text) throws LineCursor.Mistake {
        if (text.startsWith("\"")) {
            line.quoted();
            line.skipBlanks();
            throw line.mistake(isComment() ? comment() : "the quotes hold a part of the right side only. Put all of it into "
                    + "quotes, or remove them");
        }
        if (text.startsWith("'") && text.endsWith("'") && text.length() > 1) {
            throw line.mistake("use double quotes").replace(line.at(), line.line().length(),
                    new String(JsonText.quoted(text.substring(1, text.length() - 1)), StandardCharsets.UTF_8));
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            throw line
                    .mistake("this is not a JSON list. To make a list of attributes, write [] behind the target and a line "
                            + "for each of them, such as tags[] = {tag}");
        }
        if (text.matches("(?s)\\{\\s*\"[^\"]*\"\\s*:\\s*[\"{\\[\\d].*}")) {
            throw line.mistake("this is not a JSON object. To make an object of attributes, write a line for each of them, "
                    + "such as owner.id = {id}");
        }
    }

    private void checkEnd(String text) throws LineCursor.Mistake {
        if (text.endsWith(",") || text.endsWith(";")) {
            line.moveTo(line.at() + text.length() - 1);
            throw line.mistake("a line ends without a comma or semicolon. Remove it").replace(line.at(),
                    line.line().length(), "");
        }
    }

    /** Outside of the braces, a sign and a number would be a part of a text. */
    private void checkCalculation(String text) throws LineCursor.Mistake {
        Matcher behind = CALCULATED.matcher(text);
        if (behind.matches()) {
            String name = behind.group(1).strip();
            String sign = behind.group(2);
            boolean isPossible = "*/".contains(sign);
            throw line.mistake((isPossible ? calculation(name, sign, behind.group(3))
                    : "this makes a text: a mapping does not add and subtract")
                    + ". For a text, write {" + name + ":text}" + text.substring(text.indexOf('}') + 1))
                    .replace(line.at(), line.line().length(), isPossible ? number(name, sign, behind.group(3)) : text);
        }
        Matcher before = MULTIPLIED.matcher(text);
        if (before.matches()) {
            String name = before.group(2).strip();
            throw line.mistake(calculation(name, "*", before.group(1)) + ". For a text, write "
                    + text.substring(0, text.indexOf('{')) + "{" + name + ":text}")
                    .replace(line.at(), line.line().length(), number(name, "*", before.group(1)));
        }
    }

    private static String calculation(String name, String sign, String number) {
        return "this makes a text. To calculate, write " + number(name, sign, number);
    }

    private static String number(String name, String sign, String number) {
        return "{" + name + ":number" + sign + number + "}";
    }

    private boolean isComment() {
        return line.now() == '#';
    }

    private static String comment() {
        return "a comment stands on a line of its own, which begins with #";
    }

    private Expression mixed() throws LineCursor.Mistake {
        List<Expression> parts = new ArrayList<>();
        int braces = 0;
        while (!line.atEnd()) {
            if (line.now() == '{') {
                parts.add(attributes.read());
                if (++braces == 1 && parts.size() == 1) {
                    checkComment();
                }
            } else if (line.now() == '}') {
                throw line.mistake("this brace closes nothing. Put a text with braces into double quotes");
            } else {
                parts.add(new Constant(Span.of(JsonText.escaped(line.until("{}")))));
            }
        }
        if (parts.size() == 1) {
            return parts.get(0) instanceof Constant text
                    ? new Constant(Span.of('"' + new String(text.value().bytes(), StandardCharsets.UTF_8) + '"'))
                    : parts.get(0);
        }
        return new MixedValue(parts);
    }

    /** Where a value alone is followed by what only looks like a comment. */
    private void checkComment() throws LineCursor.Mistake {
        int at = line.at();
        line.skipBlanks();
        if (isComment() && line.at() > at) {
            throw line.mistake(comment());
        }
        line.moveTo(at);
    }
}
