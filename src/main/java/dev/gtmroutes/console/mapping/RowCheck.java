// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.console.mapping.MappingRow.Remark;
import dev.gtmroutes.console.mapping.TrialRecords.Outcome;
import dev.gtmroutes.lint.fields.TargetField;
import dev.gtmroutes.parameter.DidYouMean;
import dev.gtmroutes.record.mapping.Mapping;
import dev.gtmroutes.record.mapping.MappingLine;
import dev.gtmroutes.record.survey.AttributeSurvey;
import dev.gtmroutes.record.survey.SurveyedAttribute;
import dev.gtmroutes.record.survey.ValueKind;

/** Finds what is wrong with a line of a mapping: its text, its records, and the field that it is for. */
final class RowCheck {

    private static final Map<ValueKind, List<String>> CONVERSIONS = Map.of(ValueKind.NUMBER, List.of("number", "epoch"),
            ValueKind.BOOLEAN, List.of("boolean"), ValueKind.TEXT, List.of("text"), ValueKind.TIME, List.of("datetime"),
            ValueKind.LIST, List.of("list"));

    private final TrialRecords records;
    private final List<SurveyedAttribute> attributes;
    private final boolean ofEndpoint;

    /** @param ofEndpoint whether the records are the sample of the endpoint: an attribute that they lack may be there */
    RowCheck(TrialRecords records, List<SurveyedAttribute> attributes, boolean ofEndpoint) {
        this.records = records;
        this.attributes = attributes;
        this.ofEndpoint = ofEndpoint;
    }

    /** @param field that the line makes; null for one of which nothing is known */
    Optional<Remark> of(MappingLine line, TargetField field) {
        if (line.problem() != null) {
            return Optional.of(line.isAssignment() && line.value().isEmpty()
                    ? new Remark("Choose an attribute, or enter a value.", "", true)
                    : new Remark(sentence(line.problem().message()), line.problem().fix(), true));
        }
        List<Outcome> outcomes = records.of(line.number());
        Optional<Remark> failed = outcomes.stream().filter(Outcome::isProblem).findFirst()
                .map(each -> failure(line, field, each));
        if (failed.isEmpty() && isUnknown(line, outcomes)) {
            return unknown(line);
        }
        return failed.or(() -> advice(line))
                .or(() -> field == null ? Optional.empty()
                        : outcomes.stream().map(each -> unfit(line, field, each)).flatMap(Optional::stream).findFirst());
    }

    private static Optional<Remark> advice(MappingLine line) {
        return Mapping.advice(line.text()).stream().findFirst()
                .map(each -> new Remark(sentence(each.message()), each.fix(), false));
    }

    private Remark failure(MappingLine line, TargetField field, Outcome outcome) {
        String value = outcome.input() == null || !outcome.input().isValueNode() ? "" : quoted(outcome.input());
        String said = outcome.problem().replaceFirst("^the attribute (.*), from which the mapping makes .*?, is ",
                value.isEmpty() ? "the attribute $1 is " : value + " is ");
        return new Remark("Record " + outcome.place() + ": " + sentence(said) + " The record would be rejected.",
                field == null || line.source().isEmpty() ? "" : conversion(line, field), true);
    }

    private boolean isUnknown(MappingLine line, List<Outcome> outcomes) {
        return !line.source().isEmpty() && !records.isEmpty() && outcomes.stream().allMatch(each -> each.value() == null)
                && attributes.stream().noneMatch(each -> each.path().equals(line.source()));
    }

    /** None of the records has the attribute: most likely a mistyped name. */
    private Optional<Remark> unknown(MappingLine line) {
        Optional<SurveyedAttribute> near = attributes.stream()
                .filter(each -> DidYouMean.distance(each.path(), line.source()) <= Math.max(1, line.source().length() / 3))
                .min((one, other) -> DidYouMean.distance(one.path(), line.source())
                        - DidYouMean.distance(other.path(), line.source()));
        if (ofEndpoint && near.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Remark("No sample record has the attribute " + line.source() + ".",
                near.map(SurveyedAttribute::expression).orElse(""), false));
    }

    private Optional<Remark> unfit(MappingLine line, TargetField field, Outcome outcome) {
        if (!outcome.isThere()) {
            return !field.required().equals(field.attribute()) ? Optional.empty() : Optional.of(new Remark("Record "
                    + outcome.place() + " has no value for this required field. The record would be rejected.", "", true));
        }
        JsonNode value = outcome.value();
        boolean isSpread = value.isArray() && line.target().contains("[]");
        if (isSpread) {
            return Optional.empty();
        }
        if (!field.allowed().isEmpty() && value.isValueNode() && !field.allowed().contains(value.asText())) {
            return Optional.of(new Remark("Record " + outcome.place() + ": " + quoted(value) + " is not allowed. Allowed: "
                    + String.join(", ", field.allowed()) + ".", "", true));
        }
        return isOfKind(field, ValueKind.of(value)) ? Optional.empty()
                : Optional.of(new Remark("Record " + outcome.place() + ": " + quoted(value) + " is "
                        + ValueKind.of(value).phrase() + ". " + (field.sure() ? "The endpoint takes "
                                : "In the sample of the endpoint, this field is ")
                        + field.kind().phrase() + ".", conversion(line, field), true));
    }

    /** A sample with a text says little: most endpoints take a number there, too. */
    private static boolean isOfKind(TargetField field, ValueKind kind) {
        ValueKind wanted = field.kind();
        return wanted == null || !field.sure() && wanted == ValueKind.TEXT && kind != ValueKind.LIST
                && kind != ValueKind.OBJECT || (wanted == ValueKind.TIME ? kind == wanted : wanted.isLike(kind));
    }

    /** The right side with the type that makes the field of most of the records; empty if none does. */
    private String conversion(MappingLine line, TargetField field) {
        String best = "";
        long most = 0;
        for (String each : line.source().isEmpty() || field.kind() == null ? List.<String>of()
                : CONVERSIONS.getOrDefault(field.kind(), List.of())) {
            String value = line.value().substring(0, line.value().length() - 1).stripTrailing() + ":" + each + "}";
            long fit = records.tried(line.target(), value).stream()
                    .filter(outcome -> outcome.isThere() && isOfKind(field, ValueKind.of(outcome.value()))).count();
            if (fit > most) {
                most = fit;
                best = value;
            }
        }
        return best;
    }

    private static String quoted(JsonNode value) {
        return "“" + AttributeSurvey.shown(value) + "”";
    }

    static String sentence(String text) {
        String upper = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return upper.matches("(?s).*[.?!]") ? upper : upper + ".";
    }
}
