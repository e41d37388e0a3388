// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.delivery.join.RecordJoins;
import dev.gtmroutes.delivery.outcome.DeadLetters;
import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.parameter.Opening;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.UnfitRecordException;
import dev.gtmroutes.record.csv.CsvCells;
import dev.gtmroutes.record.read.Bytes;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import dev.gtmroutes.record.read.RecordSize;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each chunk to a file of its own, one record in a line. A file that can be seen is complete and on the disk. The
 * step of {@code record-file-sink}.
 *
 * <p>The file has the name of the chunk's own file. Another one of that name is never replaced; if it is the same to the
 * last byte, the chunk has come again, and there is nothing to do. What is no record goes to the dead letters of the flow.
 * Behind a lookup, a chunk that comes again after a crash may find other records than before: then it makes a second file.
 */
public class RecordFile {

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'")
            .withZone(ZoneOffset.UTC);
    private static final String TEMPLATE = "record-file-sink";
    private static final String ENDING = ".ndjson";
    private static final int BUFFER_BYTES = 256 * 1024;
    /** So many are written to the dead letters at a time: each time is one wait for the disk. */
    private static final int MOST_UNFIT_HELD = 100;
    /** Held from the look at a name until it is taken: several flows may write to one directory. */
    private static final Object PUBLISHING = new Object();

    private final Disk disk = new Disk();
    private Path directory = Path.of("records");
    private DeadLetters deadLetters = new DeadLetters();
    private RecordSize maxRecordBytes = RecordSize.DEFAULT;

    /** The directory of the files; created if missing. */
    public void setDirectory(String directory) {
        this.directory = Path.of(directory);
    }

    /** The longest record: bytes, or a number with K, M or G. */
    public void setMaxRecordBytes(String maxRecordBytes) {
        if (Opening.isKnown(maxRecordBytes)) {
            this.maxRecordBytes = RecordSize.of(maxRecordBytes);
        }
    }

    /** Where lines go that are no records. */
    public void setDeadLetters(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /**
     * Returns when the chunk is on the disk: its records in the file, what is no record in the dead letters. There is no
     * file where no record is. A chunk that comes again brings its dead letters again.
     *
     * @throws NotRecordsException if the chunk is no record file at all
     * @throws InputKeptException  if the flow was stopped meanwhile; no file can be seen then, either
     * @throws IOException         if it cannot be written; no file can be seen then
     */
    public void write(Exchange exchange) throws Exception {
        if (!InputProgress.of(exchange).wants(new InputProgress.DestinationKey(exchange.getFromRouteId(), TEMPLATE))) {
            return;
        }
        Path folder = directory.toAbsolutePath();
        disk.createFolder(folder);
        Path part = folder.resolve("." + exchange.getExchangeId() + ".part");
        try {
            boolean any;
            try (FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), BUFFER_BYTES);
                any = copy(exchange, out);
                out.flush();
                disk.sync(file);
            }
            if (any) {
                publish(part, folder.resolve(name(exchange)));
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** @return whether there was any record */
    private boolean copy(Exchange exchange, OutputStream out) throws Exception {
        Message message = exchange.getMessage();
        String name = message.getHeader(Exchange.FILE_NAME, message.getHeader(Exchange.CONTENT_TYPE), String.class);
        DeadLetters.Origin origin = new DeadLetters.Origin(FlowRoute.id(exchange), exchange.getFromRouteId(), TEMPLATE,
                name);
        RecordJoins joins = RecordJoins.of(exchange);
        BooleanSupplier running = FlowRoute.readingNow(exchange.getContext(), origin.flow(), exchange.getFromRouteId());
        List<SourceRecord> unfit = new ArrayList<>();
        boolean any = false;
        try (RecordReader records = RecordReader.open(message.getBody(), name, exchange.getContext(),
                maxRecordBytes, CsvCells.of(exchange))) {
            while (records.hasNext()) {
                SourceRecord each = joined(records.next(), joins, running, origin);
                if (each.wellFormed()) {
                    line(each.bytes(), out);
                    any = true;
                } else {
                    unfit.add(each);
                    if (unfit.size() == MOST_UNFIT_HELD) {
                        reject(origin, unfit);
                    }
                }
            }
        }
        reject(origin, unfit);
        return any;
    }

    /** @return the record as it is to be written, or with the reason why it is rejected */
    private static SourceRecord joined(SourceRecord each, RecordJoins joins, BooleanSupplier running,
            DeadLetters.Origin origin) throws Exception {
        try {
            SourceRecord joined = each.wellFormed() ? joins.apply(each, running) : each;
            if (joined == null) {
                throw new InputKeptException("the flow was stopped", null);
            }
            return joined;
        } catch (IOException e) {
            throw new InputKeptException(origin.flow() + ": " + origin.source() + ": " + e.getMessage(), e);
        } catch (UnfitRecordException e) {
            return new SourceRecord(each.bytes(), each.index(), each.line(), e.getMessage(), each.origin());
        }
    }

    private void reject(DeadLetters.Origin origin, List<SourceRecord> unfit) throws IOException {
        if (!unfit.isEmpty()) {
            deadLetters.write(origin, unfit, each -> Rejection.unsent(each.problem()));
            LOG.warn("{}: {}: {} records rejected, see the dead letters. The first is {}: "
                    + "{}", origin.flow(), origin.source(),
                    unfit.size(), place(unfit.get(0)), unfit.get(0).problem());
            unfit.clear();
        }
    }

    private static String place(SourceRecord record) {
        return record.origin() == null ? "line " + record.line() : record.origin().place();
    }

    private static void line(byte[] record, OutputStream out) throws IOException {
        out.write(Bytes.oneLine(record));
        out.write('\n');
    }

    private static String name(Exchange exchange) {
        String given = exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class);
        Path last = Path.of(given).getFileName();
        String name = (last == null ? exchange.getExchangeId() : last.toString()).replaceFirst("^\\.+", "");
        return name.endsWith(ENDING) ? name : name + ENDING;
    }

    private void publish(Path part, Path file) throws IOException {
        // A move replaces. It is no link, as those who watch the directory may know files only by a move.
        synchronized (PUBLISHING) {
            if (Files.notExists(file)) {
                disk.move(part, file);
            } else if (Files.mismatch(part, file) >= 0) {
                disk.move(part, free(file));
            }
        }
    }

    private static Path free(Path taken) {
        String name = taken.getFileName().toString();
        String stem = name.substring(0, name.length() - ENDING.length());
        Instant at = Instant.now();
        Path free = taken;
        while (Files.exists(free)) {
            free = taken.resolveSibling(stem + "." + STAMP.format(at) + ENDING);
            at = at.plusMillis(1);
        }
        return free;
    }
}
