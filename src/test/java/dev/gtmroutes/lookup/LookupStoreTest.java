// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.gtmroutes.SmallDisk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records on the disk, by their keys. */
class LookupStoreTest {

    private static final StoreKey EMAIL = new StoreKey(List.of("email_address"), true);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("state/lookup/people.mv");
    }

    private LookupStore open() throws IOException {
        return LookupStore.open(file(), EMAIL);
    }

    private static String key(String value) {
        return EMAIL.of(List.of(value));
    }

    private static void put(LookupStore store, String value, String record) throws IOException {
        store.put(Map.of(key(value), record.getBytes(StandardCharsets.UTF_8)));
    }

    private static String find(LookupStore store, String value) throws IOException {
        byte[] found = store.find(key(value));
        return found == null ? null : new String(found, StandardCharsets.UTF_8);
    }

    @Test
    void theRecordThatCameLastIsFoundByItsKey() throws Exception {
        LookupStore store = open();
        put(store, "Ada@x.example", "{\"id\":1}");
        put(store, "bob@x.example", "{\"id\":2}");
        put(store, "ada@X.example", "{\"id\":3}");

        assertThat(find(store, "ADA@x.example")).isEqualTo("{\"id\":3}");
        assertThat(find(store, "bob@x.example")).isEqualTo("{\"id\":2}");
        assertThat(find(store, "eve@x.example")).isNull();
        assertThat(store.size()).isEqualTo(2);
        store.close();
        assertThat(find(LookupStore.find(file()), "bob@x.example")).isEqualTo("{\"id\":2}");
    }

    @Test
    void caseCountsIfThatIsAskedFor() {
        assertThat(key("A")).isEqualTo(key("a"));
        StoreKey strict = new StoreKey(List.of("id"), false);
        assertThat(strict.of(List.of("A"))).isNotEqualTo(strict.of(List.of("a")));
        assertThat(strict.of(List.of("a", "b"))).isNotEqualTo(strict.of(List.of("ab", ""))).hasSize(33);
        assertThat(strict.of(List.of("x".repeat(100_000)))).hasSize(33);
    }

    @Test
    void anotherKeyIsRefusedAndChangesNothing() throws Exception {
        LookupStore store = open();
        put(store, "ada@x.example", "{\"id\":1}");
        store.close();

        for (StoreKey other : List.of(new StoreKey(List.of("id"), true), new StoreKey(List.of("email_address"), false))) {
            assertThatThrownBy(() -> LookupStore.open(file(), other)).isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the store has the key email_address. ").hasMessageContaining("people.mv");
        }
        store = open();
        assertThat(find(store, "ada@x.example")).isEqualTo("{\"id\":1}");
        store.close();
    }

    @Test
    void aStoreThatWasNeverWrittenIsNone() throws Exception {
        assertThat(LookupStore.find(file())).isNull();
        Files.createDirectories(file().getParent());
        Files.createFile(file());
        assertThat(LookupStore.find(file())).isNull();
        open().close();
        LookupStore store = LookupStore.find(file());
        assertThat(store.key()).isEqualTo(EMAIL);
        assertThat(store.size()).isZero();
        store.close();
    }

    @Test
    void aCrashLosesNothingThatWasPut() throws Exception {
        LookupStore store = open();
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            all.put("p" + i % 40 + "@x.example", "{\"id\":" + i + "}");
            put(store, "p" + i % 40 + "@x.example", "{\"id\":" + i + "}");
            if (i % 9 == 0) {
                // As kill -9 leaves it.
                Path left = folder.resolve("left" + i + ".mv");
                Files.copy(file(), left);
                Files.copy(Path.of(file() + ".journal"), Path.of(left + ".journal"));
                LookupStore after = LookupStore.find(left);
                for (Map.Entry<String, String> each : all.entrySet()) {
                    assertThat(find(after, each.getKey())).isEqualTo(each.getValue());
                }
                after.close();
            }
        }
        store.close();
    }

    /** Also those that the file has lost in a crash. */
    @Test
    void theJournalHasTheRecordsThatWerePutLast() throws Exception {
        LookupStore store = open();
        put(store, "ada@x.example", "{\"id\":1}");
        store.close();
        store = open();
        byte[] settled = Files.readAllBytes(file());
        put(store, "ada@x.example", "{\"id\":2}");
        put(store, "a\nb\u0001 c", "{\"name\":\"Zo\u00eb\"}");
        store.close();
        Files.write(file(), settled);
        Files.write(Path.of(file() + ".journal"), "0123 half a li".getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.APPEND);

        store = open();
        assertThat(find(store, "ada@x.example")).isEqualTo("{\"id\":2}");
        assertThat(find(store, "a\nb\u0001 c")).isEqualTo("{\"name\":\"Zo\u00eb\"}");
        assertThat(Path.of(file() + ".journal")).doesNotExist();
        store.close();
    }

    @Test
    void ofADamagedStoreTheMessageNamesWhatToDelete() throws Exception {
        open().close();
        String whatToDo = "Stop the program, delete " + file() + ", people.mv.journal and the progress of the source";
        Path journal = Files.writeString(Path.of(file() + ".journal"), "this is no record\n");
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageStartingWith(journal + " is damaged. ")
                .hasMessageContaining(whatToDo);

        Files.delete(journal);
        Files.writeString(file(), "this is no store, whatever is looked for in it".repeat(400));
        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageStartingWith(file() + " cannot be used: ")
                .hasMessageContaining(whatToDo);
    }

    @Test
    void theInterruptOfAThreadThatReadsEndsNothing() throws Exception {
        LookupStore store = open();
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i < 2000; i++) {
            many.put(key("p" + i), ("{\"id\":\"" + "x".repeat(500) + i + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        store.put(many);
        store.close();
        LookupStore again = open();
        Thread reader = new Thread(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> find(again, "p77")).isInstanceOf(IOException.class);
        });
        reader.start();
        reader.join();

        assertThat(find(again, "p1999")).endsWith("1999\"}");
        put(again, "p1", "{}");
        assertThat(find(again, "p1")).isEqualTo("{}");
        again.close();
    }

    @Test
    void onAFullDiskNothingIsTakenAndItGoesOnWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.at(folder.resolve("state/lookup"))) {
            LookupStore store = open();
            put(store, "ada@x.example", "{\"id\":1}");
            disk.fill();
            String large = "{\"id\":\"" + "x".repeat(40_000) + "\"}";
            Map<String, byte[]> many = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                many.put(key("p" + i), (large + i).getBytes(StandardCharsets.UTF_8));
            }
            assertThatThrownBy(() -> store.put(many)).isInstanceOf(IOException.class).hasMessageContaining("No space left")
                    .hasMessageNotContaining("\n");
            disk.free();
            assertThat(find(store, "ada@x.example")).isEqualTo("{\"id\":1}");
            put(store, "ada@x.example", "{\"id\":2}");
            assertThat(find(store, "ada@x.example")).isEqualTo("{\"id\":2}");
            store.close();
        }
    }

    @Test
    void othersCannotReadIt() throws Exception {
        open().close();
        try (Stream<Path> files = Files.walk(folder.resolve("state"))) {
            assertThat(files).allSatisfy(each -> assertThat(PosixFilePermissions.toString(
                    Files.getPosixFilePermissions(each))).endsWith("------"));
        }
    }

    @Test
    @Tag("long")
    void aMillionRecordsTakeNoMoreMemoryThanAHundredThousand() throws Exception {
        LookupStore store = open();
        store.share(64);
        fill(store, 0, 100_000);
        long few = usedMegabytes();
        fill(store, 100_000, 1_000_000);
        assertThat(usedMegabytes() - few).as("megabytes").isLessThan(16);
        assertThat(store.size()).isEqualTo(1_000_000);
        for (int i = 0; i < 1_000_000; i += 997) {
            assertThat(find(store, "person." + i + "@company" + i % 5000 + ".example")).contains("\"id\":" + i + ",");
        }
        store.close();
        assertThat(Files.size(file()) >> 20).as("megabytes").isLessThan(500);
    }

    private static void fill(LookupStore store, int from, int to) throws IOException {
        for (int i = from; i < to; i += 500) {
            Map<String, byte[]> some = new HashMap<>();
            for (int j = i; j < i + 500; j++) {
                String email = "person." + j + "@company" + j % 5000 + ".example";
                some.put(key(email), ("{\"id\":" + j + ",\"email_address\":\"" + email + "\",\"title\":\"Head of department "
                        + j % 50 + "\",\"updated_at\":\"2026-01-01T00:00:00.000000Z\"}").getBytes(StandardCharsets.UTF_8));
            }
            store.put(some);
        }
    }

    private static long usedMegabytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() >> 20;
    }
}
