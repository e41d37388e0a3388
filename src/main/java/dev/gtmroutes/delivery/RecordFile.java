package dev.gtmroutes.delivery;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.NotRecordsException;
import dev.gtmroutes.record.RecordReader;
import dev.gtmroutes.record.SourceRecord;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each chunk to a file of its own, one record in a line. A file that can be seen is complete and on the disk. The
 * step of {@code record-file-sink}.
 *
 * <p>The file has the name of the chunk's own file. Another one of that name is never replaced; if it is the same to the
 * last byte, the chunk has come again, and there is nothing to do.
 */
public class RecordFile {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String LINES = "application/x-ndjson";
    private static final String ENDING = ".ndjson";
    private static final int BUFFER_BYTES = 256 * 1024;

    private final Disk disk = new Disk();
    private Path directory = Path.of("records");

    /** The directory of the files; created if missing. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /**
     * Returns when the chunk is on the disk. Lines that are no records are left out, and told.
     *
     * @throws NotRecordsException if it holds no records at all
     * @throws IOException         if it cannot be written; nothing can be seen of it then
     */
    public void write(Exchange exchange) throws IOException, NotRecordsException {
        Path folder = directory.toAbsolutePath();
        disk.createFolder(folder);
        Path part = folder.resolve("." + exchange.getExchangeId() + ".part");
        try {
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
                copy(exchange, out);
                out.flush();
                disk.sync(file);
            }
            publish(part, folder.resolve(name(exchange)));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void copy(Exchange exchange, OutputStream out) throws IOException, NotRecordsException {
        Message message = exchange.getMessage();
        if (LINES.equals(message.getHeader(Exchange.CONTENT_TYPE))) {
            try (InputStream in = message.getMandatoryBody(InputStream.class)) {
                in.transferTo(out);
            } catch (InvalidPayloadException e) {
                throw new IOException("the chunk cannot be read: " + e.getMessage(), e);
            }
            return;
        }
        String name = message.getHeader(Exchange.FILE_NAME, message.getHeader(Exchange.CONTENT_TYPE), String.class);
        try (RecordReader records = RecordReader.open(message.getBody(), name, exchange.getContext())) {
            while (records.hasNext()) {
                SourceRecord each = records.next();
                if (each.wellFormed()) {
                    line(each.bytes(), out);
                } else {
                    LOG.warn("{}: {}, line {} is left out: {}", FlowRoute.id(exchange), name, each.line(), each.problem());
                }
            }
        }
    }

    /** In well-formed JSON a line break is white space between tokens, never part of a value. */
    private static void line(byte[] record, OutputStream out) throws IOException {
        for (int i = 0; i < record.length; i++) {
            out.write(record[i] == '\n' || record[i] == '\r' ? ' ' : record[i]);
        }
        out.write('\n');
    }

    private static String name(Exchange exchange) {
        String given = exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class);
        Path last = Path.of(given).getFileName();
        String name = (last == null ? exchange.getExchangeId() : last.toString()).replaceFirst("^\\.+", "");
        return name.endsWith(ENDING) ? name : name + ENDING;
    }

    private void publish(Path part, Path file) throws IOException {
        if (Files.notExists(file)) {
            disk.move(part, file);
        } else if (Files.mismatch(part, file) >= 0) {
            String name = file.getFileName().toString();
            String stem = name.substring(0, name.length() - ENDING.length());
            disk.move(part, file.resolveSibling(stem + "." + STAMP.format(Instant.now()) + ENDING));
        }
    }
}
