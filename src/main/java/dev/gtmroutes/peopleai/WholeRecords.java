package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.LineFile;
import dev.gtmroutes.record.RecordReader;

/**
 * Looks at the two ends of a downloaded fragment: some servers end a download by closing the connection, and nobody can
 * tell whether that was the end. In between, records are the sink's business.
 */
final class WholeRecords {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WholeRecords() {
    }

    /** @throws IOException if the file does not begin with a record, or ends inside one; an empty one does neither */
    static void check(FileChannel file) throws IOException {
        if (file.size() == 0) {
            return;
        }
        ByteBuffer first = ByteBuffer.allocate(1);
        file.read(first, 0);
        if (first.get(0) != '{') {
            throw new IOException("the download is not JSON lines: it does not begin with a record");
        }
        long end = LineFile.endOfLastLine(file);
        long rest = file.size() - end;
        if (rest > RecordReader.MAX_RECORD_BYTES) {
            throw new IOException("the download ends inside a record");
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
