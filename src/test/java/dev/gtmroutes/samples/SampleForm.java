// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A form in which records come as text. What a form cannot hold, and what it changes, is said here alone. */
public enum SampleForm {

    /** One record to a line. */
    NDJSON("ndjson", "application/x-ndjson"),

    /** An array with one record to a line. */
    JSON_ARRAY("json", "application/json"),

    /** One record over several lines, and so an input for each record. */
    PRETTY_OBJECT("json", "application/json"),

    /** Rows below a header row: an input for records one behind the other that have the same attributes. */
    CSV("csv", "text/csv");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String ending;
    private final String contentType;

    SampleForm(String ending, String contentType) {
        this.ending = ending;
        this.contentType = contentType;
    }

    /**
     * A file, or the body of a request.
     *
     * @param records numbers of the records that it holds, from 0
     * @param lines   the line that each of them begins in, from 1
     */
    public record Input(String text, List<Integer> records, List<Integer> lines) {
    }

    /** The ending of a file's name. */
    public String ending() {
        return ending;
    }

    /** The media type. */
    public String contentType() {
        return contentType;
    }

    /**
     * The case with those of its records that this form can hold.
     *
     * @return empty if there are none, or if some are missing and others would share their request
     */
    public Optional<Sample> held(Sample sample) {
        List<Integer> held = IntStream.range(0, sample.records().size())
                .filter(record -> this != CSV || isText(sample.records().get(record))).boxed().toList();
        if (held.size() == sample.records().size()) {
            return Optional.of(sample);
        }
        return held.isEmpty() || sample.sharesRequests() ? Optional.empty() : Optional.of(sample.only(held));
    }

    /** Whether CSV carries the record as it is: each value a text that is not empty, and a row that is not blank. */
    private static boolean isText(String record) {
        try {
            Map<String, Object> attributes = attributes(record);
            return attributes.values().stream().allMatch(value -> value instanceof String text && !text.isEmpty())
                    && attributes.values().stream().anyMatch(value -> !value.toString().isBlank())
                    && JSON.writeValueAsString(attributes).equals(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> attributes(String record) {
        try {
            return JSON.readValue(record, new TypeReference<LinkedHashMap<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The records of a case that this form holds, as one input or several. */
    public List<Input> inputs(Sample held) {
        List<String> records = held.records();
        List<Integer> all = IntStream.range(0, records.size()).boxed().toList();
        return switch (this) {
            case NDJSON -> List.of(new Input(String.join("\n", records) + "\n", all, lines(all, 1)));
            case JSON_ARRAY -> List.of(new Input("[\n" + String.join(",\n", records) + "\n]\n", all, lines(all, 2)));
            case PRETTY_OBJECT -> all.stream().map(record -> new Input(JsonText.pretty(records.get(record)) + "\n",
                    List.of(record), List.of(1))).toList();
            case CSV -> tables(records);
        };
    }

    private static List<Integer> lines(List<Integer> records, int first) {
        return IntStream.range(first, first + records.size()).boxed().toList();
    }

    private static List<Input> tables(List<String> records) {
        List<Input> tables = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= records.size(); to++) {
            if (to == records.size() || !columns(records.get(to)).equals(columns(records.get(from)))) {
                List<Integer> rows = IntStream.range(from, to).boxed().toList();
                String table = Stream.concat(Stream.of(columns(records.get(from))), rows.stream().map(records::get)
                        .map(record -> List.copyOf(attributes(record).values()))).map(SampleForm::row)
                        .collect(Collectors.joining());
                tables.add(new Input(table, rows, lines(rows, 2)));
                from = to;
            }
        }
        return tables;
    }

    private static List<String> columns(String record) {
        return List.copyOf(attributes(record).keySet());
    }

    private static String row(List<?> cells) {
        return cells.stream().map(cell -> "\"" + cell.toString().replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    /**
     * Whether a sample tells which requests these inputs become. Records of different inputs share no request; where those
     * of a sample do, only the preview tells.
     */
    public static boolean tellsRequests(Sample sample, int inputs) {
        return inputs == 1 || !sample.sharesRequests();
    }

    /** Whether a preview, which knows no file name, can tell the form of an input: a table of one column needs a name. */
    public boolean isTold(Input input) {
        return this != CSV || input.text().lines().findFirst().orElseThrow().contains("\",\"");
    }

    /** The body of a request in a form to compare: without the white space that this form puts into records. */
    public String comparable(String body) {
        if (this != PRETTY_OBJECT) {
            return body;
        }
        return body.startsWith("{") || body.startsWith("[") ? JsonText.compact(body)
                : Arrays.stream(body.split("&")).map(SampleForm::field).collect(Collectors.joining("&"));
    }

    /** A field of a form; nested values are JSON. */
    private static String field(String field) {
        String text = URLDecoder.decode(field, StandardCharsets.UTF_8);
        String value = text.substring(text.indexOf('=') + 1);
        return value.startsWith("{") || value.startsWith("[") ? JsonText.compact(text) : field;
    }
}
