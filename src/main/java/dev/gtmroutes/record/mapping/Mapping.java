// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import java.util.List;
import java.util.stream.Collectors;

import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.mapping.value.JsonBuffer;
import dev.gtmroutes.record.mapping.value.ObjectScan;
import dev.gtmroutes.record.mapping.value.Reading;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.mapping.value.Span;
import dev.gtmroutes.record.read.RecordSize;

/**
 * Makes another record of a record: lines {@code target = expression}, as docs/records-and-mapping.md describes them.
 * Immutable, for any number of threads.
 */
public final class Mapping {

    private static final int MOST_NAMED = 8;

    private final List<Assignment> assignments;
    private final List<RunValue> runValues;
    private final List<AttributePath> attributes;
    private final AssignmentValues lineValues;
    private final ObjectWriter writer;
    private final boolean others;

    private Mapping(MappingReader read, boolean others) {
        this.assignments = List.copyOf(read.assignments());
        this.runValues = List.copyOf(read.runValues());
        this.attributes = read.attributes();
        this.lineValues = new AssignmentValues(assignments, attributes);
        this.others = others;
        List<String> dotted = assignments.stream().map(each -> each.target().attribute()).toList();
        this.writer = new ObjectWriter(read.root(), dotted, assignments);
    }

    /**
     * @param  text   the lines; blank for none
     * @param  others whether attributes that no line assigns to stay in the record
     * @throws MappingException if lines have mistakes
     */
    public static Mapping of(String text, boolean others) {
        MappingReader read = new MappingReader(text);
        if (!read.problems().isEmpty()) {
            throw new MappingException(read.problems());
        }
        return new Mapping(read, others);
    }

    /** @return the mistakes of a text in the order of their lines; none if {@link #of} takes it */
    public static List<MappingProblem> problems(String text) {
        return List.copyOf(new MappingReader(text).problems());
    }

    /** @return what lines of a text probably do not do as their author means, in the order of the lines */
    public static List<MappingProblem> advice(String text) {
        return List.copyOf(new MappingReader(text).advice());
    }

    /** Whether it has no line, so that records stay as they are. */
    public boolean isEmpty() {
        return assignments.isEmpty();
    }

    /**
     * Whether a line assigns to an attribute, to a part of it, or to an object around it.
     *
     * @param attribute a dotted path
     */
    public boolean makes(String attribute) {
        return assignments.stream().map(each -> each.target().attribute()).anyMatch(each -> each.equals(attribute)
                || attribute.startsWith(each + ".") || each.startsWith(attribute + "."));
    }

    /** The attributes that lines read and have nothing to take their place, with the number of the first such line. */
    public List<Need> needs() {
        return assignments.stream()
                .flatMap(line -> line.expression().attributes().stream().filter(each -> !each.isOptional())
                        .map(each -> new Need(each.path().text(), line.line())))
                .distinct().toList();
    }

    /** What lines read that is no attribute of the record, in their order. */
    public List<RunValue> runValues() {
        return runValues;
    }

    /**
     * A value of the run that a line reads.
     *
     * @param target that is made of it, a dotted path
     * @param name   {@code now}, {@code uuid}, {@code file} or {@code line}
     */
    public record RunValue(String target, String name) {
    }

    /**
     * An attribute that a line reads.
     *
     * @param attribute a dotted path
     * @param line      1-based
     */
    public record Need(String attribute, int line) {
    }

    /**
     * @param  record  a well-formed record; not changed
     * @param  longest how long the mapped record may be
     * @return         the mapped record: one JSON object; the same bytes if there is no line
     * @throws UnfitRecordException if a line cannot make its value of the record, or nothing would be left of the record;
     *                              the message names the attribute
     */
    public byte[] apply(SourceRecord record, RunValues run, RecordSize longest) throws UnfitRecordException {
        if (isEmpty()) {
            return record.bytes();
        }
        ObjectScan scan = AssignmentValues.scan(record);
        Reading reading = lineValues.reading(record, scan, run, longest);
        Span[] values = new Span[assignments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lineValues.value(i, reading);
        }
        JsonBuffer out = new JsonBuffer(record.bytes().length + 128, longest);
        if (!writer.write(out, others ? scan : null, values) && !others) {
            throw nothingLeft();
        }
        return out.toBytes();
    }

    /** An empty record would be delivered without a word, as after a typo in a name. */
    private UnfitRecordException nothingLeft() {
        String names = attributes.stream().limit(MOST_NAMED).map(AttributePath::text).collect(Collectors.joining(", "));
        return new UnfitRecordException("the mapping leaves no attribute; the record has none of " + names
                + (attributes.size() > MOST_NAMED ? ", …" : "") + ", or they are empty. Correct the names in braces in map, "
                + "or set mapOthers to true");
    }
}
