package dev.gtmroutes.delivery;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.record.SourceRecord;

/**
 * Records that were not delivered and never will be by themselves: NDJSON in
 * {@code <data>/dead-letters/<flow>/<day>.ndjson}, one line per record, for a person to read, mend and send again.
 */
final class DeadLetters implements Rejections {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_ANSWER_CHARS = 4096;
    /** Flows with several destinations append to the same file. */
    private static final Object APPENDING = new Object();

    private final Path directory;

    DeadLetters(Path data) {
        this.directory = data.resolve("dead-letters");
    }

    /** Where the dead letters of a flow are written today (UTC). */
    Path file(String flow) {
        return directory.resolve(flow).resolve(LocalDate.now(ZoneOffset.UTC) + ".ndjson");
    }

    @Override
    public void write(Chunk chunk, List<SourceRecord> records, Rejection rejection) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        String now = Instant.now().toString();
        for (SourceRecord each : records) {
            line(lines, chunk, each, rejection, now);
        }
        append(file(chunk.flow()), lines.toByteArray());
    }

    private static void line(ByteArrayOutputStream to, Chunk chunk, SourceRecord each, Rejection rejection, String now)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(to)) {
            json.writeStartObject();
            json.writeFieldName("record");
            if (each.wellFormed()) {
                json.writeRawValue(oneLine(each.bytes()));
            } else {
                json.writeString(new String(each.bytes(), StandardCharsets.UTF_8));
            }
            json.writeStringField("reason", rejection.reason());
            json.writeNumberField("status", rejection.status());
            json.writeStringField("answer", cut(rejection.answer()));
            json.writeStringField("flow", chunk.flow());
            json.writeStringField("template", chunk.template());
            json.writeStringField("sourceFile", chunk.source());
            json.writeNumberField("line", each.line());
            json.writeStringField("time", now);
            json.writeEndObject();
        }
        to.write('\n');
    }

    /** In well-formed JSON a line break is white space between tokens, never part of a value. */
    private static String oneLine(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace('\n', ' ').replace('\r', ' ');
    }

    private static String cut(String answer) {
        return answer == null || answer.length() <= MOST_ANSWER_CHARS ? answer : answer.substring(0, MOST_ANSWER_CHARS);
    }

    private static void append(Path file, byte[] lines) throws IOException {
        synchronized (APPENDING) {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                long end = channel.size();
                try {
                    ByteBuffer bytes = ByteBuffer.wrap(lines);
                    for (long at = end + endLine(channel, end); bytes.hasRemaining();) {
                        at += channel.write(bytes, at);
                    }
                    channel.force(false);
                } catch (IOException e) {
                    channel.truncate(end);
                    throw e;
                }
            }
        }
    }

    /** A crash may have left half a line: it gets its line end, so that it spoils no other. */
    private static int endLine(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        if (end == 0 || channel.read(last, end - 1) == 1 && last.get(0) == '\n') {
            return 0;
        }
        channel.write(ByteBuffer.wrap(new byte[] {'\n'}), end);
        return 1;
    }
}
