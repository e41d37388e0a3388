// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.bulk.spool.Hash;
import dev.gtmroutes.bulk.spool.SpoolFile;
import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.record.AttributePath;
import dev.gtmroutes.record.Attributes;

/** Dead letters that an earlier run has written to files for a destination, so that none is written twice. */
final class WrittenLetters {

    private static final AttributePath TIME = AttributePath.of("time");
    private static final AttributePath DESTINATION = AttributePath.of("destination");
    private static final AttributePath SOURCE = AttributePath.of("sourceFile");
    private static final AttributePath LINE = AttributePath.of("line");
    private static final AttributePath RECORD = AttributePath.of("record");
    private static final Attributes ALL = new Attributes(List.of(TIME, DESTINATION, SOURCE, LINE, RECORD));

    private final Path folder;
    private final String destination;

    WrittenLetters(Path data, String flow, String destination) {
        this.folder = DeadLetterFile.folder(data, flow);
        this.destination = destination;
    }

    /** @return what {@link #mark} makes of each of them */
    Set<String> since(Instant time) throws IOException {
        LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
        Set<String> marks = new HashSet<>();
        for (DeadLetterFile each : DeadLetterFile.in(folder)) {
            if (!each.day().isBefore(day)) {
                SpoolFile.lines(each.path(folder), (line, offset) -> {
                    Map<AttributePath, Attributes.Value> letter = ALL.of(line);
                    if (destination.equals(letter.get(DESTINATION).text())
                            && !Instant.parse(letter.get(TIME).text()).isBefore(time)) {
                        marks.add(mark(letter.get(SOURCE).text(), letter.get(LINE).text(), letter.get(RECORD).json()));
                    }
                });
            }
        }
        return marks;
    }

    /** What tells the record of a dead letter from others. */
    static String mark(SpooledRecord record) {
        return mark(record.place() == null ? record.source() : record.place(), Long.toString(record.line()),
                record.record());
    }

    private static String mark(String source, String line, byte[] record) {
        return source + "#" + line + " " + Hash.of(record);
    }
}
