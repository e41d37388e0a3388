// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells a file from others that have, or had, its name. */
class InputMarkTest {

    private static final InputProgress.DestinationKey PLACE = new InputProgress.DestinationKey("people:1-delivery", "x");
    private static final String RECORD = "{\"n\":1}";

    @TempDir
    Path folder;

    private List<String> marks() throws IOException {
        return ProgressJournal.open(folder.resolve("people.ndjson"), new Disk()).settled().marks();
    }

    /** The program sends the first record, and is killed. @return what told the file then */
    private String crash() throws IOException {
        InputProgress progress = ProgressJournal.open(folder.resolve("people.ndjson"), new Disk()).settled();
        progress.note(ProgressLog.Note.SENDING, PLACE, Ranges.of(0), Fingerprints.of(
                new SourceRecord(RECORD.getBytes(StandardCharsets.UTF_8), 0, 1, null)));
        return progress.marks().get(0);
    }

    @Test
    void aFileIsKnownAfterACrashAlsoIfItHasGrown() throws IOException {
        Path file = Files.writeString(folder.resolve("people.ndjson"), RECORD + "\n");
        String first = crash();
        assertThat(first).isNotEmpty();
        assertThat(marks()).containsExactly(first);

        Files.writeString(file, RECORD + "\n", StandardOpenOption.APPEND);
        assertThat(marks()).hasSize(2).last().isEqualTo(first);
    }

    @Test
    void theFileOfAnotherDayIsAnotherOneWithTheSameRecords() throws IOException {
        Path file = Files.writeString(folder.resolve("people.ndjson"), RECORD + "\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(86_400)));
        String yesterday = crash();
        ProgressJournal.open(file, new Disk()).forget();

        Files.writeString(file, RECORD + "\n");
        assertThat(marks()).doesNotContain(yesterday);
        assertThat(crash()).isNotEqualTo(yesterday);
        assertThat(marks()).doesNotContain(yesterday);
    }
}
