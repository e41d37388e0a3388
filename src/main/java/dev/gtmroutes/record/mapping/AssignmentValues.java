// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.List;

import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.JsonText;
import dev.gtmroutes.record.mapping.value.ObjectScan;
import dev.gtmroutes.record.mapping.value.Reading;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.mapping.value.SourceAttributes;
import dev.gtmroutes.record.mapping.value.Span;
import dev.gtmroutes.record.read.RecordSize;

/** The values of assignments for a record, one by one. Immutable, for any number of threads. */
final class AssignmentValues {

    private static final int DEEPEST = StreamReadConstraints.DEFAULT_MAX_DEPTH;

    private final List<Assignment> assignments;
    private final SourceAttributes source;

    /** @param attributes that the assignments read, by their positions */
    AssignmentValues(List<Assignment> assignments, List<AttributePath> attributes) {
        this.assignments = List.copyOf(assignments);
        this.source = new SourceAttributes(attributes);
    }

    static ObjectScan scan(SourceRecord record) {
        byte[] json = record.bytes();
        int brace = 0;
        while (json[brace] != '{') {
            brace++;
        }
        return new ObjectScan(json, brace, json.length);
    }

    Reading reading(SourceRecord record, ObjectScan scan, RunValues run, RecordSize longest) throws UnfitRecordException {
        return new Reading(record, run, longest, source.of(scan, longest));
    }

    /** @return null if the target is left out */
    Span value(int position, Reading reading) throws UnfitRecordException {
        Assignment assignment = assignments.get(position);
        Span value = assignment.expression().of(reading);
        checkDepth(assignment, value);
        return value;
    }

    /** What is nested more deeply cannot be read any more. */
    private static void checkDepth(Assignment assignment, Span value) throws UnfitRecordException {
        int left = DEEPEST - assignment.target().depth();
        // Each level takes two bytes at least.
        if (value != null && value.length() > 2 * left && value.isContainer() && JsonText.depth(value) > left) {
            throw new UnfitRecordException(
                    "the value of " + assignment.target() + " is nested so deeply that the mapped record "
                            + "would have more than " + DEEPEST + " levels");
        }
    }
}
