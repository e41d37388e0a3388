// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.api.Backoff;
import dev.gtmroutes.bulk.spool.Spool;
import dev.gtmroutes.bulk.spool.SpooledRecord;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.ShapedRecord;
import dev.gtmroutes.record.SourceRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of a bulk job, with a crash and with an unclear answer at each of its requests. */
class BulkJobTest {

    private static final int RECORDS = 130;
    private static final int MOST_CALLS = 500;

    @TempDir
    Path directory;

    private final Disk disk = new Disk();
    private final AtomicLong nanos = new AtomicLong();
    private final Recorder outcomes = new Recorder();
    private VendorInMemory vendor = new VendorInMemory();
    private Path folder;
    private int runs;
    private int calls;
    private final List<String> kinds = new ArrayList<>();

    /** The program ends here. */
    private static final class Crash extends RuntimeException {
    }

    /** What comes out, which a crash does not take away. */
    private final class Recorder implements Outcomes {

        final List<Outcomes.Refused> letters = new ArrayList<>();
        /** The program ends at this write, counted from 1; 0 for never. */
        int crashesAt;
        boolean crashesBehind;
        int writes;

        @Override
        public void write(List<Refused> refused) {
            boolean crashes = ++writes == crashesAt;
            if (!crashes || crashesBehind) {
                letters.addAll(refused);
            }
            if (crashes) {
                throw new Crash();
            }
        }

        @Override
        public Set<String> writtenSince(Instant time) {
            Set<String> all = new HashSet<>();
            letters.forEach(each -> all.add(WrittenLetters.mark(each.record())));
            return all;
        }

        @Override
        public void count(int delivered, List<Refused> refused) {
            // Counters end with the program.
        }
    }

    @BeforeEach
    void begin() throws IOException {
        begin(BulkJobTest::record, RECORDS);
    }

    private static String record(int i) {
        return "{\"email_address\":\"p" + i + "@x.example\"" + (i % 26 == 7 ? ",\"bad\":true}" : "}");
    }

