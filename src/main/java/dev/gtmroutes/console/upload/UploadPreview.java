// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;

/**
 * What is in a file, before the flow takes it.
 *
 * @param columns  attributes of the first records
 * @param rows     the first records, a value for each column
 * @param more     attributes that are not among the columns
 * @param records  in the file
 * @param bad      records among these that cannot be sent
 * @param firstBad why the first of them cannot be sent; null if all can
 */
public record UploadPreview(List<String> columns, List<List<String>> rows, int more, long records, long bad,
        String firstBad) {

    private static final int ROWS = 5;
    private static final int COLUMNS = 6;
    private static final int MOST_CHARACTERS = 60;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws UploadRefused if there is not one record in it that could be sent */
    static UploadPreview of(Path file, String name, RecordSize longest) throws UploadRefused {
        List<JsonNode> first = new ArrayList<>();
        long records = 0;
        long bad = 0;
        String firstBad = null;
        try (RecordReader reader = RecordReader.open(file, name, null, longest)) {
            while (reader.hasNext()) {
                SourceRecord record = reader.next();
                records++;
                if (!record.wellFormed()) {
                    bad++;
                    firstBad = firstBad == null ? "Record " + records + ": " + record.problem() : firstBad;
                } else if (first.size() < ROWS) {
                    first.add(JSON.readTree(record.bytes()));
                }
            }
        } catch (NotRecordsException e) {
            throw new UploadRefused(422, "The file contains no records: " + e.getMessage() + ".");
        } catch (IOException | UncheckedIOException e) {
            throw new UploadRefused(422, "The file cannot be read: it ends within a record, or is not text in UTF-8.");
        }
        if (records == bad) {
            throw new UploadRefused(422, records == 0 ? "The file contains no records."
                    : (records == 1 ? "The record cannot be sent. " : "None of the " + records + " records can be sent. ")
                            + firstBad + ".");
        }
        return of(first, records, bad, firstBad);
    }

    private static UploadPreview of(List<JsonNode> first, long records, long bad, String firstBad) {
        Set<String> names = new LinkedHashSet<>();
        first.forEach(each -> each.fieldNames().forEachRemaining(names::add));
        List<String> columns = names.stream().limit(COLUMNS).toList();
        return new UploadPreview(columns, first.stream().map(each -> columns.stream().map(name -> text(each.get(name)))
                .toList()).toList(), names.size() - columns.size(), records, bad, firstBad);
    }

    private static String text(JsonNode value) {
        String text = value == null || value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + " …" : text;
    }
}
