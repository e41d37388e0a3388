// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;

/** Reads whole contents for the tests. */
final class Reading {

    private Reading() {
    }

    static List<SourceRecord> all(Object body, String name) throws NotRecordsException, IOException {
        List<SourceRecord> records = new ArrayList<>();
        try (RecordReader reader = RecordReader.open(body, name, null)) {
            reader.forEachRemaining(records::add);
        }
        return records;
    }

    /** The texts of the records of CSV, whose cells become what is asked for. */
    static List<String> csv(Object body, CsvCells cells) throws NotRecordsException, IOException {
        List<SourceRecord> records = new ArrayList<>();
        try (RecordReader reader = RecordReader.open(body, "x.csv", null, RecordSize.DEFAULT, cells)) {
            reader.forEachRemaining(records::add);
        }
        return texts(records);
    }

    /** Reads through a stream that gives one to three bytes at a time and through memory; both must agree. */
    static List<SourceRecord> all(String content) throws NotRecordsException, IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        List<SourceRecord> records = all(bytes, null);
        List<SourceRecord> streamed = all(trickle(bytes), null);
        if (!describe(records).equals(describe(streamed))) {
            throw new AssertionError("memory " + describe(records) + " but stream " + describe(streamed));
        }
        return records;
    }

    /** Each record as {@code index@line text} or {@code index@line !problem}. */
    static List<String> describe(List<SourceRecord> records) {
        return records.stream()
                .map(r -> r.index() + "@" + r.line() + " " + (r.wellFormed() ? text(r) : "!" + r.problem()))
                .toList();
    }

    static List<String> describe(String content) throws NotRecordsException, IOException {
        return describe(all(content));
    }

    /** The texts of records that must all be good. */
    static List<String> texts(List<SourceRecord> records) {
        return records.stream().map(r -> r.wellFormed() ? text(r) : "!" + r.problem()).toList();
    }

    static String text(SourceRecord record) {
        return new String(record.bytes(), StandardCharsets.UTF_8);
    }

    private static InputStream trickle(byte[] bytes) {
        return new ByteArrayInputStream(bytes) {
            private int turn;

            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + turn++ % 3));
            }
        };
    }
}
