// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.LineFile;
import dev.gtmroutes.record.read.RecordSize;

/**
 * Looks at the two ends of a downloaded fragment: some servers end a download by closing the connection, and nobody can
 * tell whether that was the end. In between, records are the sink's business.
 */
final class WholeRecords {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    /** A longer line without an end is not read here: whether it is a record, its reader says. */
    private static final long LONGEST_LOOKED_AT = RecordSize.DEFAULT.bytes();

    private WholeRecords() {
    }

    /** @throws IOException if the file does not begin with a record, or ends inside one; an empty one does neither */
    static void check(FileChannel file) throws IOException {
        if (file.size() == 0) {
            return;
        }
        ByteBuffer first = ByteBuffer.allocate(BYTE_ORDER_MARK.length + 1);
        file.read(first, 0);
        boolean marked = Arrays.equals(BYTE_ORDER_MARK, Arrays.copyOf(first.array(), BYTE_ORDER_MARK.length));
        if (first.get(marked ? BYTE_ORDER_MARK.length : 0) != '{') {
            throw new IOException("the download is not NDJSON: it does not begin with a record");
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

    private static boolean isRecord(byte[] line) throws IOException {
        try {
            return new String(line, StandardCharsets.UTF_8).isBlank() || JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }
}
