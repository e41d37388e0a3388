// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.table.Postgres;
import dev.gtmroutes.remembered.table.PostgresTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three programs that deliver to one destination, against a model of it: whatever happens to requests and programs, a record
 * is taken for unchanged only if the destination has just that.
 */
class SharedRecordsTest extends PostgresTest {

    private static final int PROGRAMS = 3;
    private static final int KEYS = 6;
    private static final int FORMS = 2;

    @TempDir
    Path directory;
    /** What the destination has. */
    private final Map<KeyHash, Long> there = new HashMap<>();
    private final Random random = new Random(7);
    private String flow = "calls";

    private final class Instance implements AutoCloseable {

        private final FormMemory memory;
        private final ChangedRecords records;
        private final List<ShapedRecord> waiting = new ArrayList<>();
        private final Deque<List<ShapedRecord>> inFlight = new ArrayDeque<>();

        private Instance(int number) throws IOException {
            Path data = directory.resolve("data" + number);
            Map<String, String> settings = Map.of("gtm.only-changed.jdbc-url", postgres.url(), "gtm.only-changed.jdbc-user",
                    "gtm", "gtm.only-changed.jdbc-password", Postgres.PASSWORD);
            memory = FormMemories.of(data, name -> settings.getOrDefault(name, ""), new Secrets());
            FormFolder folder = FormFolder.of(data, flow, "crm");
            records = new ChangedRecords(folder, damage -> {
                throw damage;
            });
            records.use(memory.open(folder, new FormFolder.About(flow, "crm", "template", List.of("id"))));
        }

        /** @return how many of the records that it reads together are unchanged */
        private int read() throws IOException {
            List<ShapedRecord> read = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                read.add(record(random.nextInt(KEYS), 1 + random.nextInt(FORMS)));
            }
            Map<KeyHash, Long> before = Map.copyOf(there);
            List<ShapedRecord> sent = records.enter(read);
            read.stream().filter(each -> sent.stream().noneMatch(one -> one == each)).forEach(
                    each -> assertThat(before).containsEntry(each.form().key(), each.form().form()));
            waiting.addAll(sent);
            return read.size() - sent.size();
        }

        private void send() throws IOException {
            if (!waiting.isEmpty()) {
                records.leaving(waiting);
                inFlight.add(List.copyOf(waiting));
                waiting.clear();
            }
        }

        private void answer() {
            if (inFlight.isEmpty()) {
                return;
            }
            List<ShapedRecord> sent = random.nextBoolean() ? inFlight.removeFirst() : inFlight.removeLast();
            switch (random.nextInt(6)) {
                case 0 -> records.landed(List.of(), sent, List.of());
                case 1 -> {
                    arrive(sent, random.nextBoolean());
                    records.landed(List.of(), List.of(), sent);
                }
                case 2 -> {
                    arrive(sent, random.nextBoolean());
                    records.unsure(sent);
                    inFlight.addFirst(sent);
                }
                default -> {
                    arrive(sent, true);
                    records.landed(sent, List.of(), List.of());
                }
            }
        }

        private void arrive(List<ShapedRecord> sent, boolean really) {
            if (really) {
                sent.forEach(each -> there.put(each.form().key(), each.form().form()));
            }
        }

        @Override
        public void close() {
            inFlight.forEach(each -> arrive(each, random.nextBoolean()));
            memory.close();
        }
    }

    private static ShapedRecord record(int key, long form) {
        return new ShapedRecord(null, new byte[0], new byte[0], "/", "/", null,
                new RecordForm(KeyHash.of(List.of(Integer.toString(key))), form));
    }

    @Test
    void aRecordIsUnchangedOnlyIfTheDestinationHasIt() throws Exception {
        long unchanged = 0;
        for (int run = 0; run < 10; run++) {
            flow = "calls" + run;
            there.clear();
            Instance[] programs = new Instance[PROGRAMS];
            for (int i = 0; i < PROGRAMS; i++) {
                programs[i] = new Instance(i);
            }
            for (int step = 0; step < 250; step++) {
                int number = random.nextInt(PROGRAMS);
                switch (random.nextInt(60)) {
                    case 0 -> {
                        programs[number].close();
                        programs[number] = new Instance(number);
                    }
                    // Requests in flight take no longer than that.
                    case 1 -> drain(programs);
                    default -> {
                        switch (random.nextInt(3)) {
                            case 0 -> unchanged += programs[number].read();
                            case 1 -> programs[number].send();
                            default -> programs[number].answer();
                        }
                    }
                }
            }
            for (Instance each : programs) {
                each.close();
            }
        }
        assertThat(unchanged).isGreaterThan(40);
    }

    private void drain(Instance[] programs) throws Exception {
        for (Instance each : programs) {
            while (!each.inFlight.isEmpty()) {
                each.answer();
            }
        }
        postgres.execute("update gtm_delivered_forms set others_until = others_until - interval '1 hour', "
                + "sent_until = sent_until - interval '1 hour'");
    }

    @Test
    void whatWasDeliveredWhileTheDatabaseWasGoneIsRememberedLater() throws Exception {
        try (Instance one = new Instance(0); Instance two = new Instance(1)) {
            ShapedRecord record = record(1, 11);
            assertThat(one.records.enter(List.of(record))).hasSize(1);
            one.records.leaving(List.of(record));
            postgres.stop();
            try {
                one.records.landed(List.of(record), List.of(), List.of());
                assertThatThrownBy(one.records::check).isInstanceOf(FormsUnavailableException.class);
                assertThatThrownBy(() -> one.records.enter(List.of(record(2, 22))))
                        .isInstanceOf(FormsUnavailableException.class);
                assertThatThrownBy(() -> one.records.leaving(List.of(record))).isInstanceOf(FormsUnavailableException.class);
            } finally {
                postgres.start();
            }
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(one.records::check);

            assertThat(one.records.enter(List.of(record))).isEmpty();
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions()
                    .untilAsserted(() -> assertThat(two.records.enter(List.of(record))).isEmpty());
        }
    }
}
