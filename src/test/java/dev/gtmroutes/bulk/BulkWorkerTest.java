// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.api.Backoff;
import dev.gtmroutes.bulk.spool.BulkFolders;
import dev.gtmroutes.bulk.spool.Spool;
import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.thread.VitalThread;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A disk that fails when a job is over. */
class BulkWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final CamelContext camel = PlainCamel.create();
    private final DestinationStatus destination = new DestinationStatus();
    private final VendorInMemory vendor = new VendorInMemory();
    private final CountDownLatch refused = new CountDownLatch(1);
    private final CountDownLatch seen = new CountDownLatch(1);

    /** A disk on which a file is put aside only at the second try. */
    private final class FailsOnce extends Disk {

        private final String ending;
        private final boolean renames;

        FailsOnce(String ending, boolean renames) {
            this.ending = ending;
            this.renames = renames;
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            boolean fails = refused.getCount() > 0 && to.getParent().endsWith(BulkFolders.DONE)
                    && to.toString().endsWith(ending);
            if (!fails || renames) {
                super.move(from, to);
            }
            if (fails) {
                refused.countDown();
                throw new IOException("No space left on device");
            }
        }
    }

    /** What comes out does not matter here. */
    private static final class Uncounted implements Outcomes {

        @Override
        public void write(List<Refused> refused) {
            // No record is refused.
        }

        @Override
        public Set<String> writtenSince(Instant time) {
            return Set.of();
        }

        @Override
        public void count(int delivered, List<Refused> refused) {
            // Nobody looks.
        }
    }

    @BeforeEach
    void open() {
        destination.setCamelContext(camel);
        destination.setData(directory.resolve("data").toString());
        destination.setRouteId("people:1");
        destination.open();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Spool spool(Disk disk) throws IOException {
        Spool spool = new Spool(directory.resolve("bulk"), disk, 1, Duration.ofHours(1));
        spool.load();
        return spool;
    }

    private static void add(Spool spool) throws IOException {
        byte[] json = "{\"email_address\":\"a@x.example\"}".getBytes(StandardCharsets.UTF_8);
        spool.append(List.of(SpooledRecord.of("people.ndjson", "", new ShapedRecord(new SourceRecord(json, 0, 1, null), json,
                json, "/", "", null, null), "a@x.example")));
    }

    private BulkWorker worker(Spool spool, Disk disk) {
        return new BulkWorker("people", spool, disk, new JobSettings("person/upsert", Duration.ofHours(6)), destination,
                call -> vendor.answer(call.request()),
                (number, state) -> new JobWork("people", state,
                        new JobRecords(spool.file(number, Spool.RECORDS), spool.file(number, Spool.IDS), state.records,
                                disk),
                        new BulkKey("email_address"), 3500, new Uncounted(),
                        new Pace(new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), System::nanoTime)),
                () -> true);
    }

    @ParameterizedTest
    @CsvSource({".ndjson,false", ".ndjson,true", ".json,false", ".json,true"})
    void aPauseEndsWhenTheFilesOfAJobArePutAsideAfterAll(String ending, boolean renames) throws Exception {
        Disk disk = new FailsOnce(ending, renames);
        Spool spool = spool(disk);
        add(spool);
        BulkWorker worker = worker(spool, disk);
        VitalThread thread = VitalThread.start("bulk-people", () -> {
            worker.turn();
            if (destination.halt().isPresent()) {
                seen.countDown();
            }
        });
        try {
            assertThat(refused.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(seen.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(destination.halt()).isEmpty());
            assertThat(directory.resolve("bulk/done/000001.ndjson")).exists();
            assertThat(directory.resolve("bulk/done/000001.json")).exists();
            assertThat(spool.bytes()).isZero();
            assertThat(vendor.jobs).hasSize(1);

            add(spool);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(directory.resolve("bulk/done/000002.json")).exists());
        } finally {
            thread.stop();
            worker.stop();
        }
    }
}
