// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that is ended by force before any of its steps: no record is lost, and none is handed over twice. */
@Tag("long")
class ReplayCrashTest {

    private static final List<String> RECORDS = List.of("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");

    @TempDir
    Path directory;

    /** @return whether it was ended before its end */
    private static boolean crash(Path data, int step) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                CrashingReplay.class.getName(), data.toString(), String.valueOf(step)).inheritIO().start();
        int status = process.waitFor();
        assertThat(status).isIn(0, CrashingReplay.CRASHED);
        return status == CrashingReplay.CRASHED;
    }

    private static List<String> open(Path data) throws Exception {
        try (Letters letters = new DeadLetterStore(data).flow("calls").letters(DeadLetterSelection.ALL)) {
            return Stream.generate(() -> letters.hasNext() ? new String(letters.next().record()) : "")
                    .takeWhile(each -> !each.isEmpty()).toList();
        }
    }

    /** The records in the inbox. Each file must be for one destination only. */
    private static List<String> handed(LetterFiles files) throws Exception {
        List<String> records = new ArrayList<>();
        for (Path each : files.handed()) {
            records.addAll(Files.readAllLines(each));
            assertThat(LetterFiles.progress(each)).content().contains(":", "-delivery push-call");
        }
        return records;
    }

    @Test
    void whereverAReplayEndsEachRecordIsOpenOrHandedOverOnce() throws Exception {
        int step = 0;
        for (boolean crashed = true; crashed; step++) {
            LetterFiles files = new LetterFiles(directory.resolve("data" + step)).withInbox()
                    .add("2026-01-02", RECORDS.get(0)).add("2026-01-02", RECORDS.get(1))
                    .add("2026-01-02", "rejected", LetterFiles.SECOND, "no", RECORDS.get(2));
            crashed = crash(files.data(), step);

            assertEachOnce(files, "step " + step);
            new DeadLetterStore(files.data()).flow("calls").replay(DeadLetterSelection.ALL, false, (id, why) -> {});
            assertThat(open(files.data())).isEmpty();
            assertEachOnce(files, "again after step " + step);
            assertThat(files.spooled()).isEmpty();
        }
        assertThat(step).isGreaterThan(15);
    }

    private static void assertEachOnce(LetterFiles files, String when) throws Exception {
        assertThat(Stream.concat(open(files.data()).stream(), handed(files).stream())).as(when)
                .containsExactlyInAnyOrderElementsOf(RECORDS);
    }

    @Test
    void aCrashWhileACrashIsRepairedLosesNothingEither() throws Exception {
        int begun = stepsUntilBegun();
        int step = 0;
        for (boolean crashed = true; crashed; step++) {
            LetterFiles files = files("again" + step);
            assertThat(crash(files.data(), begun)).isTrue();
            crashed = crash(files.data(), step);

            assertEachOnce(files, "step " + step);
            assertThat(files.spooled()).isEmpty();
        }
        assertThat(step).isGreaterThan(5);
    }

    /** @return the first number of steps after which a replay is marked as begun, so that it has to be finished */
    private int stepsUntilBegun() throws Exception {
        for (int step = 0;; step++) {
            LetterFiles files = files("begun" + step);
            assertThat(crash(files.data(), step)).isTrue();
            Path marks = files.folder().resolve(".marks.ndjson");
            if (Files.exists(marks) && Files.readString(marks).endsWith("\n")) {
                return step;
            }
        }
    }

    private LetterFiles files(String name) throws Exception {
        LetterFiles files = new LetterFiles(directory.resolve(name)).withInbox();
        for (String each : RECORDS) {
            files.add("2026-01-02", each);
        }
        return files;
    }
}
