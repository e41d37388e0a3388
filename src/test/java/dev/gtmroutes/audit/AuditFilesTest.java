// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log keeps, for how long, and what cannot be forged in it. */
class AuditFilesTest {

    private static final Instant DAY = Instant.parse("2026-01-31T08:00:00Z");

    @TempDir
    Path data;

    private AuditFiles files(long maxBytes, Disk disk) {
        return new AuditFiles(data.resolve("audit"), Duration.ofDays(10), maxBytes, disk);
    }

    private static AuditLine line(Instant at, String subject) {
        return new AuditLine(at, "operator", "10.0.0.1", AuditAction.PAUSED.toString(), subject, 1);
    }

    private long bytes() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("audit"))) {
            return files.mapToLong(each -> each.toFile().length()).sum();
        }
    }

    @Test
    void linesAreReadNewestFirstInParts() throws IOException {
        AuditFiles files = files(1_000_000, new Disk());
        for (int i = 0; i < 10; i++) {
            files.append(line(DAY.plus(Duration.ofHours(8 * i)), "flow-" + i));
        }
        List<AuditLine> first = files.newest(null, 4);
        assertThat(first).extracting(AuditLine::subject).containsExactly("flow-9", "flow-8", "flow-7", "flow-6");
        assertThat(files.newest(first.get(3).at(), 4)).extracting(AuditLine::subject)
                .containsExactly("flow-5", "flow-4", "flow-3", "flow-2");
        assertThat(first.get(0)).isEqualTo(line(DAY.plus(Duration.ofHours(72)), "flow-9"));
    }

    @Test
    void onlyTheOwnerReadsTheFiles() throws IOException {
        files(1_000_000, new Disk()).append(line(DAY, "calls"));
        Path folder = data.resolve("audit");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
        assertThat(PosixFilePermissions
                .toString(Files.getPosixFilePermissions(folder.resolve("2026-01-31-000000.ndjson"))))
                .isEqualTo("rw-------");
    }

    @Test
    void noNameForgesALine() throws IOException {
        AuditFiles files = files(1_000_000, new Disk());
        String name = "x\",\"action\":\"paused\"}\n{\"at\":\"2026-01-31T08:00:00Z\",\"account\":\"operator\"}\r\u2028\u0000";
        files.append(new AuditLine(DAY, name, name, "tested", name, 1));
        files.append(new AuditLine(DAY, "y".repeat(100_000), "10.0.0.1", "tested", "z".repeat(100_000), 1));
        Path file = data.resolve("audit/2026-01-31-000000.ndjson");
        assertThat(Files.readAllLines(file)).hasSize(2);
        assertThat(Files.size(file)).isLessThan(3_000);
        assertThat(files.newest(null, 9)).hasSize(2).last()
                .isEqualTo(new AuditLine(DAY, name, name, "tested", name, 1));
    }

    @Test
    void theFilesEndByAgeAndBySize() throws IOException {
        AuditFiles files = files(64_000, new Disk());
        files.append(line(DAY, "old"));
        files.append(line(DAY.plus(Duration.ofDays(11)), "new"));
        assertThat(files.newest(null, 9)).extracting(AuditLine::subject).containsExactly("new");

        for (int i = 0; i < 2_000; i++) {
            files.append(line(DAY.plus(Duration.ofDays(11)).plusSeconds(i + 1), "flow-" + i));
            if (i % 100 == 0) {
                assertThat(bytes()).isLessThanOrEqualTo(64_000);
            }
        }
        assertThat(bytes()).isBetween(40_000L, 64_000L);
        assertThat(files.newest(null, 1)).extracting(AuditLine::subject).containsExactly("flow-1999");
    }

    @Test
    void aLineIsWrittenWholeOrNotAtAll() throws IOException {
        boolean[] full = {false};
        AuditFiles files = files(1_000_000, new Disk() {
            @Override
            public void write(FileChannel file, ByteBuffer bytes) throws IOException {
                if (full[0]) {
                    file.write(bytes.slice(0, 20));
                    throw new IOException("No space left on device");
                }
                super.write(file, bytes);
            }
        });
        files.append(line(DAY, "before"));
        full[0] = true;
        assertThatThrownBy(() -> files.append(line(DAY, "lost"))).hasMessageContaining("No space");
        full[0] = false;
        Files.writeString(data.resolve("audit/2026-01-31-000000.ndjson"), "{\"at\":\"2026", StandardOpenOption.APPEND);
        files.append(line(DAY, "after"));
        assertThat(files.newest(null, 9)).extracting(AuditLine::subject).containsExactly("after", "before");
    }

    @Test
    void strangersCannotFillTheDisk() {
        FailedLogIns failed = new FailedLogIns();
        int lines = 0;
        for (int i = 0; i < 10_000; i++) {
            lines += failed.hasLine(DAY.plusMillis(i)) ? 1 : 0;
            assertThat(failed.summary(DAY.plusMillis(i))).isEmpty();
        }
        assertThat(lines).isEqualTo(30);
        assertThat(failed.summary(DAY.plus(Duration.ofHours(1)))).get().extracting(AuditLine::count).isEqualTo(9_970L);
        assertThat(failed.summary(DAY.plus(Duration.ofHours(2)))).isEmpty();
        assertThat(failed.hasLine(DAY.plus(Duration.ofHours(2)))).isTrue();
        assertThat(failed.end(DAY.plus(Duration.ofHours(2)))).isEmpty();
    }
}