    private void begin(IntFunction<String> record, int count) throws IOException {
        vendor = new VendorInMemory();
        outcomes.letters.clear();
        outcomes.writes = 0;
        outcomes.crashesAt = 0;
        kinds.clear();
        calls = 0;
        folder = directory.resolve("run-" + ++runs);
        Spool spool = new Spool(folder, disk, 1000, Duration.ofSeconds(60));
        spool.load();
        List<SpooledRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] json = record.apply(i).getBytes(StandardCharsets.UTF_8);
            SourceRecord source = new SourceRecord(json, i, i + 1, null);
            records.add(SpooledRecord.of("people.ndjson", "", new ShapedRecord(source, json, json, "/", "", null, null),
                    new BulkKey("email_address").of(json)));
        }
        spool.append(records);
        assertThat(spool.next(Instant.now().plusSeconds(61), (number, size) -> JobState
                .begin(spool.file(number, Spool.STATE), disk, "people", "person/upsert", size).save())).contains(1);
    }

    private JobWork open() throws IOException {
        JobState state = JobState.read(folder.resolve("000001.json"), disk);
        JobRecords records = new JobRecords(folder.resolve("000001.ndjson"), folder.resolve("000001.ids"), state.records,
                disk);
        return new JobWork("people", state, records, new BulkKey("email_address"), 3500, outcomes,
                new Pace(new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60)), nanos::get));
    }

    /** Works until the job is over. */
    private JobState run(Function<BulkCall, ApiAnswer> answers) throws IOException {
        JobWork work = open();
        try (JobRecords records = work.records()) {
            BulkJob job = new BulkJob(work);
            while (!job.isOver()) {
                BulkCall call = job.next();
                if (call == null) {
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    continue;
                }
                assertThat(++calls).as("requests: %s", kinds).isLessThan(MOST_CALLS);
                kinds.add(call.kind().toString());
                job.answered(call, answers.apply(call));
            }
        }
        return work.state();
    }

    /** Works for these hours. @return what it waits for then */
    private String waitsAfter(int hours, Function<BulkCall, ApiAnswer> answers) throws IOException {
        long end = nanos.get() + Duration.ofHours(hours).toNanos();
        JobWork work = open();
        try (JobRecords records = work.records()) {
            BulkJob job = new BulkJob(work);
            while (nanos.get() < end) {
                BulkCall call = job.next();
                if (call == null) {
                    assertThat(job.isOver()).isFalse();
                    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                    continue;
                }
                assertThat(++calls).as("requests: %s", kinds).isLessThan(MOST_CALLS);
                kinds.add(call.kind().toString());
                job.answered(call, answers.apply(call));
            }
        }
        assertThat(work.pace().idle()).isGreaterThan(Duration.ofHours(hours - 1));
        return work.pace().waiting();
    }

    private JobState run() throws IOException {
        return run(call -> vendor.answer(call.request()));
    }

    private JobState runThroughCrashes(Function<BulkCall, ApiAnswer> answers) throws IOException {
        while (true) {
            try {
                return run(answers);
            } catch (Crash e) {
                // The next one goes on from the files.
            }
        }
    }

    private void expectAllOnce(JobState state, int bad) {
        List<VendorInMemory.Job> started = vendor.jobs.stream().filter(each -> !each.state.equals("open")).toList();
        assertThat(started).hasSize(1);
        assertThat(started.get(0).data).hasSize(RECORDS);
        assertThat(new TreeSet<>(started.get(0).data.stream().map(each -> each.get("record").toString()).toList()))
                .hasSize(RECORDS);
        assertThat(outcomes.letters).extracting(each -> each.record().line()).doesNotHaveDuplicates().hasSize(bad);
        assertThat(state.delivered).isEqualTo(RECORDS - bad);
        assertThat(state.settled.cardinality()).isEqualTo(RECORDS);
    }

    @Test
    void eachRecordGetsItsOutcome() throws IOException {
        JobState state = run();

        expectAllOnce(state, 5);
        assertThat(vendor.jobs).hasSize(1);
        assertThat(outcomes.letters.get(0).why().reason())
                .isEqualTo("bulk job 1 reports an error for this record: is bad");
        assertThat(outcomes.letters.get(0).record().line()).isEqualTo(8);
        assertThat(kinds).startsWith("CREATE", "UPLOAD", "LIST").endsWith("RESULTS");
    }

    @Test
    void aFileWithOtherRecordsThanThoseOfItsJobIsRefused() throws IOException {
        Path file = folder.resolve("000001.ndjson");
        String line = Files.readAllLines(file).get(0);
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::open)
                .hasMessageEndingWith("000001.ndjson has " + (RECORDS + 1) + " records, but its job has "
                        + RECORDS);
    }

    @Test
    void aCrashBeforeOrAfterAnyRequestMakesNoSecondJobAndSendsNoRecordTwice() throws IOException {
        run();
        int all = calls;
        for (int at = 1; at <= all; at++) {
            for (boolean carriedOut : new boolean[] {false, true}) {
                begin();
                int crash = at;
                boolean[] crashed = new boolean[1];
                JobState state = runThroughCrashes(call -> {
                    boolean now = calls == crash && !crashed[0];
                    crashed[0] |= now;
                    ApiAnswer answer = now && !carriedOut ? null : vendor.answer(call.request());
                    if (now) {
                        throw new Crash();
                    }
                    return answer;
                });
                expectAllOnce(state, 5);
                assertThat(vendor.jobs).as("crash at request %d", at).hasSize(1);
            }
        }
    }

    @Test
    void anUnclearAnswerToAnyRequestMakesNoSecondJobAndSendsNoRecordTwice() throws IOException {
        run();
        int all = calls;
        ApiAnswer none = ApiAnswer.failed(new IOException("reset")).maybeSent(true).build();
        ApiAnswer cut = ApiAnswer.status(200).body(new byte[] {'{'}, ApiAnswer.Completeness.BROKEN_OFF, "reset").build();
        for (ApiAnswer unclear : List.of(none, cut)) {
            for (int at = 1; at <= all; at++) {
                for (boolean carriedOut : new boolean[] {false, true}) {
                    begin();
                    int here = at;
                    JobState state = run(call -> {
                        boolean now = calls == here;
                        ApiAnswer answer = !now || carriedOut ? vendor.answer(call.request()) : null;
                        return now ? unclear : answer;
                    });
                    expectAllOnce(state, 5);
                    assertThat(vendor.jobs).as("%s at request %d", unclear, at).hasSize(1);
                }
            }
        }
    }

    @Test
    void aRequestThatComesTooEarlyIsMadeAgain() throws IOException {
        JobState state = run(call -> calls % 2 == 1 ? VendorInMemory.status(429) : vendor.answer(call.request()));

        expectAllOnce(state, 5);
        assertThat(vendor.jobs).hasSize(1);
        assertThat(kinds).doesNotContain("FIND");
    }

    @Test
    void aCrashBetweenDeadLettersAndTheirNoteWritesNoneTwice() throws IOException {
        outcomes.crashesAt = 1;
        outcomes.crashesBehind = true;

        expectAllOnce(runThroughCrashes(call -> vendor.answer(call.request())), 5);
    }

    /** What the vendor refuses, in each phase in which it can. */
    private Map<String, Function<BulkCall, ApiAnswer>> refusals() {
        return Map.of("nothing", call -> vendor.answer(call.request()),
                "job", call -> call.kind() == BulkCall.Kind.CREATE ? VendorInMemory.status(403)
                        : vendor.answer(call.request()),
                "each upload", call -> call.kind() == BulkCall.Kind.UPLOAD ? VendorInMemory.status(403)
                        : vendor.answer(call.request()),
                "start", call -> call.kind() == BulkCall.Kind.LOOK && !vendor.jobs.isEmpty()
                        && vendor.jobs.get(vendor.jobs.size() - 1).data.size() >= RECORDS - 1 ? VendorInMemory.status(404)
                                : vendor.answer(call.request()),
                "results", call -> call.kind() == BulkCall.Kind.RESULTS ? VendorInMemory.status(404)
                        : vendor.answer(call.request()));
    }

    @Test
    void aCrashBeforeOrBehindAnyDeadLettersLosesNoRecordAndWritesNoneTwice() throws IOException {
        IntFunction<String> one = i -> i == 100 ? "{\"email_address\":\"x@x.example\",\"refused\":true}" : record(i);
        for (Map.Entry<String, Function<BulkCall, ApiAnswer>> each : refusals().entrySet()) {
            begin(one, RECORDS);
            JobState expected = run(each.getValue());
            int all = outcomes.writes;
            assertThat(all).as(each.getKey()).isPositive();
            for (int i = 0; i < 2 * all; i++) {
                begin(one, RECORDS);
                outcomes.crashesAt = 1 + i / 2;
                outcomes.crashesBehind = i % 2 == 1;
                JobState state = runThroughCrashes(each.getValue());

                String where = "crash at dead letters " + i + ", refused: " + each.getKey();
                assertThat(outcomes.letters).as(where).extracting(letter -> letter.record().line()).doesNotHaveDuplicates()
                        .hasSize(expected.rejected + expected.held);
                assertThat(state.delivered).as(where).isEqualTo(expected.delivered);
                assertThat(state.rejected).as(where).isEqualTo(expected.rejected);
                assertThat(state.held).as(where).isEqualTo(expected.held);
            }
        }
    }

    @Test
    void aRecordThatIsInNoJobAndHasNoOutcomeIsRejected() throws IOException {
        JobState state = open().state();
        state.job = "1";
        state.phase = JobState.Phase.START;
        state.sent = RECORDS;
        state.save();

        assertThat(run().rejected).isEqualTo(RECORDS);
        assertThat(outcomes.letters).hasSize(RECORDS).first()
                .satisfies(each -> assertThat(each.why().reason()).contains("never in bulk job 1; replay it"));
    }

    @Test
    void resultsThatNeverGoOnAreAskedForNowAndThenAndTold() throws IOException {
        vendor.ignoresAfter = true;

        assertThat(waitsAfter(3, call -> vendor.answer(call.request())))
                .isEqualTo("bulk job 1 gives the same page of results again");
        assertThat(JobState.read(folder.resolve("000001.json"), disk).settled.cardinality()).isEqualTo(100);
    }

    @Test
    void resultsWithoutIdsAreTheOutcomesOfAJobOfOnePage() throws IOException {
        begin(BulkJobTest::record, 90);
        vendor.withoutIds = true;

        assertThat(run().delivered).isEqualTo(86);
    }

    @Test
    void aListOfJobsThatNeverGoesOnIsAskedForNowAndThenAndTold() throws IOException {
        vendor.ignoresAfter = true;
        for (int i = 1; i <= 150; i++) {
            vendor.jobs.add(new VendorInMemory.Job(i, "of others " + i));
        }
        boolean[] created = new boolean[1];

        assertThat(waitsAfter(3, call -> {
            ApiAnswer answer = vendor.answer(call.request());
            boolean lost = call.kind() == BulkCall.Kind.CREATE && !created[0];
            created[0] |= lost;
            return lost ? ApiAnswer.failed(new IOException("reset")).maybeSent(true).build() : answer;
        })).startsWith("the list of open jobs, in which bulk job 'people gtm-routes ").endsWith("gives the same page again");
    }

    @Test
    void recordsThatAreListedInAnotherOrderAreFound() throws IOException {
        vendor.shuffled = true;

        expectAllOnce(run(), 5);
        assertThat(outcomes.letters).extracting(each -> each.record().line()).containsExactlyInAnyOrder(8L, 34L, 60L, 86L,
                112L);
    }

    @Test
    void aRecordWithoutAResultIsHeld() throws IOException {
        vendor.losesResult = true;
        JobState state = run();

        assertThat(state.held).isEqualTo(1);
        assertThat(state.delivered).isEqualTo(RECORDS - 6);
        assertThat(outcomes.letters).last().satisfies(each -> {
            assertThat(each.record().line()).isEqualTo(RECORDS);
            assertThat(each.why().isHeld()).isTrue();
            assertThat(each.why().reason()).contains("has no result for this record");
        });
    }

    @Test
    void aRecordThatSpoilsAnUploadIsRejectedAlone() throws IOException {
        begin(i -> i == 100 ? "{\"email_address\":\"x@x.example\",\"refused\":true}" : record(i), RECORDS);
        JobState state = run();

        assertThat(state.rejected).isEqualTo(6);
        assertThat(state.delivered).isEqualTo(RECORDS - 6);
        assertThat(outcomes.letters.get(0).record().line()).isEqualTo(101);
        assertThat(outcomes.letters.get(0).why().status()).isEqualTo(422);
        assertThat(vendor.jobs).hasSize(1);
        assertThat(vendor.jobs.get(0).data).hasSize(RECORDS - 1);
    }

    @Test
    void aJobThatIsNotCreatedRejectsItsRecordsWithTheAnswer() throws IOException {
        JobState state = run(call -> VendorInMemory.status(403));

        assertThat(state.rejected).isEqualTo(RECORDS);
        assertThat(outcomes.letters.get(0).why().answer()).isEqualTo("{\"error\":\"no\"}");
        assertThat(kinds).containsExactly("CREATE");
    }

    @Test
    void aJobThatVanishesBeforeItIsStartedIsMadeAgainAndAfterThatItsRecordsAreHeld() throws IOException {
        run(call -> {
            if (call.kind() == BulkCall.Kind.LOOK && vendor.jobs.size() == 1) {
                return VendorInMemory.status(404);
            }
            return vendor.answer(call.request());
        });
        assertThat(vendor.jobs).extracting(each -> each.state).containsExactly("open", "done");

        begin();
        JobState state = run(call -> vendor.jobs.stream().anyMatch(each -> !each.state.equals("open"))
                && call.kind() == BulkCall.Kind.LOOK ? VendorInMemory.status(404) : vendor.answer(call.request()));
        assertThat(state.held).isEqualTo(RECORDS);
    }

    @Test
    void aJobThatAnotherClientFillsIsGivenUpAndMadeAgain() throws IOException {
        JobState state = run(call -> {
            if (call.kind() == BulkCall.Kind.LOOK && vendor.jobs.size() == 1 && vendor.jobs.get(0).data.size() == RECORDS) {
                vendor.jobs.get(0).data.add(vendor.jobs.get(0).data.get(0));
            }
            return vendor.answer(call.request());
        });

        expectAllOnce(state, 5);
        assertThat(vendor.jobs).extracting(each -> each.state).containsExactly("open", "done");
    }
}
