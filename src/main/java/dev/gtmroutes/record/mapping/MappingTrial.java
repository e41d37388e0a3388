// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.AttributeValue;
import dev.gtmroutes.record.mapping.value.Reading;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.mapping.value.Span;
import dev.gtmroutes.record.read.RecordSize;

/**
 * A mapping while a person writes it: line by line, with what each makes of a record, also while other lines have mistakes.
 * The lines are evaluated by what {@link Mapping} evaluates them with. Immutable.
 */
public final class MappingTrial {

    /**
     * What a line makes of a record.
     *
     * @param line    1-based
     * @param json    the value; null if the target is left out, or there is a problem
     * @param input   the attribute that the line reads first, as JSON; null for none
     * @param problem why the record would be rejected; empty if it would not be
     */
    public record Result(int line, String json, String input, String problem) {
    }

    private final List<MappingLine> lines;
    private final List<Assignment> assignments;
    private final List<AttributePath> attributes;
    private final AssignmentValues values;

    private MappingTrial(MappingReader read) {
        this.lines = List.copyOf(read.lines());
        this.assignments = List.copyOf(read.assignments());
        this.attributes = read.attributes();
        this.values = new AssignmentValues(assignments, attributes);
    }

    /** Reads any text. */
    public static MappingTrial of(String text) {
        return new MappingTrial(new MappingReader(text));
    }

    /** All lines in their order, each with its mistake. */
    public List<MappingLine> lines() {
        return lines;
    }

    /**
     * What the lines without mistakes make of a record.
     *
     * @param record a well-formed one
     */
    public List<Result> results(SourceRecord record, RunValues run, RecordSize longest) {
        List<Result> results = new ArrayList<>();
        Reading reading;
        try {
            reading = values.reading(record, AssignmentValues.scan(record), run, longest);
        } catch (UnfitRecordException e) {
            return assignments.stream().map(each -> new Result(each.line(), null, null, e.getMessage())).toList();
        }
        for (int i = 0; i < assignments.size(); i++) {
            results.add(result(i, reading));
        }
        return results;
    }

    private Result result(int position, Reading reading) {
        Assignment assignment = assignments.get(position);
        String input = assignment.expression().attributes().stream().findFirst().map(AttributeValue::path)
                .map(attributes::indexOf).map(reading::attribute).map(Span::json).orElse(null);
        try {
            Span value = values.value(position, reading);
            return new Result(assignment.line(), value == null ? null : value.json(), input, "");
        } catch (UnfitRecordException e) {
            return new Result(assignment.line(), null, input, e.getMessage());
        }
    }
}
