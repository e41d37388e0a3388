// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.console.mapping.MappingRow.Cell;
import dev.gtmroutes.console.mapping.MappingRow.Remark;
import dev.gtmroutes.console.mapping.TrialRecords.Outcome;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.MappingLine;
import dev.gtmroutes.record.mapping.MappingLine.Kind;
import dev.gtmroutes.record.mapping.MappingTrial;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.SurveyedAttribute;

/**
 * The text of a mapping as a table: a row for each line that is not blank, then one for each field that the endpoint
 * requires and no line makes.
 */
final class MappingTable {

    /**
     * What the table is made of.
     *
     * @param lines      of the text; placeholders of settings stand in them as they are written
     * @param trial      the same text with what stands for the values of settings
     * @param records    of the sample
     * @param attributes that are known
     * @param fields     that the endpoint takes
     * @param keeps      whether attributes stay that no line assigns to
     * @param kinds      that a person has chosen, by the keys of the rows
     * @param ofEndpoint whether the records are the sample of the endpoint, not such as the flow reads
     */
    record Content(List<MappingLine> lines, MappingTrial trial, List<SourceRecord> records,
            List<SurveyedAttribute> attributes, List<TargetField> fields, boolean keeps, Map<String, String> kinds,
            boolean ofEndpoint, Secrets secrets) {
    }

    private static final Cell NO_SAMPLE = new Cell("No sample", false);

    private final Content content;
    private final TrialRecords outcomes;
    private final RowCheck check;
    private final Map<String, Integer> targets = new HashMap<>();

    MappingTable(Content content) {
        this.content = content;
        this.outcomes = new TrialRecords(content.trial(), content.records());
        this.check = new RowCheck(outcomes, content.attributes(), content.ofEndpoint());
    }

    List<MappingRow> rows() {
        List<MappingRow> rows = new ArrayList<>();
        for (MappingLine each : content.lines()) {
            if (each.kind() != Kind.BLANK) {
                rows.add(each.isAssignment() ? row(each) : textRow(each));
            }
        }
        content.fields().stream().filter(each -> each.isRequired() && !isMade(each) && !isMade(each.required()))
                .forEach(each -> rows.add(requiredRow(each)));
        return rows;
    }

    /** How many of the known fields get a value. */
    long made() {
        return content.fields().stream().filter(this::isMade).count();
    }

    private boolean isMade(TargetField field) {
        return content.lines().stream().anyMatch(each -> each.isAssignment() && each.attribute().equals(field.attribute()));
    }

    /** Whether a line makes a part of what is required. */
    private boolean isMade(String required) {
        return content.lines().stream().filter(MappingLine::isAssignment).map(MappingLine::attribute)
                .anyMatch(each -> each.equals(required) || each.startsWith(required + ".")
                        || required.startsWith(each + "."));
    }

    private String key(String target) {
        return target + "#" + targets.merge(target, 1, Integer::sum);
    }

    private MappingRow row(MappingLine line) {
        String key = key(line.target());
        TargetField field = content.fields().stream().filter(each -> each.attribute().equals(line.attribute()))
                .findFirst().orElse(null);
        Remark remark = check.of(line, field).map(this::masked).orElse(null);
        return new MappingRow(key, line, field, line.target(), kind(line, content.kinds().getOrDefault(key, "")),
                cell(line), remark);
    }

    /** Any value can be shown as an expression; none yet, as anything. */
    private static String kind(MappingLine line, String chosen) {
        if (!chosen.isEmpty() && (line.value().isEmpty() || chosen.equals("expression"))) {
            return chosen;
        }
        return line.value().isEmpty() || line.kind() == Kind.ATTRIBUTE ? "attribute"
                : line.kind() == Kind.CONSTANT ? "constant" : "expression";
    }

    private MappingRow textRow(MappingLine line) {
        Remark remark = line.problem() == null ? null
                : new Remark(RowCheck.sentence(line.problem().message()), "", true);
        return new MappingRow(key("text"), line, null, "", "text", new Cell("", false), remark);
    }

    private MappingRow requiredRow(TargetField field) {
        String key = key(field.target());
        Optional<Outcome> own = content.keeps() ? outcomes.tried("x", own(field)).stream().findFirst() : Optional.empty();
        Cell cell = content.records().isEmpty() ? NO_SAMPLE : own.filter(Outcome::isThere).map(this::shown)
                .orElse(new Cell("No value", false));
        return new MappingRow(key, null, field, field.target(), content.kinds().getOrDefault(key, "attribute"), cell, null);
    }

    /** The attribute of the record that has the name of the field. */
    private static String own(TargetField field) {
        return new SurveyedAttribute(List.of(field.attribute().split("\\.", -1)), Set.of(), Set.of(), "")
                .expression();
    }

    /** Of the first record, or of the first one that would be rejected. */
    private Cell cell(MappingLine line) {
        List<Outcome> all = outcomes.of(line.number());
        Optional<Outcome> failed = all.stream().filter(Outcome::isProblem).findFirst();
        if (failed.isPresent()) {
            return new Cell("Record " + failed.get().place() + ": " + content.secrets().mask(failed.get().shownInput()),
                    true);
        }
        if (line.problem() != null) {
            return new Cell("", false);
        }
        return content.records().isEmpty() ? NO_SAMPLE : all.stream().findFirst().map(this::shown)
                .orElse(new Cell("", false));
    }

    private Cell shown(Outcome outcome) {
        JsonNode value = outcome.value();
        if (value == null) {
            return new Cell("Left out", false);
        }
        String text = value.isNull() ? "null" : value.isTextual() && value.asText().isEmpty() ? "Empty text"
                : content.secrets().mask(AttributeSurvey.shown(value));
        return new Cell(text, !value.isNull() && !text.equals("Empty text"));
    }

    private Remark masked(Remark remark) {
        return new Remark(content.secrets().mask(remark.text()), remark.fix(), remark.isBad());
    }
}
