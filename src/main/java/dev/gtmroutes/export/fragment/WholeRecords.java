// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.LineFile;
import dev.gtmroutes.record.read.RecordSize;

/**
 * Looks at the two ends of a downloaded fragment: some servers end a download by closing the connection, and nobody can
 * tell whether that was the end. In between, records are the sink's business.
 */
final class WholeRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** A longer line without an end is not read here: whether it is a record, its reader says. */
    private static final long LONGEST_LOOKED_AT = RecordSize.DEFAULT.bytes();

    private static final long LONGEST_ERROR = 64 * 1024;

    private WholeRecords() {
    }

    /**
     * @param  lines       how many it has
     * @throws IOException if the file does not begin with a record, ends inside one, or is an error instead; an empty one
     *                     does none of this
     */
    static void check(FileChannel file, long lines) throws IOException {
        if (file.size() == 0) {
            return;
        }
        ByteBuffer first = ByteBuffer.allocate(1);
        file.read(first, 0);
        if (first.get(0) != '{') {
            throw new IOException("the download is not NDJSON: it does not begin with a record");
        }
        if (lines == 1 && file.size() <= LONGEST_ERROR) {
            refuseError(file);
        }
        long end = LineFile.endOfLastLine(file);
        long rest = file.size() - end;
        if (rest > LONGEST_LOOKED_AT) {
            ByteBuffer close = ByteBuffer.allocate(1);
            file.read(close, file.size() - 1);
            if (close.get(0) != '}') {
                throw new IOException("the download ends inside a record");
            }
            return;
        }
        ByteBuffer last = ByteBuffer.allocate((int) rest);
        while (last.hasRemaining() && file.read(last, end + last.position()) >= 0) {
            // reads on until the line is there
        }
        if (rest > 0 && !isRecord(last.array())) {
            throw new IOException("the download ends inside a record");
        }
    }

    /** An error that came with the status of data, alone: {@code {"error":…}}. A record of People.ai has a uid. */
    private static void refuseError(FileChannel file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        while (all.hasRemaining() && file.read(all, all.position()) >= 0) {
            // reads on until all is there
        }
        JsonNode only;
        try {
            only = JSON.readTree(all.array());
        } catch (JsonProcessingException e) {
            // What is no JSON is told below, or by the reader of the records.
            return;
        }
        if ((only.hasNonNull("error") || only.hasNonNull("errors")) && !only.has("uid")) {
            throw new IOException("the download is an error, not a record: " + Exceptions.line(only.toString()));
        }
    }

    private static boolean isRecord(byte[] line) throws IOException {
        try {
            return new String(line, StandardCharsets.UTF_8).isBlank() || JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
