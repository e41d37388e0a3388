// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.mapping.value.Expression;

/** Reads the text of a mapping: all of it, so that all mistakes are told at once. */
final class MappingReader {

    private final List<Assignment> assignments = new ArrayList<>();
    private final List<MappingProblem> problems = new ArrayList<>();
    private final Map<AttributePath, Integer> attributes = new LinkedHashMap<>();
    private final List<Mapping.RunValue> runValues = new ArrayList<>();
    private final TargetNode root = new TargetNode();

    MappingReader(String text) {
        String[] lines = text.replace("\uFEFF", "").split("\r\n|\n|\r", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].replaceAll("[ \t\u00a0]+$", "");
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                read(line, i + 1);
            }
        }
    }

    private void read(String text, int number) {
        LineCursor line = new LineCursor(text);
        try {
            line.skipBlanks();
            int from = line.at();
            TargetPath target = TargetPath.read(line);
            if (!line.takes('=')) {
                throw line.mistake("write = between the target and its value, such as duration = {minutes:number}");
            }
            Expression expression = new ExpressionParser(line, new AttributeParser(line, target.toString(),
                    path -> attributes.computeIfAbsent(path, key -> attributes.size()),
                    name -> runValues.add(new Mapping.RunValue(target.attribute(), name)))).read();
            add(new Assignment(number, target, expression), from);
        } catch (LineCursor.Mistake e) {
            problems.add(new MappingProblem(number, text.codePointCount(0, Math.min(e.at(), text.length())) + 1,
                    e.getMessage()));
        }
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

    List<MappingProblem> problems() {
        return problems;
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
