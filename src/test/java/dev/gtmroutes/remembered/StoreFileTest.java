// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What kill -9 leaves of a file while it is written. */
class StoreFileTest {

    private static final int BLOCK = 4096;
    private static final int HEADER_BLOCKS = 2;
    private static final int KEYS = 2000;
    private static final int REWRITES = 10;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    /** The values of each key since the file was settled, from the one that it had then. */
    private final Map<String, List<String>> since = new HashMap<>();

    private static StoreFile<String, byte[]> open(Path file) throws IOException {
        return new StoreFile<>(file, "some", () -> new MVMap.Builder<String, byte[]>().keyType(StringDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE), true);
    }

    private static StoreFile<Long, byte[]> open(Path file, int versions) throws IOException {
        return new StoreFile<>(file, "some", () -> new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE)
                .valueType(ByteArrayDataType.INSTANCE), false, versions);
    }

    @Test
    void theSettledCommitStaysThoughTheNextOneIsCutAnywhere() throws Exception {
        assertThat(keysLost(StoreFile.VERSIONS)).as("keys lost").isZero();
        // If this fails, MVStore may need no kept commits any more.
        assertThat(keysLost(0)).as("keys lost if no commits are kept").isPositive();
    }

    /** The most keys that are not as they were settled, wherever the commit after that is cut. */
    private int keysLost(int versions) throws IOException {
        Path file = folder.resolve(versions + ".mv");
        byte[] settled;
        try (StoreFile<Long, byte[]> store = open(file, versions)) {
            for (long key = 0; key < KEYS; key++) {
                store.put(key, new byte[100]);
                if (key % 100 == 99) {
                    store.commit();
                }
            }
            for (int round = 1; round <= REWRITES; round++) {
                store.put(KEYS - 1L, value(round));
                store.commit();
            }
            store.settle();
            settled = Files.readAllBytes(file);
            store.put(KEYS - 1L, value(REWRITES + 1));
            store.commit();
        }
        byte[] after = Files.readAllBytes(file);
        int most = 0;
        int[] changed = changed(settled, after);
        for (int kept = 0; kept <= changed.length; kept++) {
            most = Math.max(most, keysLost(cut(settled, after, changed, kept), versions));
        }
        return most;
    }

    private int keysLost(byte[] left, int versions) throws IOException {
        Path file = Files.write(folder.resolve("cut.mv"), left);
        int lost = 0;
        try (StoreFile<Long, byte[]> store = open(file, versions)) {
            for (long key = 0; key < KEYS; key++) {
                byte[] there = store.get(key);
                boolean isThere = there != null && (key < KEYS - 1 || there[0] >= REWRITES);
                lost += isThere ? 0 : 1;
            }
        } catch (IOException e) {
            lost = KEYS;
        }
        Files.delete(file);
        return lost;
    }

    private static byte[] value(int round) {
        byte[] value = new byte[100];
        Arrays.fill(value, (byte) round);
        return value;
    }

    @Test
    void aKillWhileItIsWrittenGoesBackNoFurtherThanToWhereItWasSettled() throws Exception {
        Path file = folder.resolve("some.mv");
        try (StoreFile<String, byte[]> store = open(file)) {
            for (int round = 1; round <= 60; round++) {
                for (int i = 0; i < 100; i++) {
                    String key = "key" + random.nextInt(KEYS);
                    String value = "value " + random.nextLong() + " of round " + round;
                    store.put(key, value.getBytes(StandardCharsets.UTF_8));
                    since.computeIfAbsent(key, none -> new ArrayList<>(Collections.singleton(null))).add(value);
                }
                byte[] before = Files.readAllBytes(file);
                store.commit();
                assertNothingIsLost(before, Files.readAllBytes(file));
                if (round % 10 == 0) {
                    store.compact(50, 1 << 20);
                    store.settle();
                    since.replaceAll((key, values) -> new ArrayList<>(values.subList(values.size() - 1, values.size())));
                }
            }
            assertThat(store.size()).isEqualTo(since.size());
        }
        assertThat(Files.size(file)).as("bytes").isLessThan(3_000_000);
    }

    /** The blocks that a commit has written, in the order in which it did: those of the header come last. */
    private static int[] changed(byte[] before, byte[] after) {
        byte[] padded = Arrays.copyOf(before, Math.max(before.length, after.length));
        return IntStream.range(0, (after.length + BLOCK - 1) / BLOCK).map(i -> i * BLOCK)
                .filter(at -> !Arrays.equals(padded, at, end(at, after), after, at, end(at, after))).boxed()
                .sorted(Comparator.comparing(at -> at < HEADER_BLOCKS * BLOCK)).mapToInt(Integer::intValue).toArray();
    }

    /** The file with the first so many blocks of a commit. */
    private static byte[] cut(byte[] before, byte[] after, int[] changed, int kept) {
        byte[] left = Arrays.copyOf(before, Math.max(before.length, after.length));
        for (int i = 0; i < kept; i++) {
            System.arraycopy(after, changed[i], left, changed[i], end(changed[i], after) - changed[i]);
        }
        return left;
    }

    private void assertNothingIsLost(byte[] before, byte[] after) throws IOException {
        int[] changed = changed(before, after);
        Path file = Files.write(folder.resolve("cut.mv"),
                cut(before, after, changed, random.nextInt(changed.length + 1)));
        try (StoreFile<String, byte[]> store = open(file)) {
            for (Map.Entry<String, List<String>> each : since.entrySet()) {
                byte[] there = store.get(each.getKey());
                assertThat(there == null ? null : new String(there, StandardCharsets.UTF_8)).isIn(each.getValue());
            }
        }
        Files.delete(file);
    }

    private static int end(int block, byte[] file) {
        return Math.min(block + BLOCK, file.length);
    }
}
