// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.mapping.MappingLine.Kind;
import dev.gtmroutes.record.mapping.value.AttributeValue;
import dev.gtmroutes.record.mapping.value.Constant;
import dev.gtmroutes.record.mapping.value.Expression;

/** Reads the text of a mapping: all of it, so that all mistakes are told at once. */
final class MappingReader {

    private final List<Assignment> assignments = new ArrayList<>();
    private final List<MappingProblem> problems = new ArrayList<>();
    private final List<MappingProblem> advice = new ArrayList<>();
    private final Map<AttributePath, Integer> attributes = new LinkedHashMap<>();
    private final List<Mapping.RunValue> runValues = new ArrayList<>();
    private final List<MappingLine> lines = new ArrayList<>();
    private final TargetNode root = new TargetNode();

    MappingReader(String text) {
        String[] all = text.replace("\uFEFF", "").split("\r\n|\n|\r", -1);
        for (int i = 0; i < all.length; i++) {
            String line = all[i].replaceAll("[ \t\u00a0]+$", "");
            if (line.isBlank()) {
                lines.add(MappingLine.without(i + 1, all[i], Kind.BLANK, null));
            } else if (line.stripLeading().startsWith("#")) {
                lines.add(MappingLine.without(i + 1, all[i], Kind.COMMENT, null));
            } else {
                lines.add(read(all[i], line, i + 1));
            }
        }
    }

    /** @param text the line without the blanks at its end */
    private MappingLine read(String whole, String text, int number) {
        LineCursor line = new LineCursor(text);
        TargetPath target = null;
        int from = 0;
        int valueAt = text.length();
        String written = "";
        try {
            line.skipBlanks();
            from = line.at();
            target = TargetPath.read(line);
            String left = text.substring(from, line.at()).strip();
            if (!line.takes('=')) {
                throw line.mistake("write = between the target and its value, such as duration = {minutes:number}");
            }
            written = left;
            line.skipBlanks();
            int right = line.at();
            valueAt = right;
            Expression expression = new ExpressionParser(line,
                    attributes(line, target, mistake -> advice.add(problem(mistake, text, number, right)))).read();
            add(new Assignment(number, target, expression), from);
            return new MappingLine(number, whole, kind(expression), written, target.attribute(), valueAt,
                    text.substring(valueAt), source(expression), null);
        } catch (LineCursor.Mistake e) {
            MappingProblem problem = problem(e, text, number, valueAt);
            problems.add(problem);
            return written.isEmpty() ? MappingLine.without(number, whole, Kind.UNREADABLE, problem)
                    : new MappingLine(number, whole, Kind.EXPRESSION, written, target.attribute(), valueAt,
                            text.substring(valueAt), "", problem);
        }
    }

    private AttributeParser attributes(LineCursor line, TargetPath target, Consumer<LineCursor.Mistake> advised) {
        return new AttributeParser(line, target.toString(),
                path -> attributes.computeIfAbsent(path, key -> attributes.size()),
                name -> runValues.add(new Mapping.RunValue(target.attribute(), name)), advised);
    }

    private static MappingProblem problem(LineCursor.Mistake mistake, String text, int number, int valueAt) {
        String mended = mistake.mended(text);
        String fix = mended.equals(text) || mended.length() < valueAt ? "" : mended.substring(valueAt);
        return new MappingProblem(number, text.codePointCount(0, Math.min(mistake.at(), text.length())) + 1,
                mistake.getMessage(), fix);
    }

    private static Kind kind(Expression expression) {
        return expression instanceof Constant ? Kind.CONSTANT : source(expression).isEmpty() ? Kind.EXPRESSION
                : Kind.ATTRIBUTE;
    }

    private static String source(Expression expression) {
        return expression instanceof AttributeValue value && value.isUnchanged() ? value.path().text() : "";
    }

    private void add(Assignment assignment, int from) throws LineCursor.Mistake {
        try {
            root.add(assignment, assignments.size());
        } catch (IllegalArgumentException e) {
            throw new LineCursor.Mistake(from, e.getMessage());
        }
        assignments.add(assignment);
    }

    List<Assignment> assignments() {
        return assignments;
    }

    /** All lines of the text. */
    List<MappingLine> lines() {
        return lines;
    }

    List<MappingProblem> problems() {
        return problems;
    }

    /** Lines that can be used, and probably do something else than is meant. */
    List<MappingProblem> advice() {
        return advice;
    }

    /** Those that are read, in the order of their positions. */
    List<AttributePath> attributes() {
        return List.copyOf(attributes.keySet());
    }

    List<Mapping.RunValue> runValues() {
        return runValues;
    }

    TargetNode root() {
        return root;
    }
}
