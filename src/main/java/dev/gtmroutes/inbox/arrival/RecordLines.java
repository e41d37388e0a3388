// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

/** Turns a small body into lines of one record each, so that the bodies of many requests can share a file. */
final class RecordLines {

    private RecordLines() {
    }

    /**
     * @param  body the whole body
     * @return      lines, each ended by one newline byte; null if the body is not all records. Such a body needs a file
     *              of its own, where it spoils no other and the reader can say what is wrong in which of its lines
     */
    static byte[] of(byte[] body, BodyFormat format) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(body.length + 1);
        try (RecordReader records = RecordReader.open(body, "body" + format.extension(), null)) {
            while (records.hasNext()) {
                SourceRecord each = records.next();
                if (!each.wellFormed()) {
                    return null;
                }
                addLine(each.bytes(), lines);
            }
        } catch (NotRecordsException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines.toByteArray();
    }

    /** In well-formed JSON a line break is white space between tokens: a space in its place loses nothing. */
    private static void addLine(byte[] record, ByteArrayOutputStream lines) {
        for (byte each : record) {
            lines.write(each == '\n' || each == '\r' ? ' ' : each);
        }
        lines.write('\n');
    }
}
