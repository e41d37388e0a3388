// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.mapping;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.MappingTrial;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordCheck;
import dev.gtmroutes.record.read.RecordSize;
import dev.gtmroutes.record.survey.AttributeSurvey;

/** What the lines of a mapping make of sample records, by their lines. */
final class TrialRecords {

    /**
     * What a line makes of a record.
     *
     * @param place   of the record among the sample, from 1
     * @param value   null if the target is left out
     * @param input   the attribute that the line reads first; null for none
     * @param problem why the record would be rejected; empty if it would not be
     */
    record Outcome(int place, JsonNode value, JsonNode input, String problem) {

        boolean isProblem() {
            return !problem.isEmpty();
        }

        /** Whether there is a value that is neither null nor empty. */
        boolean isThere() {
            return value != null && !value.isNull() && !(value.isTextual() && value.asText().isEmpty());
        }

        String shownInput() {
            return input == null ? "" : AttributeSurvey.shown(input);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper(RecordCheck.JSON);

    private final List<SourceRecord> records;
    private final Map<Integer, List<Outcome>> byLine = new HashMap<>();

    TrialRecords(MappingTrial trial, List<SourceRecord> records) {
        this.records = records;
        for (int i = 0; i < records.size(); i++) {
            for (MappingTrial.Result each : trial.results(records.get(i), RunValues.ofSample("sample"),
                    RecordSize.DEFAULT)) {
                byLine.computeIfAbsent(each.line(), line -> new ArrayList<>())
                        .add(new Outcome(i + 1, parsed(each.json()), parsed(each.input()), each.problem()));
            }
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return json == null ? null : JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException("the value is not JSON", e);
        }
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /** What a line makes of the records, in their order; none for a line with a mistake. */
    List<Outcome> of(int line) {
        return byLine.getOrDefault(line, List.of());
    }

    /** What another right side would make of the records. */
    List<Outcome> tried(String target, String value) {
        return new TrialRecords(MappingTrial.of(target + " = " + value), records).of(1);
    }
}
