// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.remembered.DeliveredForms;
import dev.gtmroutes.remembered.FormFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which records are sent, against a model of a destination: whatever happens to requests, a record is taken for unchanged
 * only if the destination has just that.
 */
class ChangedRecordsTest {

    private static final FormFolder.About ABOUT = new FormFolder.About("calls", "calls-1", "template", List.of("id"));
    private static final int KEYS = 6;
    private static final int FORMS = 3;

    @TempDir
    Path data;
    private int crashes;
    private DeliveredForms forms;
    private ChangedRecords records;

    /** What the destination has. */
    private final Map<KeyHash, Long> there = new HashMap<>();

    @BeforeEach
    void open() throws IOException {
        open(folder());
    }

    @AfterEach
    void close() {
        records.close();
    }

    private FormFolder folder() {
        return FormFolder.of(data.resolve("run" + crashes), "calls", "calls-1");
    }

    private void open(FormFolder folder) throws IOException {
        forms = DeliveredForms.open(folder, ABOUT, new Disk());
        records = new ChangedRecords(folder, damage -> {
            throw damage;
        });
        records.use(forms);
    }

    /** The program goes on with the files as they are at this moment. */
    private void crash() throws IOException {
        FormFolder before = folder();
        crashes++;
        Files.createDirectories(folder().folder());
        try (Stream<Path> files = Files.walk(before.folder())) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                Files.copy(each, folder().folder().resolve(before.folder().relativize(each).toString()));
            }
        }
        records.close();
        open(folder());
    }

    /** Whether the record is to be sent. */
    private boolean enter(ShapedRecord record) throws IOException {
        return !records.enter(List.of(record)).isEmpty();
    }

    private static ShapedRecord record(int key, long form) {
        return new ShapedRecord(null, new byte[0], new byte[0], "/", "/", null,
                new RecordForm(KeyHash.of(List.of(Integer.toString(key))), form));
    }

    /** Some records that are under way together, and what the destination did with them. */
    private final class Sent {

        private List<ShapedRecord> records;

        private Sent(List<ShapedRecord> records) {
            this.records = records;
        }

        private void arrive() {
            records.forEach(each -> there.put(each.form().key(), each.form().form()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRecordIsUnchangedOnlyIfTheDestinationHasIt(boolean ordered) throws Exception {
        long unchanged = 0;
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            there.clear();
            crashes++;
            records.close();
            open(folder());
            unchanged += play(random, ordered, seed);
        }
        assertThat(unchanged).isGreaterThan(500);
    }

    private long play(Random random, boolean ordered, int seed) throws IOException {
        int most = ordered ? 1 : 3;
        records.ordered(ordered);
        long unchanged = 0;
        List<ShapedRecord> waiting = new ArrayList<>();
        Deque<Sent> underWay = new ArrayDeque<>();
        for (int step = 0; step < 300; step++) {
            int chance = random.nextInt(100);
            if (chance < 60) {
                ShapedRecord read = record(random.nextInt(KEYS), 1 + random.nextInt(FORMS));
                if (enter(read)) {
                    waiting.add(read);
                } else {
                    unchanged++;
                    assertThat(there).as("seed %d, step %d", seed, step).containsEntry(read.form().key(),
                            read.form().form());
                }
            } else if (chance < 75 && !waiting.isEmpty() && underWay.size() < most) {
                Sent sent = new Sent(List.copyOf(waiting));
                waiting.clear();
                records.leaving(sent.records);
                underWay.add(sent);
            } else if (chance < 97 && !underWay.isEmpty()) {
                List<Sent> all = new ArrayList<>(underWay);
                Sent sent = all.get(random.nextInt(all.size()));
                if (!answer(sent, random)) {
                    underWay.remove(sent);
                }
            } else if (chance == 97) {
                // The flow is stopped: nothing of it has an outcome, and nobody knows what arrived.
                underWay.forEach(each -> {
                    if (random.nextBoolean()) {
                        each.arrive();
                    }
                    records.returned(each.records);
                });
                records.returned(waiting);
                underWay.clear();
                waiting.clear();
            } else if (chance == 98) {
                underWay.stream().filter(each -> random.nextBoolean()).forEach(Sent::arrive);
                underWay.clear();
                waiting.clear();
                crash();
                records.ordered(ordered);
            }
        }
        return unchanged;
    }

    /** @return whether it is sent again */
    private boolean answer(Sent sent, Random random) {
        switch (random.nextInt(8)) {
            case 0 -> records.landed(List.of(), sent.records, List.of());
            case 1 -> {
                if (random.nextBoolean()) {
                    sent.arrive();
                }
                records.landed(List.of(), List.of(), sent.records);
            }
            case 2 -> {
                if (random.nextBoolean()) {
                    sent.arrive();
                }
                records.unsure(sent.records);
                return true;
            }
            case 3 -> {
                // Each record has an outcome of its own; some are sent again.
                List<ShapedRecord> delivered = new ArrayList<>();
                List<ShapedRecord> rejected = new ArrayList<>();
                List<ShapedRecord> again = new ArrayList<>();
                for (ShapedRecord each : sent.records) {
                    List.of(delivered, rejected, again).get(random.nextInt(3)).add(each);
                }
                new Sent(delivered).arrive();
                records.landed(delivered, rejected, List.of());
                records.unsure(again);
                sent.records = again;
                return !again.isEmpty();
            }
            default -> {
                sent.arrive();
                records.landed(sent.records, List.of(), List.of());
            }
        }
        return false;
    }

    @Test
    void nothingUnchangedIsSentWhenAllIsCalm() throws Exception {
        Random random = new Random(3);
        Map<Integer, Long> last = new LinkedHashMap<>();
        for (int step = 0; step < 2000; step++) {
            int key = random.nextInt(100);
            long form = 1 + random.nextInt(FORMS);
            ShapedRecord read = record(key, form);
            boolean sent = enter(read);
            assertThat(sent).isEqualTo(!Long.valueOf(form).equals(last.put(key, form)));
            if (sent) {
                records.leaving(List.of(read));
                records.landed(List.of(read), List.of(), List.of());
            }
            if (step % 500 == 499) {
                crash();
            }
        }
    }

    @Test
    void aRejectedRecordLeavesWhatWasDeliveredBefore() throws Exception {
        send(record(1, 1));
        ShapedRecord bad = record(1, 2);
        assertThat(enter(bad)).isTrue();
        records.leaving(List.of(bad));
        records.landed(List.of(), List.of(bad), List.of());

        assertThat(enter(record(1, 1))).isFalse();
        assertThat(enter(bad)).isTrue();
    }

    @Test
    void equalRecordsThatAreUnderWayTogetherAreRemembered() throws Exception {
        ShapedRecord one = record(1, 1);
        ShapedRecord two = record(1, 1);
        assertThat(enter(one)).isTrue();
        assertThat(enter(two)).isTrue();
        records.leaving(List.of(one));
        records.leaving(List.of(two));
        records.landed(List.of(two), List.of(), List.of());
        assertThat(enter(record(1, 1))).isTrue();
        records.returned(List.of(record(1, 1)));
        records.landed(List.of(one), List.of(), List.of());

        assertThat(forms.form(one.form().key())).isEqualTo(RecordForm.NONE);

        send(one);
        assertThat(enter(one)).isFalse();
    }

    @Test
    void ofTwoRecordsOfOneRequestTheLastIsRemembered() throws Exception {
        ShapedRecord one = record(1, 1);
        ShapedRecord two = record(1, 2);
        enter(one);
        enter(two);
        records.leaving(List.of(one, two));
        records.landed(List.of(one, two), List.of(), List.of());

        assertThat(enter(two)).isFalse();
        assertThat(enter(one)).isTrue();
    }

    @Test
    void aResetWhileARecordIsUnderWayForgetsItToo() throws Exception {
        ShapedRecord one = record(1, 1);
        enter(one);
        records.leaving(List.of(one));
        folder().requestReset(null);
        records.checkResets();
        records.landed(List.of(one), List.of(), List.of());

        assertThat(enter(one)).isTrue();
    }

    private void send(ShapedRecord record) throws IOException {
        assertThat(enter(record)).isTrue();
        records.leaving(List.of(record));
        records.landed(List.of(record), List.of(), List.of());
    }
}
