// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.RecordPosition;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved for bulk jobs. */
class SpoolTest {

    @TempDir
    Path folder;

    private final Disk disk = new Disk();

    private Spool spool(int jobSize) throws IOException {
        Spool spool = new Spool(folder, disk, jobSize, Duration.ofSeconds(60));
        spool.load();
        return spool;
    }

    private static SpooledRecord record(int index, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        return SpooledRecord.of("people.ndjson", "today",
                new ShapedRecord(new SourceRecord(bytes, index, index + 1, null), bytes, bytes, "/",
                        "", null, null),
                json.replaceAll(".*:\"|\"}", "").strip().toLowerCase(Locale.ROOT));
    }

    private static List<SpooledRecord> records(String... emails) {
        List<SpooledRecord> records = new ArrayList<>();
        for (String each : emails) {
            records.add(record(records.size(), "{\"email\":\"" + each + "\"}"));
        }
        return records;
    }

    private List<String> file(int number) throws IOException {
        Path file = folder.resolve("%06d.ndjson".formatted(number));
        return Files.exists(file) ? Files.readAllLines(file).stream()
                .map(each -> SpooledRecord.read(each.getBytes(StandardCharsets.UTF_8)).key()).toList() : null;
    }

    private static void close(int number, int records) {
        // Whether it is noted does not matter here.
    }

    @Test
    void recordsWithOneKeyNeverShareAFileAndStayInOrder() throws IOException {
        Spool spool = spool(100);
        spool.append(records("a", "b", "A", "a ", "c"));
        spool.append(records("b", "a"));

        assertThat(file(1)).containsExactly("a", "b", "c");
        assertThat(file(2)).containsExactly("a", "b");
        assertThat(file(3)).containsExactly("a");
        assertThat(file(4)).containsExactly("a");

        // What is read again knows the keys.
        spool(100).append(records("a", "c"));
        assertThat(file(5)).containsExactly("a");
        assertThat(file(2)).containsExactly("a", "b", "c");
    }

    @Test
    void aFullFileAndOneThatWaitedBecomeJobsInTheirOrder() throws IOException {
        Spool spool = spool(2);
        Instant now = Instant.now();
        assertThat(spool.next(now, SpoolTest::close)).isEmpty();
        spool.append(records("a", "b", "c"));

        assertThat(spool.next(now, SpoolTest::close)).contains(1);
        assertThat(spool.next(now, SpoolTest::close)).contains(1);
        spool.append(records("d"));
        assertThat(file(1)).hasSize(2);
        assertThat(file(2)).hasSize(2);
        Files.createFile(spool.file(1, Spool.STATE));
        spool.finish(1);
        assertThat(folder.resolve("done/000001.ndjson")).exists();
        assertThat(folder.resolve("done/000001.json")).exists();
        assertThat(spool.next(now, SpoolTest::close)).contains(2);
        spool.finish(2);

        spool.append(records("e"));
        assertThat(spool.next(Instant.now(), SpoolTest::close)).isEmpty();
        assertThat(spool.next(Instant.now().plusSeconds(61), SpoolTest::close)).contains(3);
        assertThat(spool.oldest()).isPresent();
    }

    @Test
    void whatCannotBeSavedInAllFilesIsSavedInNone() throws IOException {
        boolean[] full = new boolean[1];
        Disk fails = new Disk() {
            @Override
            public void write(FileChannel file, ByteBuffer bytes) throws IOException {
                if (full[0] && file.size() == 0) {
                    throw new IOException("No space left on device");
                }
                super.write(file, bytes);
            }
        };
        Spool spool = new Spool(folder, fails, 100, Duration.ofSeconds(60));
        spool.load();
        spool.append(records("a"));
        full[0] = true;
        assertThatThrownBy(() -> spool.append(records("b", "a"))).isInstanceOf(IOException.class);
        assertThat(file(1)).containsExactly("a");

        full[0] = false;
        spool.append(records("b", "a"));
        assertThat(file(1)).containsExactly("a", "b");
    }

    @Test
    void whatCanNeitherBeSavedNorTakenBackIsInNoJob() throws IOException {
        boolean[] broken = new boolean[1];
        Disk fails = new Disk() {
            @Override
            public void sync(FileChannel file) throws IOException {
                if (broken[0]) {
                    // As an interrupt does it: nothing can be cut off then.
                    file.close();
                    throw new IOException("No space left on device");
                }
                super.sync(file);
            }
        };
        Spool spool = new Spool(folder, fails, 100, Duration.ofSeconds(60));
        spool.load();
        broken[0] = true;
        assertThatThrownBy(() -> spool.append(records("a"))).isInstanceOf(IOException.class);
        broken[0] = false;
        spool.append(records("b"));
        assertThat(file(1)).containsExactly("b");
        broken[0] = true;
        assertThatThrownBy(() -> spool.append(records("c"))).isInstanceOf(IOException.class);
        broken[0] = false;
        spool.append(records("d"));
        assertThat(file(1)).containsExactly("b", "d");
        broken[0] = true;
        assertThatThrownBy(() -> spool.append(records("e"))).isInstanceOf(IOException.class);
        broken[0] = false;

        List<Integer> counts = new ArrayList<>();
        assertThat(spool.next(Instant.now().plusSeconds(61), (number, count) -> counts.add(count))).contains(1);
        assertThat(counts).containsExactly(2);
        assertThat(file(1)).containsExactly("b", "d");
        assertThat(folder.resolve("000002.ndjson")).doesNotExist();
    }

