// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.checks.RequestRefusedException;

/** What a client wants of an export job. */
record ExportRequest(LocalDate start, LocalDate end, String activityType, String exportType) {

    private static final List<String> FIELDS = List.of("start_date", "end_date", "activity_type", "output_format",
            "export_type");
    static final String FORMAT = "JSONLines";
    private static final int MOST_DELTA_DAYS = 14;

    /** @throws RequestRefusedException with 400 if People.ai would not start it */
    static ExportRequest of(JsonNode body) {
        body.fieldNames().forEachRemaining(name -> require(FIELDS.contains(name), name,
                "unknown attribute '" + name + "'. Allowed: " + String.join(", ", FIELDS)));
        oneOf(body, "output_format", List.of(FORMAT));
        ExportRequest request = new ExportRequest(date(body, "start_date"), date(body, "end_date"),
                oneOf(body, "activity_type", List.of("email", "meeting", "call", "all")),
                oneOf(body, "export_type", List.of("snapshot", "delta")));
        request.check();
        return request;
    }

    private void check() {
        require(!end.isBefore(start), "end_date", "the end_date is before the start_date");
        if (isDelta()) {
            require(days() <= MOST_DELTA_DAYS, "end_date", "a delta spans at most 14 days, not " + days());
        } else {
            require(end.isBefore(start.plusYears(1)), "end_date",
                    "a snapshot spans at most 1 year, not " + days() + " days");
        }
    }

    boolean isDelta() {
        return exportType.equals("delta");
    }

    /** How many days it spans, the first and the last included. */
    int days() {
        return (int) ChronoUnit.DAYS.between(start, end) + 1;
    }

    private static LocalDate date(JsonNode body, String name) {
        String text = text(body, name);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new RequestRefusedException(400, name, "'" + name + "' must be a date: yyyy-MM-dd");
        }
    }

    private static String oneOf(JsonNode body, String name, List<String> values) {
        String text = text(body, name);
        require(values.contains(text), name, "'" + name + "' must be one of: " + String.join(", ", values));
        return text;
    }

    private static String text(JsonNode body, String name) {
        require(body.path(name).isTextual(), name, "'" + name + "' is missing or not a text");
        return body.get(name).textValue();
    }

    private static void require(boolean holds, String field, String message) {
        if (!holds) {
            throw new RequestRefusedException(400, field, message);
        }
    }
}
