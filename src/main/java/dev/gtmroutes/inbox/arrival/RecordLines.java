// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.Bytes;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

/** Turns a small body into lines of one record each, so that the bodies of many requests can share a file. */
final class RecordLines {

    private RecordLines() {
    }

    /**
     * @param  body the whole body
     * @return      lines, each ended by one newline byte; null if the body is not all records, or is CSV. Such a body
     *              needs a file of its own, where it spoils no other, the reader can say what is wrong in which of its
     *              lines, and the flow decides what its cells become
     */
    static byte[] of(byte[] body, BodyFormat format) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(body.length + 1);
        try (RecordReader records = RecordReader.open(body, "body" + format.extension(), null)) {
            if (records.isCsv() && records.hasNext()) {
                return null;
            }
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

    private static void addLine(byte[] record, ByteArrayOutputStream lines) {
        lines.writeBytes(Bytes.oneLine(record));
        lines.write('\n');
    }
}