    @Test
    void halfALineOfACrashIsCutOff() throws IOException {
        spool(100).append(records("a"));
        Files.writeString(folder.resolve("000001.ndjson"), Files.readString(folder.resolve("000001.ndjson")) + "{\"sour");

        Spool after = spool(100);
        after.append(records("b"));
        assertThat(file(1)).containsExactly("a", "b");
    }

    @Test
    void itKnowsWhatAnEarlierRunSaved() throws IOException {
        spool(100).append(records("a", "b"));
        Spool after = spool(100);

        SourceRecord same = new SourceRecord("{\"email\":\"b\"}".getBytes(StandardCharsets.UTF_8), 1, 2, null);
        SourceRecord other = new SourceRecord("{\"email\":\"b\"}".getBytes(StandardCharsets.UTF_8), 2, 3, null);
        assertThat(after.has(SpooledRecord.identity("people.ndjson", "today", same))).isTrue();
        assertThat(after.has(SpooledRecord.identity("people.ndjson", "today", other))).isFalse();
        assertThat(after.has(SpooledRecord.identity("others.ndjson", "today", same))).isFalse();
    }

    @Test
    void aRecordOfAnotherInputOfTheSameNameIsAnotherOne() throws IOException {
        spool(100).append(records("a"));
        SourceRecord same = new SourceRecord("{\"email\":\"a\"}".getBytes(StandardCharsets.UTF_8), 0, 1, null);

        assertThat(spool(100).has(SpooledRecord.identity("people.ndjson", "today", same))).isTrue();
        assertThat(spool(100).has(SpooledRecord.identity("people.ndjson", "tomorrow", same))).isFalse();
    }

    @Test
    void aRecordIsKnownWhateverASettingMakesOfItsCells() throws IOException {
        byte[] text = "{\"n\":\"1\"}".getBytes(StandardCharsets.UTF_8);
        byte[] number = "{\"n\":1}".getBytes(StandardCharsets.UTF_8);
        SourceRecord before = new SourceRecord(text, 0, 2, null, null, text);
        SourceRecord edited = new SourceRecord(number, 0, 2, null, null, text);
        spool(100).append(List.of(SpooledRecord.of("people.csv", "today",
                new ShapedRecord(before, text, text, "/", "", null, null), "")));

        assertThat(spool(100).has(SpooledRecord.identity("people.csv", "today", edited))).isTrue();
    }

    @Test
    void aRecordKeepsItsBytesAndItsOrigin() throws IOException {
        byte[] came = "{\"email\": \"a\",\n \"n\": 1.50, \"big\": 9007199254740993}".getBytes(StandardCharsets.UTF_8);
        RecordPosition origin = new RecordPosition() {
            @Override
            public String place() {
                return "topic, partition 1, offset 2";
            }

            @Override
            public void writePlace(JsonGenerator json) throws IOException {
                json.writeNumberField("offset", 2);
            }

            @Override
            public void write(JsonGenerator json) throws IOException {
                json.writeRawValue("{\"offset\":2}");
            }
        };
        byte[] mapped = "{\"email\":\"a\"}".getBytes(StandardCharsets.UTF_8);
        SpooledRecord saved = SpooledRecord.of("t", "", new ShapedRecord(new SourceRecord(came, 7, 0, null, origin), mapped,
                mapped, "/", "", null, null), "a");
        byte[] line = saved.toLine();
        SpooledRecord read = SpooledRecord.read(new String(line, StandardCharsets.UTF_8).strip()
                .getBytes(StandardCharsets.UTF_8));

        assertThat(new String(read.record(), StandardCharsets.UTF_8))
                .isEqualTo("{\"email\": \"a\",  \"n\": 1.50, \"big\": 9007199254740993}");
        assertThat(new String(read.part(), StandardCharsets.UTF_8)).isEqualTo("{\"email\":\"a\"}");
        assertThat(read.origin().origin().place()).isEqualTo("topic, partition 1, offset 2");
        assertThat(read.origin().index()).isEqualTo(7);
        assertThat(read.identity()).isEqualTo(saved.identity());
    }

    @Test
    void onlyTheUserOfTheProgramCanReadIt() throws IOException {
        spool(100).append(records("a"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("000001.ndjson"))))
                .isEqualTo("rw-------");
    }
}
