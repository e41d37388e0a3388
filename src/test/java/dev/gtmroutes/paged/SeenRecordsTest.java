// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.sources.RecordKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which records are remembered, how many, and what of that outlives the program. */
class SeenRecordsTest {

    @TempDir
    private Path data;

    private SeenRecords opened() throws IOException {
        SeenRecords seen = new SeenRecords(data.resolve("state/flow.seen"), new Disk());
        seen.read();
        return seen;
    }

    private static byte[] record(int number) {
        return ("{\"uid\":\"" + number + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static List<byte[]> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(SeenRecordsTest::record).toList();
    }

    @Test
    void remembersTheNewestAndItsFileIsBounded() throws IOException {
        SeenRecords seen = opened();
        for (int from = 0; from < 6 * SeenRecords.MOST / 2; from += SeenRecords.MOST / 2) {
            seen.add(records(from, from + SeenRecords.MOST / 2));
        }
        int count = 3 * SeenRecords.MOST;

        for (SeenRecords each : List.of(seen, opened())) {
            assertThat(each.contains(record(count - 1))).isTrue();
            assertThat(each.contains(record(count - SeenRecords.MOST))).isTrue();
            assertThat(each.contains(record(count - 2 * SeenRecords.MOST - 1))).isFalse();
        }
        assertThat(data.resolve("state/flow.seen")).satisfies(
                each -> assertThat(Files.size(each)).isLessThanOrEqualTo(2L * SeenRecords.MOST * RecordKey.BYTES));
    }

    @Test
    void partOfAKeyOfACrashCountsForNothing() throws IOException {
        opened().add(records(0, 2));
        Files.writeString(data.resolve("state/flow.seen"), "0123", StandardOpenOption.APPEND);
        SeenRecords seen = opened();
        seen.add(records(2, 3));

        assertThat(seen.contains(record(1))).isTrue();
        assertThat(opened().contains(record(2))).isTrue();
    }

    @Test
    void forgetsAll() throws IOException {
        SeenRecords seen = opened();
        seen.add(records(0, 2));
        seen.forget();

        assertThat(seen.contains(record(1))).isFalse();
        assertThat(opened().contains(record(1))).isFalse();
    }
}
